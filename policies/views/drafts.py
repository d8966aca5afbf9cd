"""Writing and reviewing policies: the drafts there are, one draft, its text, and each step on its way."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit import trail
from people.keyset import page_of
from people.requests import Signed
from policies import comparison, lifecycle, manuscript, rules, typeset
from policies.draft_page import draft_context
from policies.forms.drafts import DraftForm, HandOverForm, NewPolicyForm, RemarkForm, ReturnForm
from policies.models import Document, Version
from policies.models.library import LONGEST_BODY
from policies.operations import drafting, publishing
from policies.operations.drafting import Overtaken, Text
from policies.views.one_policy import document_or_404
from workflow.decisions import Refused, require
from workflow.doors import row_or_404
from workflow.refusals import say_at

PLAIN_STEPS: dict[str, tuple[Callable[..., Version], str]] = {
    lifecycle.SUBMIT.name: (publishing.submit, "The draft was sent for review. Everyone who may approve it was told."),
    lifecycle.APPROVE.name: (publishing.approve, "You approved the draft. It can be published now."),
    lifecycle.TAKE_BACK.name: (publishing.take_back, "It is a draft again and can be changed."),
    lifecycle.DISCARD.name: (publishing.discard, "The draft was discarded."),
    lifecycle.PUBLISH.name: (publishing.publish, "Published. The text is fixed for good."),
}


@require_GET
def drafts(request: Signed) -> HttpResponse:
    """Every draft this person may see, newest first."""
    if not rules.writes_somewhere(request.user):
        raise Http404
    page = page_of(rules.drafts_for(request.user), request.GET, order=("started_at", "pk"), newest_first=True)
    return render(request, "policies/drafts.html", {"page": page, "may_start": rules.may_start(request.user)})


@require_http_methods(["GET", "POST"])
def new(request: Signed) -> HttpResponse:
    """Begin a policy."""
    require(rules.may_start(request.user), action="policy.start")
    initial = {"owner": request.user.pk, "division": request.user.unit_id}
    form = NewPolicyForm(request.POST or None, initial=initial, back=reverse("policies:library"))
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        try:
            version = drafting.begin_policy(
                answers["number"],
                Text(answers["title"], ""),
                owner=answers["owner"],
                division=answers["division"],
                actor=request.user,
            )
        except Refused as refusal:
            say_at("number", form, refusal.denied)
        else:
            return redirect("policies:edit", version.pk)
    return render(request, "policies/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def begin(request: Signed, number: str) -> HttpResponse:
    """Begin the next version of a policy."""
    document = document_or_404(request, number)
    version = drafting.begin_version(document, actor=request.user)
    return redirect("policies:edit", version.pk)


@require_GET
def draft(request: Signed, pk: int) -> HttpResponse:
    """One draft: where it stands, what is new in it, what was said about it."""
    version = _row(request, pk)
    if version.is_published:
        return redirect("policies:version", version.document.number, version.number)
    return _show(request, version, RemarkForm(url=_url("remark", version)))


@require_http_methods(["GET", "POST"])
def edit(request: Signed, pk: int) -> HttpResponse:
    """Change the text; what somebody else saved meanwhile is never lost unseen."""
    version = _row(request, pk)
    require(rules.may_edit(request.user, version), action="version.write", record=version)
    initial = {name: getattr(version, name) for name in ("title", "summary", "effective_on", "body")}
    form = DraftForm(
        request.POST or None,
        initial={**initial, "seen": version.revision},
        back=_url("draft", version),
        preview=reverse("policies:preview"),
    )
    overtaken = None
    if form.is_bound and form.is_valid() and "preview" not in request.POST:
        try:
            drafting.write(version, form.text(), actor=request.user, seen=form.cleaned_data["seen"])
        except Overtaken as first:
            overtaken = first.version
            form.show_overtaken(_last_writer(overtaken), overtaken.revision)
        else:
            messages.success(request, "The draft is saved.")
            return redirect("policies:draft", version.pk)
    body = str(form["body"].value() or "")[:LONGEST_BODY]
    context = {"version": version, "form": form, "text": _shown(body)}
    if overtaken is not None:
        context |= _from_theirs(overtaken, form)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "policies/edit.html", context, status=status)


@require_POST
def preview(request: Signed) -> HttpResponse:
    """How a text would look, for the page that asks while somebody writes; nothing is kept."""
    if not rules.writes_somewhere(request.user):
        raise Http404
    body = request.POST.get("body", "")[:LONGEST_BODY]
    return render(request, "policies/preview.html", {"text": _shown(body)})


@require_POST
def step(request: Signed, pk: int, name: str) -> HttpResponse:
    """A step that needs nothing filled in."""
    if name not in PLAIN_STEPS:
        raise Http404
    act, done = PLAIN_STEPS[name]
    version = act(_row(request, pk), actor=request.user, **_seen(request, name))
    messages.success(request, done)
    if version.status == Version.Status.DISCARDED:
        return redirect("policies:drafts")
    return redirect("policies:draft", version.pk)


@require_http_methods(["GET", "POST"])
def give_back(request: Signed, pk: int) -> HttpResponse:
    """Return a draft for changes, with words."""
    version = _row(request, pk)
    require(lifecycle.RETURN.check(request.user, version), action="version.return", record=version)
    form = ReturnForm(request.POST or None, back=_url("draft", version))
    if form.is_bound and form.is_valid():
        publishing.give_back(version, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "The draft was returned to its writers with your words.")
        return redirect("policies:draft", version.pk)
    return _form_page(request, version.document, form, "Return for changes", _url("draft", version))


@require_POST
def remark(request: Signed, pk: int) -> HttpResponse:
    """Say something about a draft."""
    version = _row(request, pk)
    form = RemarkForm(request.POST, url=_url("remark", version))
    if not form.is_valid():
        return _show(request, version, form)
    publishing.remark(version, actor=request.user, body=form.cleaned_data["body"])
    return redirect(_url("draft", version) + "#remarks")


@require_http_methods(["GET", "POST"])
def hand_over(request: Signed, number: str) -> HttpResponse:
    """Give a policy another owner or division."""
    document = document_or_404(request, number)
    require(rules.may_hand_over(request.user, document), action="document.hand_over", record=document)
    initial = {"owner": document.owner_id, "division": document.division_id}
    form = HandOverForm(request.POST or None, initial=initial, back=reverse("policies:policy", args=[number]))
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        drafting.hand_over(document, actor=request.user, to=answers["owner"], division=answers["division"])
        messages.success(request, f"{answers['owner'].name} owns policy {number} now.")
        return redirect("policies:policy", number)
    return _form_page(request, document, form, "Owner and division", reverse("policies:policy", args=[number]))


def _seen(request: Signed, name: str) -> dict[str, int]:
    """Which revision the page showed that asks for an approval; one that does not say has seen none."""
    if name != lifecycle.APPROVE.name:
        return {}
    seen = request.POST.get("seen", "")
    return {"seen": int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1}


def _row(request: Signed, pk: int) -> Version:
    return row_or_404(rules.versions_for(request.user), actor=request.user, pk=pk)


def _url(name: str, version: Version) -> str:
    return reverse(f"policies:{name}", args=[version.pk])


def _shown(body: str) -> SafeString:
    return typeset.draw({"parts": manuscript.parse(body)})


def _from_theirs(theirs: Version, form: DraftForm) -> dict[str, Any]:
    """How the saved draft differs from what was typed, its title and day included."""
    text = comparison.summed_up(theirs.body, form.cleaned_data["body"])
    others = comparison.lines(form.beside(vars(theirs)), form.beside(form.cleaned_data))
    return {"changes": [*others, *text["changes"]], "unchanged": text["unchanged"]}


def _last_writer(version: Version) -> str:
    last = trail.of(version).filter(action="version.written").last()
    return last.actor.name if last and last.actor else "Someone"


def _form_page(request: Signed, document: Document, form: Any, title: str, back: str) -> HttpResponse:
    context = {"document": document, "form": form, "title": title, "back": back}
    return render(request, "policies/form.html", context, status=422 if form.is_bound else 200)


def _show(request: Signed, version: Version, form: RemarkForm) -> HttpResponse:
    context = {**draft_context(version, request.user), "form": form}
    return render(request, "policies/draft.html", context, status=422 if form.is_bound else 200)
