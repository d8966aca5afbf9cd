"""Writing a report: the form, its draft saved as one types, its evidence, and the receipt."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attachments import listing
from attachments.models import Attachment
from incidents import limits, parameters, rules
from incidents.forms.report import ReportForm
from incidents.models import Draft, Incident
from incidents.operations import reporting
from incidents.views.addresses import reference_number as number
from people.requests import Signed
from policies.screening import holds_no_login
from workflow.decisions import Denied, Refused
from workflow.doors import row_or_404
from workflow.refusals import note


@require_http_methods(["GET", "POST"])
def report(request: Signed) -> HttpResponse:
    """The form, resumed where it was left; sending it leads to the receipt."""
    if request.method == "POST":
        return _send(request)
    draft = reporting.open_draft(author=request.user)
    return _show(request, ReportForm(draft=draft), draft)


def _send(request: Signed) -> HttpResponse:
    draft = reporting.draft_to_file(request.POST.get("draft", ""), author=request.user)
    form = ReportForm(request.POST, request.FILES, draft=draft)
    ready = form.is_valid()
    if draft.filed_at is not None:
        return _sent(request, form, draft, draft.incident)
    ready = _keep_files(request, form, draft) and ready
    if not ready or "later" in request.POST or limits.too_many_reports(draft):
        return _keep(request, form, draft, ready=ready)
    try:
        incident = reporting.file_report(
            draft, actor=request.user, facts=form.facts(), people=form.cleaned_data["people"]
        )
    except Exception:
        # Whatever kept it from being sent, what was typed is there when they come back.
        reporting.save_draft(draft, form.keepable())
        raise
    return _sent(request, form, draft, incident)


def _keep(request: Signed, form: ReportForm, draft: Draft, *, ready: bool) -> HttpResponse:
    """Save what is not sent, and say why it is not: put aside, in need of mending, or one report too many."""
    draft = reporting.save_draft(draft, form.keepable())
    if "later" in request.POST:
        return _put_aside(request, form, draft)
    if not ready:
        return _show(request, form, draft, status=422)
    onward = {"way_on_url": reverse("incidents:report"), "way_on_label": "Back to the report"}
    return render(request, "errors/429.html", {"kept": True, **onward}, status=429)


def _keep_files(request: Signed, form: ReportForm, draft: Draft) -> bool:
    """Keep the files sent with the form itself; those refused are named at the field."""
    if "evidence" in form.errors:
        return False
    for upload in form.cleaned_data.get("evidence") or []:
        try:
            reporting.add_evidence(draft.pk, upload, actor=request.user)
        except ValidationError as refused:
            form.add_error("evidence", refused)
    return "evidence" not in form.errors


def _put_aside(request: Signed, form: ReportForm, draft: Draft) -> HttpResponse:
    """Home once all of it is kept; else the form with what is not, lest it be taken for saved."""
    if form.needs_mending_to_be_kept():
        return _show(request, form, draft, status=422)
    messages.success(request, "Saved. You can finish the report any time from Home.")
    return redirect("worklist:home")


def _sent(request: Signed, form: ReportForm, draft: Draft, incident: Incident) -> HttpResponse:
    """The receipt; for other words typed in another tab the form again, since the report was sent without them."""
    if form.says_what(incident):
        return redirect("incidents:receipt", incident.reference)
    return _show(request, form, draft, status=409, incident=incident)


def _show(request: Signed, form: ReportForm, draft: Draft, *, status: int = 200, **more: Any) -> HttpResponse:
    form.lay_out(files=_evidence(draft), version=reporting.version(draft))
    return render(request, "incidents/report.html", {"form": form, "draft": draft, **more}, status=status)


def _evidence(draft: Draft) -> list[Attachment]:
    return list(listing.of(reporting.DRAFT_RECORD, str(draft.pk)))


def _for_scripts(view: Callable[[Signed], HttpResponse]) -> Callable[[Signed], HttpResponse]:
    """The same view, whose refusals are sentences that the page's scripts can show."""

    @wraps(view)
    def answer(request: Signed) -> HttpResponse:
        try:
            return view(request)
        except Refused as refused:
            return JsonResponse({"error": refused.denied.reason}, status=409)
        except ValidationError as refused:
            return JsonResponse({"error": " ".join(refused.messages)}, status=422)

    return answer


