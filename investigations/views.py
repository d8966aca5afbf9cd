"""The pages of investigations: the list, opening, one of them, who takes part, closing."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit import trail
from investigations import operations, overview, rules
from investigations.forms import CloseForm, MemberForm, OpenForm
from investigations.models import Investigation
from people.keyset import page_of
from people.requests import Signed
from workflow.decisions import Refused, require
from workflow.doors import row_or_404
from workflow.refusals import note, say_at


@require_GET
def investigations(request: Signed) -> HttpResponse:
    """Every investigation this person sees, newest first."""
    _only_with_business(request)
    page = page_of(rules.visible_to(request.user), request.GET, order=("opened_at", "pk"), newest_first=True)
    context = {"page": page, "may_open": bool(rules.may_open_any(request.user))}
    return render(request, "investigations/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Signed) -> HttpResponse:
    """Open an investigation."""
    _only_with_business(request)
    require(rules.may_open_any(request.user), action="investigation.open")
    form = OpenForm(_sent(request), offices=rules.offices_of(request.user), back=reverse("investigations:list"))
    if form.is_valid():
        try:
            opened = operations.open_investigation(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            if not refused.denied.conflict:
                raise
            say_at("number", form, refused.denied)
        else:
            messages.success(request, f"{opened} is open. You are its first member.")
            return redirect("investigations:one", pk=opened.pk)
    return render(request, "investigations/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def one(request: Signed, pk: int) -> HttpResponse:
    """One investigation: what it is, who takes part, what has happened."""
    return render(request, "investigations/one.html", overview.page(_row(request, pk), request.user))


@require_http_methods(["GET", "POST"])
def add_member(request: Signed, pk: int) -> HttpResponse:
    """Have someone take part."""
    row = _row(request, pk)
    require(rules.may_change_members(request.user, row), action="investigation.add_member", record=row)
    form = MemberForm(_sent(request), back=reverse("investigations:one", args=[pk]))
    if form.is_valid():
        person = form.cleaned_data["person"]
        say_at("typed", form, rules.may_add_member(request.user, row, person))
    if form.is_valid():
        operations.add_member(row, person, actor=request.user)
        messages.success(request, f"{person} is a member now.")
        return redirect("investigations:one", pk=pk)
    context = {"investigation": row, "form": form}
    return render(request, "investigations/add_member.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_member(request: Signed, pk: int, member: int) -> HttpResponse:
    """Have someone take part no longer; whoever took themselves out and sees it no more goes Home."""
    row = _row(request, pk)
    ever = row.members.select_related("person", "investigation")
    removed = operations.remove_member(get_object_or_404(ever, pk=member), actor=request.user)
    messages.success(request, f"{removed.person} is no longer a member.")
    still_seen = rules.visible_to(request.user).filter(pk=pk).exists()
    return redirect("investigations:one", pk=pk) if still_seen else redirect("/")


@require_http_methods(["GET", "POST"])
def close(request: Signed, pk: int) -> HttpResponse:
    """Close it with words on what came of it; where it is too late, they are shown with the reason."""
    row = _row(request, pk)
    form = CloseForm(_sent(request), back=reverse("investigations:one", args=[pk]))
    try:
        require(rules.may_close(request.user, row), action="investigation.close", record=row)
        if form.is_valid():
            closed = operations.close(row, actor=request.user, outcome=form.cleaned_data["outcome"])
            messages.success(request, f"{closed} is closed. Its members were told.")
            return redirect("investigations:one", pk=pk)
    except Refused as refused:
        if not (form.is_bound and refused.denied.conflict):
            raise
        return _too_late(request, row, form, refused)
    context = {"investigation": row, "form": form}
    return render(request, "investigations/close.html", context, status=422 if form.is_bound else 200)


def _only_with_business(request: Signed) -> None:
    if not rules.has_business(request.user):
        raise Http404


def _row(request: Signed, pk: int) -> Investigation:
    return row_or_404(rules.visible_to(request.user), actor=request.user, pk=pk)


def _sent(request: Signed) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _too_late(request: Signed, row: Investigation, form: CloseForm, refused: Refused) -> HttpResponse:
    """Why the closing was not taken, with what was written."""
    note(refused.denied)
    trail.refused(refused.action, actor=request.user, record=row, **refused.denied.facts)
    form.add_error(None, str(refused))
    return render(request, "investigations/close.html", {"investigation": row, "form": form}, status=409)
