"""The clause register: the page, and the same as a file."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.models import User
from people.requests import Signed
from policies import register, register_files, rules, tally
from policies.operations import examining
from workflow import clock


@require_GET
def coverage(request: Signed) -> HttpResponse:
    """Every clause with what it demands, what carries it out, and its figures."""
    _require_reader(request.user)
    return render(request, "policies/coverage.html", {"register": register.read(), "days": tally.DAYS})


@require_GET
def coverage_csv(request: Signed) -> HttpResponse:
    """The register for a spreadsheet."""
    _require_reader(request.user)
    examining.export_register(actor=request.user, form="csv")
    content = register_files.as_csv(register.read())
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=_as_file("csv"))


@require_GET
def coverage_json(request: Signed) -> HttpResponse:
    """The register for programs."""
    _require_reader(request.user)
    examining.export_register(actor=request.user, form="json")
    content = register_files.as_json(register.read())
    return JsonResponse(content, json_dumps_params={"indent": 2, "ensure_ascii": False}, headers=_as_file("json"))


def _require_reader(user: User) -> None:
    if not rules.sees_register(user):
        raise Http404


def _as_file(form: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="clause-register-{clock.today().isoformat()}.{form}"'}
