"""Giving all cases of one person to another: choose, look at the numbers, confirm."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from incidents import leavers, rules
from incidents.forms.reassigning import ReassignForm
from incidents.operations import reassigning
from incidents.operations.reassigning import HandedOn
from people.models import Role, User
from people.requests import Signed


@require_http_methods(["GET", "POST"])
def reassign(request: Signed) -> HttpResponse:
    """Choose whose cases go to whom; what is chosen stands in the address and is done once it is confirmed."""
    if not request.user.has_role(Role.PRIVACY_OFFICER):
        raise Http404
    holders = leavers.holders(request.user)
    chosen = request.GET if "to" in request.GET else None
    form = ReassignForm(chosen, initial=request.GET, holders=holders, colleagues=rules.assignable())
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "incidents/reassign.html", {"form": form, "holders": holders}, status=status)
    holder, to = form.cleaned_data["who"], form.cleaned_data["to"]
    if request.method == "POST":
        _tell(request, to, reassigning.hand_on(holder, actor=request.user, to=to))
        return redirect("incidents:reassign")
    states = leavers.states_of(holder, request.user)
    number = sum(cases for _, cases in states)
    context = {"holder": holder, "to": to, "states": states, "number": number, "query": request.GET.urlencode()}
    return render(request, "incidents/reassign_confirm.html", context)


def _tell(request: Signed, to: User, done: HandedOn) -> None:
    messages.success(request, f"{_cases(done.given)} went to {to.name}.")
    if done.unassigned:
        rest = f"{_cases(done.unassigned)} could not be given to the person you chose, so nobody has"
        messages.warning(
            request, f"{rest} {'it' if done.unassigned == 1 else 'them'} now. The Privacy Office was told."
        )


def _cases(number: int) -> str:
    return f"{number} case" if number == 1 else f"{number} cases"
