"""Every address of the portal, tried by someone who is not signed in and by every role."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.models import Role
from policies.operations import publishing
from tests.access_requests.stage import approved as approved_access
from tests.incidents.stage import reported
from tests.investigations import stage as investigations
from tests.personas import employee
from tests.policies.stage import asked, draft, published

pytestmark = pytest.mark.django_db

# What anyone may reach without signing in, and nothing else.
PUBLIC = {
    # Shows who signs in as nobody a refusal, unless it brings a token.
    "access_requests:feed",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
    "report:close",
    "report:come_back",
    "report:lost",
    "report:saved",
    "report:start",
    "report:write",
    "worklist:healthz",
    "worklist:readyz",
}
SAMPLES = {
    "reference": "INC-1001",
    "name": "start_triage",
    "pk": 1,
    "number": "1021",
    "version": 1,
    "slug": "employee",
    "uidb36": "1",
    "key": "x",
    "audience": "thread",
}


def _patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def _address(name: str, pattern: URLPattern) -> str:
    kwargs = {
        key: UUID(int=1) if type(converter).__name__ == "UUIDConverter" else SAMPLES.get(key, "1")
        for key, converter in pattern.pattern.converters.items()
    }
    if not kwargs and "?P<" in str(pattern.pattern):
        kwargs = {"uidb36": "1", "key": "1-x"}
    return reverse(name, kwargs=kwargs)


EVERYTHING = dict(_patterns(get_resolver()))


def test_every_address_has_a_name_of_its_own() -> None:
    assert len(EVERYTHING) == sum(1 for _ in _patterns(get_resolver()))
    assert not [name for name in EVERYTHING if name.endswith("None")]


def test_a_visitor_who_is_not_signed_in_is_sent_to_sign_in() -> None:
    visitor, sign_in, let_in = Client(), reverse("account_login"), list[str]()
    for name in sorted(set(EVERYTHING) - PUBLIC):
        for method in ("get", "post"):
            answer = getattr(visitor, method)(_address(name, EVERYTHING[name]))
            if answer.status_code != 401 and not (answer.status_code == 302 and answer["Location"].startswith(sign_in)):
                let_in.append(f"{method} {name}: {answer.status_code}")
    assert let_in == []


def test_the_public_addresses_answer() -> None:
    answers = {name: Client().get(_address(name, EVERYTHING[name])).status_code for name in sorted(PUBLIC)}
    assert {name: status for name, status in answers.items() if status not in {200, 302, 401, 503}} == {}


PRIVACY = frozenset({Role.PRIVACY_ANALYST, Role.PRIVACY_OFFICER})
STAFF = PRIVACY | {Role.COUNSEL}
EVERYONE = frozenset({*Role, None})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# Those who examine, advise, decide on breaches or administer; not those who lead.
READERS = PRIVACY | ADMINISTRATORS | {Role.AUDITOR, Role.COUNSEL}
WRITERS = frozenset({Role.OCCE, Role.COUNSEL, Role.PRIVACY_OFFICER, Role.OFFICE_HEAD})
REVIEWERS = WRITERS - {Role.OCCE}
DRAFTS = WRITERS | {Role.AUDITOR}
COUNTERS = frozenset({Role.IT_SECURITY, Role.PRIVACY_OFFICER, Role.AUDITOR})
# A persona who investigates does so for Internal Affairs/Fraud, whose investigation is tried; officers have others.
INVESTIGATORS = frozenset({Role.INVESTIGATOR})
OFFICERS_TOO = INVESTIGATORS | {Role.PRIVACY_OFFICER}
# page -> who gets it; everyone else finds nothing there, or reads that it is not for them
WHO_SEES = {
    "access_requests:mine": EVERYONE,
    "access_requests:new": EVERYONE,
    "access_requests:awaiting": EVERYONE,
    "access_requests:review": EVERYONE,
    "access_requests:request": COUNTERS,
    "access_requests:revoke": COUNTERS - {Role.AUDITOR},
    "access_requests:write": frozenset(),
    "access_requests:register": COUNTERS,
    "access_requests:figures": COUNTERS,
    "access_requests:figures_csv": COUNTERS,
    "access_requests:in_force_csv": COUNTERS,
    "access_requests:in_force_json": COUNTERS,
    "access_requests:security": frozenset({Role.IT_SECURITY}),
    "access_requests:machines": frozenset({Role.IT_SECURITY}),
    "worklist:home": EVERYONE,
    "incidents:report": EVERYONE,
    "incidents:my_reports": EVERYONE,
    "incidents:queue": STAFF,
    "incidents:export": STAFF,
    "incidents:case": PRIVACY,
    "incidents:merge": PRIVACY,
    "incidents:reassign": frozenset({Role.PRIVACY_OFFICER}),
    "incidents:my_report": frozenset(),
    "incidents:receipt": frozenset(),
    "investigations:list": OFFICERS_TOO | {Role.AUDITOR},
    "investigations:new": OFFICERS_TOO,
    "investigations:one": INVESTIGATORS | {Role.AUDITOR},
    "investigations:add_member": INVESTIGATORS,
    "investigations:close": INVESTIGATORS,
    "notifications:inbox": EVERYONE,
    "notifications:undelivered": ADMINISTRATORS,
    "policies:library": EVERYONE,
    "policies:policy": EVERYONE,
    "policies:history": EVERYONE,
    "policies:compare": EVERYONE,
    "policies:version": EVERYONE,
    "policies:printed": EVERYONE,
    "policies:draft": DRAFTS,
    "policies:edit": WRITERS,
    "policies:give_back": REVIEWERS,
    "policies:drafts": DRAFTS,
    "policies:new": WRITERS,
    "policies:import": WRITERS,
    "policies:hand_over": WRITERS,
    "policies:questions": EVERYONE,
    "policies:question": frozenset(),
    "policies:ask": EVERYONE,
    "policies:answers": EVERYONE,
    "policies:publish_answer": frozenset(),
    "people:account": EVERYONE,
    "people:people": ADMINISTRATORS,
    "policies:coverage": READERS,
    "policies:coverage_csv": READERS,
    "policies:coverage_json": READERS,
    "workflow:settings": ADMINISTRATORS,
    "worklist:team": EVERYONE,
}
# What only takes what a page sends; each has tests of its own.
SENT_ONLY = (
    {
        f"policies:{name}"
        for name in "preview remark step begin answer_question pass_on withdraw_question withdraw_answer".split()
    }
    | {"investigations:remove_member"}
    | {f"access_requests:{name}" for name in "together withdraw copy finish decide grant remove revoke_token".split()}
)
OF_A_POLICY = "ask answers policy history compare hand_over".split()
SAID_TO_BE_CLOSED = {"people:people", "policies:new", "policies:import", "policies:hand_over"}
# Whoever sees the draft or the investigation reads why the page is not theirs; to everyone else it does not exist.
SAID_TO_BE_CLOSED_TO = {
    "access_requests:revoke": frozenset({Role.AUDITOR}),
    "access_requests:write": COUNTERS,
    **{f"investigations:{page}": frozenset({Role.AUDITOR}) for page in "new add_member close".split()},
    "policies:edit": frozenset({Role.AUDITOR}),
    "policies:give_back": frozenset({Role.AUDITOR, Role.OCCE}),
}


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_each_role_sees_its_pages_and_no_others(role: Role | None) -> None:
    addresses = _addresses()
    client = Client()
    client.force_login(employee(roles=(role,) if role else ()))
    answers = {page: client.get(addresses[page]).status_code for page in sorted(WHO_SEES)}
    assert answers == {page: _expected(page, role) for page in answers}


def _expected(page: str, role: Role | None) -> int:
    if role in WHO_SEES[page]:
        return 200
    return 403 if page in SAID_TO_BE_CLOSED or role in SAID_TO_BE_CLOSED_TO.get(page, ()) else 404


def _addresses() -> dict[str, str]:
    """Where each page is found, in a world with one record of each kind."""
    incident, version = reported(employee("Somebody Else")), published()
    question, investigation = asked(version, employee("Someone Asking")), investigations.opened()
    access = approved_access(employee("Erin Asking", supervisor=employee("Sam Above")))
    written, in_review = draft("1022"), draft("1023")
    publishing.submit(in_review, actor=in_review.author)
    args: dict[str, list[object]] = {
        **{f"incidents:{page}": [incident.reference] for page in "case merge my_report receipt".split()},
        **{f"policies:{page}": [version.document.number] for page in OF_A_POLICY},
        **{f"policies:{page}": [version.document.number, 1] for page in "version printed".split()},
        **{f"policies:{page}": [question.pk] for page in "question publish_answer".split()},
        **{f"policies:{page}": [written.pk] for page in "draft edit".split()},
        "policies:give_back": [in_review.pk],
        **{f"investigations:{page}": [investigation.pk] for page in "one add_member close".split()},
        **{f"access_requests:{page}": [access.pk] for page in "request revoke write".split()},
    }
    return {page: reverse(page, args=args.get(page, [])) for page in WHO_SEES}


def test_every_page_of_the_newer_features_stands_in_the_table() -> None:
    features = ("access_requests:", "investigations:", "policies:", "worklist:team")
    pages = {name for name in EVERYTHING if name.startswith(features)} - PUBLIC
    assert pages - set(WHO_SEES) == SENT_ONLY
