"""Writing a report: the form, its draft saved as one types, its evidence, and the receipt."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attachments import intake, listing
from attachments.models import Attachment
from incidents import limits, parameters, rules
from incidents.forms.report import ReportForm
from incidents.models import Draft
from incidents.operations import reporting
from incidents.views.addresses import reference_number as number
from people.requests import Signed
from policies.screening import holds_no_login
from workflow.doors import row_or_404


@require_http_methods(["GET", "POST"])
def report(request: Signed) -> HttpResponse:
    """The form, resumed where it was left; sending it leads to the receipt."""
    if request.method == "POST":
        return _send(request)
    draft = reporting.open_draft(author=request.user)
    return _show(request, ReportForm(draft=draft, files=_evidence(draft)), draft)


def _send(request: Signed) -> HttpResponse:
    draft = reporting.draft_to_file(request.POST.get("draft", ""), author=request.user)
    if draft.filed_at is not None:
        return redirect("incidents:receipt", draft.incident.reference)
    form = ReportForm(request.POST, request.FILES, draft=draft, files=_evidence(draft))
    ready = form.is_valid()
    reporting.save_draft(draft, form.keepable())
    ready = _keep_files(request, form, draft) and ready
    if "later" in request.POST:
        messages.success(request, "Saved. You can finish the report any time from Home.")
        return redirect("worklist:home")
    if not ready:
        return _show(request, form, draft, status=422)
    if limits.too_many_reports(request.user):
        return render(request, "errors/429.html", status=429)
    incident = reporting.file_report(draft, actor=request.user, facts=form.facts(), people=form.cleaned_data["people"])
    return redirect("incidents:receipt", incident.reference)


def _keep_files(request: Signed, form: ReportForm, draft: Draft) -> bool:
    """Keep the files sent with the form itself; those refused are named at the field."""
    if "evidence" in form.errors:
        return False
    for upload in form.cleaned_data.get("evidence") or []:
        try:
            intake.receive(upload, actor=request.user, record_type=reporting.DRAFT_RECORD, record_id=str(draft.pk))
        except ValidationError as refused:
            form.add_error("evidence", refused)
    form.refresh_files(_evidence(draft))
    return "evidence" not in form.errors


def _show(request: Signed, form: ReportForm, draft: Draft, status: int = 200) -> HttpResponse:
    return render(request, "incidents/report.html", {"form": form, "draft": draft}, status=status)


def _evidence(draft: Draft) -> list[Attachment]:
    return list(listing.of(reporting.DRAFT_RECORD, str(draft.pk)))


@require_POST
def save(request: Signed) -> JsonResponse:
    """Keep what has been typed; says what a screen stopped, in the words shown at the field."""
    draft = reporting.open_draft(author=request.user)
    form = ReportForm(request.POST, draft=draft)
    stopped = {name: words for name in form.fields if (words := form.stopped(name))}
    saved = reporting.save_draft(draft, form.keepable())
    return JsonResponse({"saved_at": saved.saved_at.isoformat(), "errors": stopped})


@require_POST
def discard(request: Signed) -> HttpResponse:
    """Throw the unfinished report away."""
    reporting.discard_draft(reporting.open_draft(author=request.user), actor=request.user)
    messages.success(request, "The unfinished report was discarded.")
    return redirect("worklist:home")


@require_POST
def upload(request: Signed) -> JsonResponse:
    """Take one piece of evidence for the open draft; a refusal says why."""
    draft = reporting.open_draft(author=request.user)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": "Choose a file first."}, status=400)
    if not (decision := holds_no_login(file.name or "")):
        return JsonResponse({"error": getattr(decision, "reason", "")}, status=422)
    try:
        kept = intake.receive(file, actor=request.user, record_type=reporting.DRAFT_RECORD, record_id=str(draft.pk))
    except ValidationError as refused:
        return JsonResponse({"error": " ".join(refused.messages)}, status=422)
    return JsonResponse(_described(kept), status=201)


def _described(kept: Attachment) -> dict[str, object]:
    preview = reverse("attachments:preview", args=[kept.pk]) if kept.has_preview else None
    url = reverse("attachments:file", args=[kept.pk])
    return {"id": str(kept.pk), "name": kept.name, "size": kept.size, "url": url, "preview_url": preview}


@require_POST
def remove(request: Signed) -> HttpResponse:
    """Take a piece of evidence out of the open draft; without JavaScript the whole form comes along and is kept."""
    draft = reporting.open_draft(author=request.user)
    if "narrative" in request.POST:
        reporting.save_draft(draft, ReportForm(request.POST, draft=draft).keepable())
    reporting.remove_evidence(draft, request.POST.get("id", ""), actor=request.user)
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
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
    }
    return render(request, "incidents/receipt.html", context)
