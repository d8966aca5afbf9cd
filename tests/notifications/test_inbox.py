"""One's own notices: the count in the header, the list, opening and putting away."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from notifications import context, inbox
from notifications.models import Notice
from notifications.outbox import owe
from people.models import User
from tests.notifications.telling import told
from tests.personas import employee

pytestmark = pytest.mark.django_db
URL = "/notices/"


@pytest.fixture
def rita(client: Client) -> User:
    """A reporter, signed in."""
    person = employee("Rita Reporter")
    client.force_login(person)
    return person


def told_often(person: User, times: int) -> None:
    for number in range(times):
        owe("tests/told", event=f"event {number}", to=[person], reference=f"INC-{number:03}", url=f"/x/{number}/")


def test_the_count_stops_at_a_hundred_and_reads_99_plus(rita: User) -> None:
    told_often(rita, 105)
    assert (inbox.unread_count(rita), inbox.badge(inbox.unread_count(rita))) == (100, "99+")


@pytest.mark.parametrize(("unread", "badge"), [(0, ""), (1, "1"), (99, "99"), (100, "99+")])
def test_the_badge_is_short(unread: int, badge: str) -> None:
    assert inbox.badge(unread) == badge


def test_the_header_asks_once_and_only_when_it_shows_the_count(
    rita: User, rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told(rita)
    request = rf.get("/")
    request.user = rita
    with django_assert_num_queries(0):
        given = context.inbox(request)["inbox"]
    with django_assert_num_queries(1):
        assert (given.unread, given.badge, given.unread) == (1, "1", 1)


def test_the_list_is_newest_first_and_only_ones_own(client: Client, rita: User) -> None:
    told(rita, event="1", reference="INC-1")
    told(rita, event="2", reference="INC-2")
    told(employee("Olga Officer"), event="3", reference="INC-3")
    page = client.get(URL)
    assert page.content.index(b"INC-2 has news") < page.content.index(b"INC-1 has news")
    assertNotContains(page, "INC-3")


def test_nothing_in_a_notice_is_markup(client: Client, rita: User) -> None:
    told(rita, reference="<script>alert(1)</script>")
    assertContains(client.get(URL), "&lt;script&gt;alert(1)&lt;/script&gt; has news")


def test_pages_lead_through_every_notice_and_back(client: Client, rita: User) -> None:
    told_often(rita, 60)
    seen, page = [], client.get(URL)
    while True:
        seen += [notice.reference for notice, *_ in page.context["rows"]]
        if not page.context["older_url"]:
            break
        page = client.get(URL + page.context["older_url"])
    assert seen == [f"INC-{number:03}" for number in reversed(range(60))]
    middle = client.get(URL + page.context["newer_url"])
    first = client.get(URL + middle.context["newer_url"])
    assert [notice.reference for notice, *_ in first.context["rows"]] == seen[:25]
    assert first.context["newer_url"] == ""


@pytest.mark.parametrize(
    "text", ["", "x", "1-2", "9999999999999999-" + "f" * 32, "٣-" + "0" * 32, "0\x00", "1_0-" + "0" * 32]
)
@pytest.mark.parametrize("name", ["before", "after", "show"])
def test_no_made_up_address_breaks_the_list(client: Client, rita: User, name: str, text: str) -> None:
    told(rita)
    assert client.get(URL, {name: text}).status_code == 200


@pytest.mark.parametrize("times", [1, 25])
def test_the_page_takes_as_many_queries_with_one_notice_as_with_many(
    client: Client, rita: User, times: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    told_often(rita, times)
    with django_assert_max_num_queries(8):
        client.get(URL)


def test_opening_a_notice_marks_it_read_and_goes_where_it_points(client: Client, rita: User) -> None:
    notice = told(rita)
    answer = client.get(reverse("notifications:open", args=[notice.pk]))
    assertRedirects(answer, "/incidents/INC-1/", fetch_redirect_response=False)
    assert inbox.unread_count(rita) == 0


def test_opening_it_again_keeps_the_first_time(client: Client, rita: User) -> None:
    notice = told(rita)
    client.post(reverse("notifications:open", args=[notice.pk]))
    first = Notice.objects.get().read_at
    client.post(reverse("notifications:open", args=[notice.pk]))
    assert first is not None
    assert Notice.objects.get().read_at == first


@pytest.mark.parametrize(("name", "method"), [("open", "get"), ("open", "post"), ("read", "post")])
def test_another_persons_notice_is_not_there(client: Client, rita: User, name: str, method: str) -> None:
    notice = told(employee("Olga Officer"))
    for notice_id in (notice.pk, uuid4()):
        assert getattr(client, method)(reverse(f"notifications:{name}", args=[notice_id])).status_code == 404
    assert Notice.objects.get().read_at is None


def test_a_notice_is_put_away_without_opening_it_and_the_list_stays_where_it_was(client: Client, rita: User) -> None:
    notice = told(rita)
    page = client.get(URL, {"show": "unread"})
    assertContains(page, f"{reverse('notifications:read', args=[notice.pk])}?show=unread")
    answer = client.post(reverse("notifications:read", args=[notice.pk]) + "?show=unread")
    assertRedirects(answer, f"{URL}?show=unread")
    assert inbox.unread_count(rita) == 0


def test_all_are_put_away_but_not_what_came_in_since(client: Client, rita: User) -> None:
    told_often(rita, 3)
    through = client.get(URL).context["mark_all"].initial["through"]
    told(rita, event="since")
    assertRedirects(client.post(reverse("notifications:read_all"), {"through": through}), URL)
    assert [notice.event_key for notice in inbox.latest(rita, unread_only=True)] == ["since"]


def test_nobody_puts_away_anothers(client: Client, rita: User) -> None:
    theirs = told(employee("Olga Officer"))
    told(rita, event="later")
    through = client.get(URL).context["mark_all"].initial["through"]
    client.post(reverse("notifications:read_all"), {"through": through})
    theirs.refresh_from_db()
    assert theirs.read_at is None


@pytest.mark.parametrize("posted", [{}, {"through": ""}, {"through": "never"}, {"through": "0001-01-01T00:00+14:00"}])
def test_putting_all_away_needs_the_place_the_page_showed(client: Client, rita: User, posted: dict[str, Any]) -> None:
    told(rita)
    assertRedirects(client.post(reverse("notifications:read_all"), posted), URL)
    assert inbox.unread_count(rita) == 1


@pytest.mark.parametrize("name", ["read", "retry"])
def test_what_changes_something_is_posted(client: Client, rita: User, name: str) -> None:
    assert client.get(reverse(f"notifications:{name}", args=[told(rita).pk])).status_code == 405


def test_the_unread_ones_alone(client: Client, rita: User) -> None:
    read = told(rita, event="1", reference="INC-1")
    told(rita, event="2", reference="INC-2")
    inbox.mark_read(rita, read.pk)
    page = client.get(URL, {"show": "unread"})
    assertContains(page, "INC-2 has news")
    assertNotContains(page, "INC-1 has news")


def test_an_empty_list_says_what_will_be_there(client: Client, rita: User) -> None:
    assertContains(client.get(URL), "No notices yet")
    told(rita)
    inbox.mark_read(rita, Notice.objects.get().pk)
    assertContains(client.get(URL, {"show": "unread"}), "You have read everything")


def test_a_notice_outlives_its_template(client: Client, rita: User) -> None:
    Notice.objects.create(recipient=rita, event_key="x", template="gone/long_ago", reference="INC-7", url="/")
    assertContains(client.get(URL), "INC-7")


def test_a_page_beyond_the_end_leads_back(client: Client, rita: User) -> None:
    told(rita)
    assertContains(client.get(URL, {"after": f"1-{'0' * 32}"}), "Back to the newest")
