"""The page of one request, with whatever form is open on it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from access_requests import record, rules
from access_requests.forms.deciding import DecideForm, GrantForm, RemoveForm
from access_requests.models import AccessRequest
from people.requests import Signed
from workflow.doors import row_or_404

FORMS: dict[str, Callable[[AccessRequest], Form]] = {
    "decide": lambda asked: DecideForm(request=asked, action=address(asked, "decide")),
    "grant": lambda asked: GrantForm(action=address(asked, "grant")),
    "remove": lambda asked: RemoveForm(action=address(asked, "remove")),
}


def row(request: Signed, pk: int) -> AccessRequest:
    """The request with this number, where it is this person's to see; else 404."""
    return row_or_404(rules.visible_to(request.user), actor=request.user, pk=pk)


def address(asked: AccessRequest, name: str) -> str:
    """The address of a request's page or step."""
    return reverse(f"access_requests:{name}", args=[asked.pk])


def show(request: Signed, asked: AccessRequest, *, status: int = 200, too_late: str = "", **forms: Any) -> HttpResponse:
    """The page as it stands now; `forms` are those that were sent and have something to say."""
    context = {**record.page(asked, request.user), "too_late": too_late}
    for name, build in FORMS.items():
        if context["may"][name]:
            context[f"{name}_form"] = forms.get(f"{name}_form") or build(asked)
    return render(request, "access_requests/request.html", context, status=status)
