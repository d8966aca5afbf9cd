"""What awaits those in the chain of command: decisions one by one or together, and the periodic review."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access_requests import lifecycle, shelf
from access_requests.forms.deciding import DECLINE, RETURN, DecideForm, RevokeForm
from access_requests.forms.together import KEEP, ReviewForm, TogetherForm
from access_requests.models import AccessRequest
from access_requests.operations import deciding, ending, reviewing
from access_requests.views.one_request import address, row, show
from audit import trail
from people.requests import Signed
from workflow.decisions import Refused, require
from workflow.refusals import note

DECIDED = {DECLINE: "You declined it.", RETURN: "You returned it for changes."}


@require_GET
def awaiting(request: Signed) -> HttpResponse:
    """The requests that wait for this person, due first, those for one case together."""
    groups = shelf.awaiting(request.user)
    is_full = sum(len(group.turns) for group in groups) == shelf.MOST
    context = {"groups": groups, "is_full": is_full, "reviews": shelf.reviews(request.user)[: shelf.MOST]}
    return render(request, "access_requests/awaiting.html", context)


@require_POST
def decide(request: Signed, pk: int) -> HttpResponse:
    """Approve, return or decline; where it is too late, the reason is shown with what was written."""
    asked = row(request, pk)
    form = DecideForm(request.POST, request=asked, action=address(asked, "decide"))
    try:
        require(lifecycle.APPROVE.check(request.user, asked), action="accessrequest.approve", record=asked)
        if not form.is_valid():
            return show(request, asked, status=422, decide_form=form)
        _carry_out(asked, form, request)
    except Refused as refused:
        if not refused.denied.conflict:
            raise
        return _too_late(request, pk, refused)
    messages.success(request, DECIDED.get(form.cleaned_data["decision"], "You approved it."))
    return redirect("access_requests:request", pk=pk)


@require_http_methods(["GET", "POST"])
def together(request: Signed) -> HttpResponse:
    """Decide about several requests for one case with one reason; each is decided, and written down, on its own."""
    numbers = request.GET.getlist("id") if request.method == "GET" else request.POST.getlist("id")
    chosen = [turn.request for turn in shelf.decisions(request.user) if str(turn.request_id) in numbers][: shelf.MOST]
    if not chosen:
        messages.error(request, "Select the requests first. Those that no longer wait for you are left out.")
        return redirect("access_requests:awaiting")
    form = TogetherForm(request.POST if request.method == "POST" else None, requests=chosen)
    if form.is_valid():
        _tell_of(request, form, chosen)
        return redirect("access_requests:awaiting")
    context = {"requests": chosen, "form": form}
    return render(request, "access_requests/together.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def review(request: Signed) -> HttpResponse:
    """Keep or revoke each access in force that is due for a review, all in one table."""
    turns = list(shelf.reviews(request.user)[: shelf.MOST])
    form = ReviewForm(request.POST if request.method == "POST" else None, turns=turns)
    if form.is_valid():
        for asked, answer, words in form.answers():
            _at_review(request, asked, answer, words)
        return redirect("access_requests:review")
    return render(request, "access_requests/review.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def revoke(request: Signed, pk: int) -> HttpResponse:
    """Revoke what was approved, for a reason."""
    asked = row(request, pk)
    require(lifecycle.revoking(asked).check(request.user, asked), action="accessrequest.revoke", record=asked)
    sent = request.POST if request.method == "POST" else None
    form = RevokeForm(sent, action=address(asked, "revoke"), back=address(asked, "request"))
    if form.is_valid():
        ending.revoke(asked, actor=request.user, words=form.cleaned_data["words"])
        messages.success(request, "It is revoked.")
        return redirect("access_requests:request", pk=pk)
    context = {"form": form, "asked": asked}
    return render(request, "access_requests/revoke.html", context, status=422 if form.is_bound else 200)


def _carry_out(asked: AccessRequest, form: DecideForm | TogetherForm, request: Signed) -> None:
    said, actor = form.cleaned_data, request.user
    if said["decision"] == RETURN:
        deciding.give_back(asked, actor=actor, code=said["code"], words=said["words"])
    elif said["decision"] == DECLINE:
        deciding.decline(asked, actor=actor, words=said["words"])
    else:
        deciding.approve(asked, actor=actor, until=said.get("until"), sites=said.get("sites"), words=said["words"])


def _tell_of(request: Signed, form: TogetherForm, chosen: list[AccessRequest]) -> None:
    """Decide about each on its own, and say which were decided and why others were not."""
    done = [asked for asked in chosen if _done(request, asked, partial(_carry_out, asked, form, request))]
    if done:
        messages.success(request, f"Decided: {', '.join(asked.reference for asked in done)}.")


def _at_review(request: Signed, asked: AccessRequest, answer: str, words: str) -> None:
    def answer_it() -> None:
        if answer == KEEP:
            reviewing.keep(asked, actor=request.user)
        else:
            reviewing.revoke(asked, actor=request.user, words=words)

    if _done(request, asked, answer_it):
        messages.success(request, f"{asked.reference} is {'kept' if answer == KEEP else 'revoked'}.")


def _done(request: Signed, asked: AccessRequest, act: Callable[[], None]) -> bool:
    """Whether it could be done; else why not, in a message and in the trail."""
    try:
        act()
    except Refused as refused:
        note(refused.denied)
        trail.refused(refused.action, actor=request.user, record=asked, **refused.denied.facts)
        messages.error(request, f"{asked.reference}: {refused}")
        return False
    return True


def _too_late(request: Signed, pk: int, refused: Refused) -> HttpResponse:
    """The request as it stands now, why the decision was not taken, and what was written."""
    asked = row(request, pk)
    note(refused.denied)
    trail.refused(refused.action, actor=request.user, record=asked, **refused.denied.facts)
    words = f"{refused} You wrote: {request.POST.get('words', '')}" if request.POST.get("words") else str(refused)
    return show(request, asked, status=409, too_late=words)
