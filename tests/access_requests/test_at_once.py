"""Two who do something about one request at the same moment: real transactions on connections of their own."""

import uuid
from functools import partial

import pytest
from django.db import transaction

from access_requests.models import AccessRequest, Turn
from access_requests.operations import asking, deciding, granting, turns
from access_requests.operations.granting import Provision
from investigations import closing
from investigations.models import Investigation, Member, Office
from notifications.models import Notice
from people.models import User
from tests.access_requests.stage import approved, as_it_stands, asked, cast, draft, told, whose_turn, wish
from tests.policies.at_once import at_once
from workflow import clock

pytestmark = pytest.mark.django_db(transaction=True)

Status = AccessRequest.Status
ROUNDS = 8


def test_of_two_tabs_that_approve_and_decline_at_once_one_does_and_the_other_reads_why() -> None:
    people = cast()
    for _ in range(ROUNDS):
        request = asked(people.erin)
        said = at_once(
            partial(deciding.approve, request, actor=people.sam),
            partial(deciding.decline, request, actor=people.sam, words="Public viewing is enough."),
        )
        winner = said.index("")
        assert (
            said[1 - winner]
            == [
                "Approval must go through your chain of command. Max Manager decides about this now.",
                "This is declined now, so “Approve” is no longer open.",
            ][winner]
        )
        stands = (as_it_stands(request).status, whose_turn(request))
        assert stands == [(Status.SUBMITTED, "Max Manager"), (Status.DECLINED, "")][winner]
        assert request.turns.exclude(outcome="").get().outcome == ["approved", "declined"][winner]


def test_approved_twice_at_once_it_goes_one_step() -> None:
    people = cast()
    for _ in range(ROUNDS):
        request = asked(people.erin)
        said = at_once(*[partial(deciding.approve, request, actor=people.sam)] * 2)
        assert sorted(said) == [
            "",
            "Approval must go through your chain of command. Max Manager decides about this now.",
        ]
        assert (whose_turn(request), request.turns.count()) == ("Max Manager", 2)


def test_approved_while_it_is_withdrawn_it_is_withdrawn_in_the_end_and_nobodys_turn() -> None:
    people = cast()
    for _ in range(ROUNDS):
        request = asked(people.erin)
        said = at_once(
            partial(deciding.approve, request, actor=people.sam), partial(asking.withdraw, request, actor=people.erin)
        )
        assert said[1] == ""
        assert said[0] in {"", "This is withdrawn now, so “Approve” is no longer open."}
        assert (as_it_stands(request).status, whose_turn(request)) == (Status.WITHDRAWN, "")
        outcomes = list(request.turns.order_by("pk").values_list("outcome", flat=True))
        assert outcomes == (["over"] if said[0] else ["approved", "over"])


def test_declined_while_it_is_withdrawn_it_is_one_or_the_other() -> None:
    people = cast()
    for _ in range(ROUNDS):
        request = asked(people.erin)
        said = at_once(
            partial(deciding.decline, request, actor=people.sam, words="Public viewing is enough."),
            partial(asking.withdraw, request, actor=people.erin),
        )
        assert said.count("") == 1
        assert "no longer open" in max(said)
        assert as_it_stands(request).status == [Status.DECLINED, Status.WITHDRAWN][said.index("")]
        assert request.turns.get().outcome == [Turn.Outcome.DECLINED, Turn.Outcome.OVER][said.index("")]


def test_granted_while_it_is_withdrawn_it_is_one_or_the_other() -> None:
    people = cast()
    provision = Provision("Proxy group social-inv", "Proxy 2", clock.today())
    for _ in range(ROUNDS):
        request = approved(people.erin)
        said = at_once(
            partial(granting.grant, request, provision, actor=people.ivan),
            partial(asking.withdraw, request, actor=people.erin),
        )
        assert said.count("") == 1
        assert "no longer open" in max(said)
        stands = as_it_stands(request)
        assert (stands.status, stands.granted_by) == [(Status.ACTIVE, people.ivan), (Status.WITHDRAWN, None)][
            said.index("")
        ]


def test_two_clicks_at_once_begin_one_draft() -> None:
    people = cast()
    for number in range(ROUNDS):
        start = partial(asking.start, wish(), actor=people.erin, submission=uuid.uuid4())
        assert at_once(start, start, start) == [""] * 3
        assert AccessRequest.objects.count() == number + 1


def test_two_clicks_at_once_send_it_once() -> None:
    people = cast()
    request = asking.start(wish(), actor=people.erin, submission=uuid.uuid4())
    said = at_once(*[partial(asking.submit, request, actor=people.erin)] * 2)
    assert sorted(said) == ["", "This is being decided now, so “Send the request” is no longer open."]
    assert (as_it_stands(request).round, request.turns.count(), told(people.sam)) == (1, 1, ["awaiting"])


def test_two_workers_give_an_overdue_request_to_the_next_once() -> None:
    people = cast()
    for number in range(ROUNDS):
        request = asked(people.erin)
        # Threads do not share a held clock: by the real one it is overdue.
        request.turns.update(due_at=clock.now())
        at_once(*[turns.move_on_all] * 3)
        assert (whose_turn(request), request.turns.count()) == ("Max Manager", 2)
        assert Notice.objects.filter(recipient=people.erin, template="access_requests/escalated").count() == number + 1


def test_decided_while_it_goes_to_the_next_it_is_one_or_the_other() -> None:
    people = cast()
    for _ in range(ROUNDS):
        request = asked(people.erin)
        request.turns.update(due_at=clock.now())
        said = at_once(
            partial(deciding.decline, request, actor=people.sam, words="Public viewing is enough."), turns.move_on_all
        )
        assert said[1] == ""
        stands = (as_it_stands(request).status, whose_turn(request))
        assert stands == ((Status.SUBMITTED, "Max Manager") if said[0] else (Status.DECLINED, ""))


def closed(case: Investigation, by: User) -> None:
    """The investigation is closed, and whoever listens has heard of it."""
    with transaction.atomic():
        row = Investigation.objects.filter(pk=case.pk)
        row.update(status="closed", closed_by=by, closed_at=clock.now(), outcome="Nothing was found.")
        closing.tell(case, by)


def test_sent_while_its_investigation_is_closed_it_is_not_sent_or_ends_with_it() -> None:
    people = cast()
    for number in range(ROUNDS):
        case = Investigation.objects.create(
            number=f"IA-2026-{number}",
            office=Office.INTERNAL_AFFAIRS,
            allegation=Investigation.Allegation.STATE_LAW,
            opened_by=people.max,
            opened_at=clock.now(),
            submission=uuid.uuid4(),
        )
        Member.objects.create(investigation=case, person=people.erin, added_by=people.max, added_at=clock.now())
        request = draft(people.erin, investigation=case, case_number="")
        said = at_once(partial(asking.submit, request, actor=people.erin), partial(closed, case, people.max))
        assert said[1] == ""
        assert as_it_stands(request).status == (Status.DRAFT if said[0] else Status.ENDED)
