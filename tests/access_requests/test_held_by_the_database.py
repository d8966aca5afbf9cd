"""What the database refuses about access, whoever writes: the portal's own role and the owner of the tables alike."""

from itertools import product

import pytest
from django.db import DatabaseError, connections, transaction

from access_requests.models import AccessRequest, Turn
from access_requests.operations import feeding
from tests.access_requests.stage import cast, open_turn
from tests.access_requests.states import brought_to
from workflow.refusals import MOVED_ON, denied_by

Ids = dict[str, int]
Status = AccessRequest.Status
COLUMNS = [str(field.column) for field in AccessRequest._meta.concrete_fields if field.column != "id"]


@pytest.fixture(scope="module")
def ids(committed: None) -> Ids:
    """A request in each state, whose turn one is and was, and a machine's tokens."""
    people = cast()
    rows = {str(status): brought_to(status, people).pk for status in Status}
    turn = open_turn(AccessRequest(pk=rows["submitted"]))
    decided = Turn.objects.filter(request=rows["declined"]).get()
    assert turn is not None
    token, _ = feeding.make_token("Proxy 1", actor=people.ivan)
    stale, _ = feeding.make_token("Proxy 2", actor=people.ivan)
    feeding.revoke_token(stale, actor=people.ivan)
    named = {"erin": people.erin.pk, "sam": people.sam.pk, "max": people.max.pk, "ivan": people.ivan.pk}
    return {**rows, **named, "turn": turn.pk, "decided": decided.pk, "token": token.pk, "stale": stale.pk}


def refused(ids: Ids, statement: str, words: str) -> None:
    """Neither role gets this done, and both read why; the page of it is a 409, not a failure."""
    for alias in ("default", "owner"):
        with (
            pytest.raises(DatabaseError, match=words) as refusal,
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement, ids)
        assert denied_by(refusal.value) == MOVED_ON or "permission denied" in str(refusal.value)


def passes(ids: Ids, statement: str) -> None:
    """Both roles get this done, so that the refusals beside it are for their own reason."""
    for alias in ("default", "owner"):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(statement, ids)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True, using=alias)


def request(row: str, change: str) -> str:
    return f"UPDATE access_requests_accessrequest SET {change} WHERE id = %({row})s"  # noqa: S608  from fixed lists


def turn(row: str, change: str) -> str:
    return f"UPDATE access_requests_turn SET {change} WHERE id = %({row})s"  # noqa: S608  from the fixed lists below


def token(row: str, change: str) -> str:
    return f"UPDATE access_requests_feedtoken SET {change} WHERE id = %({row})s"  # noqa: S608  from fixed lists


OF_WHAT_WAS_ASKED = [
    "sites = '{Facebook,Reddit,X}'",
    "wanted = 'Other'",
    "task = 'Other'",
    "why_sign_in = 'Other'",
    "case_number = 'CW-2'",
    "starts_on = starts_on + 1",
    "ends_on = ends_on + 1",
    "device = 'LT-1'",
    "requester_id = %(max)s",
    "created_at = now()",
    "renewal_of_id = %(ended)s",
]


OF_WHAT_IS_OVER = ["device = 'LT-1'", "status = 'draft'", "until = NULL", "round = round + 1", "device = device"]


def test_what_was_asked_for_does_not_change_once_it_was_sent_nor_anything_once_it_is_over(ids: Ids) -> None:
    for row, change in product(["submitted", "approved", "active", "ending"], OF_WHAT_WAS_ASKED):
        refused(ids, request(row, change), "what was asked for does not change")
    for row, change in product(["ended", "declined", "withdrawn"], OF_WHAT_IS_OVER):
        refused(ids, request(row, change), "that is over does not change")


