"""How many employees have access: the table with its chart, and the same as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from access_requests import headcount, rules
from people.requests import Signed
from workflow import clock


@require_GET
def page(request: Signed) -> HttpResponse:
    """Employees with access in force, by division and site."""
    _require_counter(request)
    return render(request, "access_requests/figures.html", {"counted": headcount.read(), "today": clock.today()})


@require_GET
def as_csv(request: Signed) -> HttpResponse:
    """The same for a spreadsheet."""
    _require_counter(request)
    name = f"employees-with-access-{clock.today().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(headcount.as_csv(headcount.read()), content_type="text/csv; charset=utf-8", headers=headers)


def _require_counter(request: Signed) -> None:
    if not rules.may_count(request.user):
        raise Http404
