"""The pages of the notices: one's own list, and the administrator's of mail that did not arrive."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notifications import checks, operations, rules
from notifications import inbox as notices
from notifications.forms import MarkAllRead, MarkRead, Retry, RetryAll
from notifications.models import Notice
from notifications.words import line
from people.keyset import Page, page_of
from people.requests import Signed


@require_GET
def inbox(request: Signed) -> HttpResponse:
    """My notices, newest first; `?show=unread` leaves out what I have read."""
    unread_only = request.GET.get("show") == "unread"
    page = _page(request, notices.latest(request.user, unread_only=unread_only))
    rows = [_row(request, notice) for notice in page.rows]
    mark_all = MarkAllRead(initial={"through": page.rows[0].created_at.isoformat()} if page.rows else {})
    kept = "show=unread&" if unread_only else ""
    return render(
        request,
        "notifications/inbox.html",
        {"rows": rows, "mark_all": mark_all, "unread_only": unread_only, **_pager(page, kept)},
    )


@require_http_methods(["GET", "POST"])
def open_notice(request: Signed, notice_id: UUID) -> HttpResponse:
    """Mark my notice read and go where it points."""
    notice = notices.mark_read(request.user, notice_id)
    if notice is None:
        raise Http404
    return HttpResponseRedirect(notice.url)


@require_POST
def read(request: Signed, notice_id: UUID) -> HttpResponse:
    """Mark my notice read and stay on the page of the list it is on."""
    if notices.mark_read(request.user, notice_id) is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('notifications:inbox')}?{request.GET.urlencode()}".rstrip("?"))


@require_POST
def read_all(request: Signed) -> HttpResponse:
    """Mark everything read that the page showed as the newest or older."""
    form = MarkAllRead(request.POST)
    if form.is_valid():
        notices.mark_all_read(request.user, through=form.cleaned_data["through"])
        messages.success(request, "All notices are marked as read.")
    return redirect("notifications:inbox")


@require_GET
def undelivered(request: Signed) -> HttpResponse:
    """Mail that did not arrive: whose, since when and why, never what it was about."""
    _require_tending(request)
    page = _page(request, operations.dead_letters())
    rows = [(notice, Retry(notice)) for notice in page.rows]
    context = {"rows": rows, "retry_all": RetryAll(), "late": _late(checks.outbox_lag()), **_pager(page)}
    return render(request, "notifications/undelivered.html", context)


@require_POST
def retry(request: Signed, notice_id: UUID) -> HttpResponse:
    """Have one message tried again."""
    _require_tending(request)
    if operations.retry(notice_id, actor=request.user):
        messages.success(request, "The message will be tried again within a minute.")
    else:
        messages.info(request, "That message is not waiting here any more.")
    return redirect("notifications:undelivered")


@require_POST
def retry_all(request: Signed) -> HttpResponse:
    """Have every message tried again."""
    _require_tending(request)
    count = operations.retry_all(actor=request.user)
    messages.success(request, f"Messages that will be tried again: {count:,}.")
    return redirect("notifications:undelivered")


def _late(lag: timedelta) -> str:
    minutes = lag // timedelta(minutes=1)
    if not minutes:
        return ""
    return f"A message has been due for {minutes:,} min. Check that the worker runs and reaches the mail server."


def _require_tending(request: Signed) -> None:
    if not rules.tends_the_outbox(request.user):
        raise Http404


def _page(request: Signed, rows: QuerySet[Notice]) -> Page[Notice]:
    return page_of(rows, request.GET, order=("created_at", "id"), newest_first=True)


def _pager(page: Page[Notice], kept: str = "") -> dict[str, str]:
    return {
        "newer_url": f"?{kept}{page.before}" if page.before else "",
        "older_url": f"?{kept}{page.after}" if page.after else "",
    }


def _row(request: Signed, notice: Notice) -> tuple[Notice, str, MarkRead | None]:
    said = line(notice)
    return notice, said, None if notice.read_at else MarkRead(notice, said, stay=request.GET.urlencode())
