"""The Privacy Office's queue: the list, and what is done with the list as a whole."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from incidents import export, finding, narrowing, offered, queue, rules
from incidents.forms.queue import Filter, HandOutForm, SaveViewForm, filter_of, no_name_yet, nothing_selected
from incidents.models import Incident
from incidents.operations import desk
from people.keyset import Page
from people.models import User
from people.requests import Signed
from workflow import clock
from workflow.decisions import Refused
from workflow.doors import row_or_404

NOT_FOUND = "There is no such case, or it is not yours to see."


@require_GET
def queue_page(request: Signed) -> HttpResponse:
    """The incidents this person may see, due first, a page at a time."""
    _require_staff(request.user)
    return _page(request)


@require_POST
def assign_many(request: Signed) -> HttpResponse:
    """Give the selected cases to a colleague, and return to the same page of the list."""
    if not request.user.has_role(*rules.PRIVACY_OFFICE):
        raise Http404
    form = HandOutForm(request.POST, colleagues=offered.to(request.user)[0].colleagues)
    to = rules.assignable().filter(pk=form.cleaned_data["to"]).first() if form.is_valid() else None
    if to is None:
        return _page(request, hand_out=form)
    found, missing = _sought(request.user, form.cleaned_data["incident"])
    told = desk.hand_out(found, actor=request.user, to=to)
    told.refused += [(reference, NOT_FOUND) for reference in missing]
    _tell(request, told, to)
    return redirect(_at(_here(request, _filter(request))))


@require_GET
def export_list(request: Signed) -> HttpResponseBase:
    """The list as the filter has it, as a file for a spreadsheet."""
    _require_staff(request.user)
    filtered = _filter(request)
    if filtered.is_stopped:
        return _page(request)
    desk.begin_export(actor=request.user, filters=filtered.wanted)
    headers = {"Content-Disposition": f'attachment; filename="incidents-{clock.today().isoformat()}.csv"'}
    return StreamingHttpResponse(
        _counted(request.user, filtered.wanted), content_type="text/csv; charset=utf-8", headers=headers
    )


@require_POST
def save_view(request: Signed) -> HttpResponse:
    """Keep the filter on the page under a name."""
    _require_staff(request.user)
    filtered = _filter(request)
    form = SaveViewForm(request.POST, query=filtered.query, words=filtered.wanted.get("q", ""))
    if form.is_valid():
        try:
            view = desk.save_view(actor=request.user, name=form.cleaned_data["name"], query=form.query)
        except Refused as refusal:
            form.add_error("name", refusal.denied.reason)
        else:
            messages.success(request, f"“{view.name}” is saved.")
            return redirect(_at(view.query))
    return _page(request, naming=form)


@require_POST
def delete_view(request: Signed, pk: int) -> HttpResponse:
    """Forget one of one's own saved views."""
    _require_staff(request.user)
    view = row_or_404(offered.views_of(request.user), actor=request.user, pk=pk)
    desk.delete_view(view, actor=request.user)
    messages.success(request, f"“{view.name}” is deleted.")
    return redirect("incidents:queue")


def _require_staff(user: User) -> None:
    if not user.has_role(*rules.STAFF):
        raise Http404


def _page(request: Signed, *, hand_out: HandOutForm | None = None, naming: SaveViewForm | None = None) -> HttpResponse:
    choices, views = offered.to(request.user)
    filtered, found = _found(request, filter_of(request.GET, choices))
    table = (hand_out or nothing_selected(choices.colleagues)) if request.user.has_role(*rules.PRIVACY_OFFICE) else None
    current = next((view for view in views if view.query == filtered.query), None)
    may_name = filtered.query and not current and not filtered.errors
    context = {
        "form": next((each for each in (filtered, hand_out, naming) if each is not None and each.errors), filtered),
        "filter": filtered,
        "page": found,
        "rows": tuple(found.rows),
        "hand_out": table,
        "selectable": table is not None,
        "ticked": table.ticked if table else frozenset(),
        "unselected": bool(hand_out and hand_out.errors),
        "counts": filtered.counted(queue.counts(request.user)),
        "views": views,
        "current": current,
        "naming": naming or (no_name_yet() if may_name else None),
        "filter_query": filtered.query,
        "here": _here(request, filtered),
        **_nothing(filtered),
        "latest_first": filtered.wanted.get("sort") == "last",
    }
    stopped = filtered.is_stopped or hand_out or naming
    return render(request, "incidents/queue.html", context, status=422 if stopped else 200)


def _nothing(filtered: Filter) -> dict[str, str]:
    """What an empty list says, and what to do about it."""
    if narrowing.number_in(filtered.wanted):
        advice = "Check the number. To find these digits in the words of a report, put them in quotation marks."
        return {"nothing": "No case has this number, or it is not yours to see", "advice": advice}
    advice = "Search for fewer words, choose another state, or clear the filter to see every open incident."
    return {"nothing": "Nothing matches this filter", "advice": advice}


def _found(request: Signed, filtered: Filter) -> tuple[Filter, Page[finding.Row]]:
    """The page asked for; none where the words say nothing, and then the reason stands at their field."""
    if not filtered.is_stopped:
        try:
            return filtered, finding.page(request.user, filtered.wanted, request.GET)
        except finding.Unsearchable as reason:
            filtered = filtered.refused(str(reason))
    return filtered, Page([], "", "")


def _filter(request: Signed) -> Filter:
    return filter_of(request.GET, offered.to(request.user)[0])


def _here(request: Signed, filtered: Filter) -> str:
    """The filter and the place in the list, as they stand in an address."""
    place = urlencode({name: request.GET[name] for name in ("before", "after") if name in request.GET})
    return "&".join(part for part in (filtered.query, place) if part)


def _at(query: str) -> str:
    return reverse("incidents:queue") + (f"?{query}" if query else "")


def _sought(user: User, numbers: list[str]) -> tuple[list[Incident], list[str]]:
    """The cases of these numbers that this person may see, and what the others were called."""
    found, missing = [], []
    for number in dict.fromkeys(numbers):
        try:
            found.append(row_or_404(rules.visible_to(user), actor=user, pk=int(number)))
        except Http404:
            missing.append(f"INC-{number}")
    return found, missing


def _tell(request: Signed, told: desk.HandedOut, to: User) -> None:
    if told.given:
        cases = "1 case was" if len(told.given) == 1 else f"{len(told.given)} cases were"
        messages.success(request, f"{cases} given to {to.name}.")
    elif told.theirs and not told.refused and not told.not_for_them:
        messages.info(request, f"{to.name} has these already.")
    if told.not_for_them:
        cases, them = ("1 case", "it") if len(told.not_for_them) == 1 else (f"{len(told.not_for_them)} cases", "them")
        rest = f"could not be given to the person you chose: {', '.join(told.not_for_them)}. Choose someone else for"
        messages.error(request, f"{cases} {rest} {them}.")
    if told.refused:
        reasons = " ".join(f"{reference}: {reason}" for reference, reason in told.refused)
        messages.error(request, f"Not assigned: {reasons}")


def _counted(user: User, wanted: dict[str, Any]) -> Iterator[str]:
    rows = -1  # the headings are no row
    try:
        for line in export.lines(user, wanted):
            rows += 1
            yield line
    finally:
        desk.end_export(actor=user, rows=max(rows, 0))
