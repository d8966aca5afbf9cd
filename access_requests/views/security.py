"""IT Security's pages: what to set up and to remove, the list of grants in force, and the machines that read it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access_requests import grants_files, lifecycle, rules, shelf
from access_requests.forms.deciding import GrantForm, RemoveForm
from access_requests.forms.security import TokenForm
from access_requests.models import FeedToken
from access_requests.operations import feeding, granting
from access_requests.operations.granting import Provision
from access_requests.views.one_request import address, row, show
from people.models import User
from people.requests import Signed
from workflow import clock
from workflow.decisions import require


@require_GET
def queue(request: Signed) -> HttpResponse:
    """What was approved and waits to be set up, and what is over and waits to be removed."""
    _require_security(request.user)
    removals = list(shelf.to_remove(request.user)[: shelf.MOST + 1])
    to_grant = list(shelf.to_grant(request.user)[: shelf.MOST + 1])
    now = clock.now()
    context = {
        "to_grant": to_grant[: shelf.MOST],
        "to_remove": removals[: shelf.MOST],
        "more_to_grant": len(to_grant) > shelf.MOST,
        "more_to_remove": len(removals) > shelf.MOST,
        "overdue": sum(1 for each in removals if each.removal_due_at and each.removal_due_at <= now),
    }
    return render(request, "access_requests/security.html", context)


@require_POST
def grant(request: Signed, pk: int) -> HttpResponse:
    """Confirm what was set up, where and when."""
    asked = row(request, pk)
    require(lifecycle.GRANT.check(request.user, asked), action="accessrequest.grant", record=asked)
    form = GrantForm(request.POST, action=address(asked, "grant"))
    if not form.is_valid():
        return show(request, asked, status=422, grant_form=form)
    granting.grant(asked, Provision(**form.cleaned_data), actor=request.user)
    messages.success(request, "The access is in force. The employee is told.")
    return redirect("access_requests:request", pk=pk)


@require_POST
def remove(request: Signed, pk: int) -> HttpResponse:
    """Confirm what was removed, where and when."""
    asked = row(request, pk)
    require(lifecycle.REMOVE.check(request.user, asked), action="accessrequest.remove", record=asked)
    form = RemoveForm(request.POST, action=address(asked, "remove"))
    if not form.is_valid():
        return show(request, asked, status=422, remove_form=form)
    granting.remove(asked, actor=request.user, **form.cleaned_data)
    messages.success(request, "The removal is confirmed.")
    return redirect("access_requests:request", pk=pk)


@require_GET
def in_force_csv(request: Signed) -> HttpResponseBase:
    """The grants in force for a spreadsheet."""
    _require_counter(request.user)
    feeding.begin_export(actor=request.user, form="csv")
    content = grants_files.as_csv()
    return StreamingHttpResponse(content, content_type="text/csv; charset=utf-8", headers=_as_file("csv"))


@require_GET
def in_force_json(request: Signed) -> HttpResponseBase:
    """The grants in force for programs, as the machines read them."""
    _require_counter(request.user)
    feeding.begin_export(actor=request.user, form="json")
    content = grants_files.as_document()
    return StreamingHttpResponse(content, content_type="application/json", headers=_as_file("json"))


@require_http_methods(["GET", "POST"])
def machines(request: Signed) -> HttpResponse:
    """The machines that may read the list, when each last did, and a form for another; its token is shown once."""
    _require_security(request.user)
    form = TokenForm(request.POST if request.method == "POST" else None)
    made, value = None, ""
    if form.is_valid():
        made, value = feeding.make_token(form.cleaned_data["name"], actor=request.user)
        form = TokenForm()
    context = {"tokens": rules.tokens_for(request.user), "form": form, "made": made, "value": value}
    return render(request, "access_requests/machines.html", context, status=422 if form.is_bound else 200)


@require_POST
def revoke_token(request: Signed, pk: int) -> HttpResponse:
    """Have a machine read nothing more."""
    _require_security(request.user)
    token = rules.tokens_for(request.user).filter(pk=pk).first()
    if token is None:
        raise Http404
    _revoke(request, token)
    return redirect("access_requests:machines")


def _revoke(request: Signed, token: FeedToken) -> None:
    feeding.revoke_token(token, actor=request.user)
    messages.success(request, f"{token.name} reads nothing more.")


def _require_security(user: User) -> None:
    if not rules.may_manage_feed(user):
        raise Http404


def _require_counter(user: User) -> None:
    if not rules.may_count(user):
        raise Http404


def _as_file(form: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="access-in-force-{clock.today().isoformat()}.{form}"'}