ENDED = "status = 'ending', ended_at = now()"
RETURN = "outcome = 'returned', closed_at = now()"
REQUESTS = {
    # Nothing is taken away, and nobody's draft becomes another's.
    "DELETE FROM access_requests_accessrequest WHERE id = %(draft)s": "never deleted",
    "DELETE FROM access_requests_accessrequest WHERE id = %(ended)s": "never deleted",
    "TRUNCATE access_requests_accessrequest CASCADE": "permission denied|only ever added to",
    request("draft", "requester_id = %(sam)s"): "whose request it is does not change",
    request("returned", "created_at = now()"): "whose request it is does not change",
    # Whoever decides narrows, and what was approved stands.
    request("submitted", "until = until - 3, granted_sites = '{Reddit,X}'"): "only narrows",
    request("submitted", "granted_sites = '{Facebook,Reddit,X}'"): "only narrows",
    request("submitted", "until = until + 1"): "only narrows",
    request("submitted", "until = NULL"): "only narrows",
    request("approved", "until = until - 1"): "what was approved does not change",
    request("active", "until = NULL"): "what was approved does not change",
    request("active", "granted_sites = '{}'"): "what was approved does not change",
    request("returned", "until = ends_on + 1"): "access_is_not_lengthened",
    # Each sending goes through the whole chain.
    request("submitted", "round = round - 1"): "each sending goes through the whole chain",
    request("returned", "status = 'submitted'"): "each sending goes through the whole chain",
    # Somebody else grants and removes, once.
    request("approved", "status = 'active', granted_by_id = requester_id, granted_at = now()"): "by_someone_else",
    request("approved", "status = 'active'"): "access_in_force_was_granted",
    request("approved", "granted_by_id = %(ivan)s"): "a grant stands as it was confirmed",
    request("active", "granted_by_id = %(sam)s"): "a grant stands as it was confirmed",
    request("active", "provided_where = 'Elsewhere'"): "a grant stands as it was confirmed",
    request("ending", "status = 'ended', removed_by_id = requester_id, removed_at = now()"): "by_someone_else",
    request("ending", "status = 'ended'"): "access_removed_by_someone",
    # It ends for a reason, and what was set up is to be removed.
    request("active", f"{ENDED}, end_reason = 'revoked'"): "access_removal_is_due",
    request("active", f"{ENDED}, removal_due_at = now()"): "access_ended_for_a_reason",
    request("ending", "end_reason = 'moved'"): "why it ended does not change",
    request("ending", "ended_by_id = %(sam)s"): "why it ended does not change",
    # What is sent says what for.
    request("draft", "status = 'submitted', round = 1, submitted_at = now(), wanted = ''"): "says_what_for",
    request("draft", "status = 'submitted', round = 1, submitted_at = now(), sites = '{}'"): "says_what_for",
    request("draft", "status = 'submitted', round = 1, submitted_at = now(), case_number = ''"): "says_what_for",
    # Silence approves nothing.
    request("submitted", "status = 'approved'"): "silence approves nothing",
}


def test_the_database_refuses_each_of_these_of_a_request(ids: Ids) -> None:
    for statement, words in REQUESTS.items():
        refused(ids, statement, words)


PASSES = [
    request("submitted", "until = until - 3, granted_sites = '{Reddit}'"),
    request("approved", "status = 'active', granted_by_id = %(ivan)s, granted_at = now()"),
    request("ending", "status = 'ended', removed_by_id = %(ivan)s, removed_at = now()"),
    request("active", f"{ENDED}, end_reason = 'revoked', removal_due_at = now()"),
    request("draft", "status = 'submitted', round = 1, submitted_at = now()"),
    request("returned", "status = 'submitted', round = round + 1"),
    turn("turn", f"{RETURN}, code = 'case', words = 'Which case?'"),
    turn("turn", "due_at = due_at + interval '1 day'"),
    token("token", "revoked_at = now(), revoked_by_id = %(ivan)s"),
    token("token", "last_read_at = now()"),
]


def test_the_same_done_rightly_passes(ids: Ids) -> None:
    for statement in PASSES:
        passes(ids, statement)


TURNS = {
    "DELETE FROM access_requests_turn WHERE id = %(turn)s": "never deleted",
    "TRUNCATE access_requests_turn": "permission denied|only ever added to",
    turn("decided", "outcome = 'approved'"): "a decision does not change",
    turn("decided", "words = 'Rather not.'"): "a decision does not change",
    turn("decided", "words = words"): "a decision does not change",
    turn("turn", "person_id = %(max)s"): "whose turn it is does not change",
    turn("turn", "acting_for_id = %(max)s"): "whose turn it is does not change",
    turn("turn", "why = 'Because.'"): "whose turn it is does not change",
    turn("turn", "round = round + 1"): "whose turn it is does not change",
    turn("turn", "request_id = %(returned)s"): "whose turn it is does not change",
    turn("turn", "outcome = 'declined', closed_at = now()"): "access_no_comes_with_words",
    turn("turn", "outcome = 'revoked', closed_at = now()"): "access_no_comes_with_words",
    turn("turn", f"{RETURN}, code = 'case'"): "access_no_comes_with_words",
    turn("turn", f"{RETURN}, words = 'Which case?'"): "access_returned_for_a_coded_reason",
    turn("turn", "outcome = 'approved', closed_at = now(), code = 'case'"): "access_returned_for_a_coded_reason",
    turn("turn", "outcome = 'approved'"): "access_turn_closed_at_a_time",
    turn("turn", "closed_at = now()"): "access_turn_closed_at_a_time",
}