def _draft_to_change(request: Signed) -> Draft:
    return reporting.draft_to_change(request.POST.get("draft", ""), author=request.user)


@require_POST
@_for_scripts
def save(request: Signed) -> HttpResponse:
    """Keep what has been typed; says what a screen stopped, in the words shown at the field."""
    draft = _draft_to_change(request)
    form = ReportForm(request.POST, draft=draft)
    stopped = {name: words for name in form.fields if (words := form.stopped(name))}
    unanswered = (ReportForm(QueryDict(each), draft=draft) for each in request.POST.getlist("unanswered")[:3])
    saved = reporting.autosave_draft(
        draft,
        form.keepable(),
        seen=request.POST.get("saved_at", ""),
        own=[earlier.keepable() for earlier in unanswered],
    )
    return JsonResponse({"saved_at": reporting.version(saved), "errors": stopped})


@require_POST
def discard(request: Signed) -> HttpResponse:
    """Throw the unfinished report away."""
    reporting.discard_draft(_draft_to_change(request), actor=request.user)
    messages.success(request, "The unfinished report was discarded.")
    return redirect("worklist:home")


@require_POST
@_for_scripts
def upload(request: Signed) -> HttpResponse:
    """Take one piece of evidence for the draft; a refusal says why."""
    draft = _draft_to_change(request)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": "Choose a file first."}, status=400)
    if isinstance(decision := holds_no_login(file.name or ""), Denied):
        note(decision)
        return JsonResponse({"error": decision.reason}, status=422)
    return JsonResponse(_described(reporting.add_evidence(draft.pk, file, actor=request.user)), status=201)


def _described(kept: Attachment) -> dict[str, object]:
    preview = reverse("attachments:preview", args=[kept.pk]) if kept.has_preview else None
    url = reverse("attachments:file", args=[kept.pk])
    return {"id": str(kept.pk), "name": kept.name, "size": kept.size, "url": url, "preview_url": preview}


@require_POST
def remove(request: Signed) -> HttpResponse:
    """Take a piece of evidence out of the draft; without JavaScript the whole form comes along and is kept."""
    return _remove(request) if request.headers.get("X-Requested-With") else _remove_and_keep(request)


@_for_scripts
def _remove(request: Signed) -> HttpResponse:
    reporting.remove_evidence(_draft_to_change(request), request.POST.get("id", ""), actor=request.user)
    return HttpResponse(status=204)


def _remove_and_keep(request: Signed) -> HttpResponse:
    draft = reporting.draft_to_file(request.POST.get("draft", ""), author=request.user)
    form = ReportForm(request.POST, request.FILES, draft=draft)
    form.full_clean()
    if draft.filed_at is not None:
        return _sent(request, form, draft, draft.incident)
    reporting.remove_evidence(draft, request.POST.get("id", ""), actor=request.user)
    reporting.save_draft(draft, form.keepable())
    _keep_files(request, form, draft)
    if form.needs_mending_to_be_kept():
        return _show(request, form, draft, status=422)
    return redirect("incidents:report")


@require_GET
def receipt(request: Signed, reference: str) -> HttpResponse:
    """What was received, under which number, and what happens next; made to be printed."""
    incident = row_or_404(rules.reported_by(request.user), actor=request.user, pk=number(reference))
    asking = rules.asking_was_allowed(incident)
    context = {
        "incident": incident,
        "days": parameters.FIRST_LOOK_DAYS.value(),
        "asking": "" if asking else getattr(asking, "reason", ""),
        "statute": rules.statute_applies(incident),
        "named": incident.involvements.filter(named_by=request.user).exists(),
    }
    return render(request, "incidents/receipt.html", context)