def test_the_database_refuses_each_of_these_of_a_turn(ids: Ids) -> None:
    for statement, words in TURNS.items():
        refused(ids, statement, words)


def given(row: str, person: str, *, acting_for: str = "NULL", outcome: str = "") -> str:
    """A turn given in SQL."""
    return f"""
        INSERT INTO access_requests_turn
            (request_id, round, kind, person_id, acting_for_id, why, since, due_at, outcome, code, words, sites)
        VALUES (%({row})s, 1, 'decision', {person}, {acting_for}, 'So.', now(), now(), '{outcome}', '', '', '{{}}')
    """  # noqa: S608  from the fixed lists here


def test_no_turn_begins_but_undecided_and_with_someone_else(ids: Ids) -> None:
    passes(ids, given("returned", "%(sam)s", acting_for="%(max)s"))
    own = "nobody decides about their own request"
    refused(ids, given("returned", "%(erin)s"), own)
    refused(ids, given("returned", "%(sam)s", acting_for="%(erin)s"), own)
    refused(ids, given("returned", "%(sam)s", acting_for="%(sam)s"), "access_delegate_is_someone_else")
    refused(ids, given("returned", "%(sam)s", outcome="approved"), "a turn begins undecided")


def test_a_request_is_one_persons_turn_at_a_time(ids: Ids) -> None:
    for alias in ("default", "owner"):
        with (
            pytest.raises(DatabaseError, match="access_is_one_persons_turn"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(given("submitted", "%(max)s"), ids)


def test_no_request_comes_in_but_as_a_draft(ids: Ids) -> None:
    statuses = [{"status": f"'{status}'"} for status in Status if status != Status.DRAFT]
    for other in (*statuses, {"round": "1"}, {"granted_by_id": "%(ivan)s"}, {"ended_by_id": "%(ivan)s"}):
        values = {"submission": "gen_random_uuid()", **other}
        listed, chosen = ", ".join(COLUMNS), ", ".join(values.get(column, column) for column in COLUMNS)
        copied = f"SELECT {chosen} FROM access_requests_accessrequest WHERE id = %(draft)s"  # noqa: S608  fixed names
        refused(ids, f"INSERT INTO access_requests_accessrequest ({listed}) {copied}", "begins as a draft")


def test_nothing_is_approved_but_by_the_last_one_asked_and_in_this_sending(ids: Ids) -> None:
    said, approving = turn("turn", "outcome = 'approved', closed_at = now()"), "status = 'approved'"
    passes(ids, f"{said}; {request('submitted', approving)}")
    refused(ids, f"{said}; {request('submitted', approving + ', round = round + 1')}", "silence approves nothing")
    for outcome in ("passed_over", "moved_on", "over", "kept"):
        closing = turn("turn", f"outcome = '{outcome}', closed_at = now()")
        refused(ids, f"{closing}; {request('submitted', approving)}", "silence approves nothing")


TOKENS = {
    "DELETE FROM access_requests_feedtoken WHERE id = %(stale)s": "revoked once",
    "DELETE FROM access_requests_feedtoken WHERE id = %(token)s": "revoked once",
    token("stale", "revoked_at = NULL, revoked_by_id = NULL"): "revoked once",
    token("stale", "last_read_at = now()"): "revoked once",
    token("token", "digest = repeat('a', 64)"): "revoked once",
    token("token", "name = 'Other'"): "revoked once",
    token("token", "created_by_id = %(sam)s"): "revoked once",
    token("token", "revoked_at = now()"): "feed_token_revoked_by_someone",
}


def test_a_token_is_only_read_with_and_revoked_once(ids: Ids) -> None:
    for statement, words in TOKENS.items():
        refused(ids, statement, words)
