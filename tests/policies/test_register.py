"""The register says of every clause what is so: what enforces it, whom it refused, what is held under it."""

from pathlib import Path

import pytest
from django.urls import reverse

from audit.models import Entry
from incidents.choices import AskedFor, Kind, Verb
from incidents.models import Draft
from people import lately
from policies import figures, register
from policies.clauses import AWAITED, Clause
from policies.figures import Figure
from policies.operations import asking
from policies.register import Part, Row
from tests.attachments.files import upload
from tests.incidents.stage import analyst, answers, brought_to, browser, case_url, officer, reported
from tests.personas import employee
from tests.policies.stage import approver, asked, cast, draft

pytestmark = pytest.mark.django_db
REPORT = reverse("incidents:report")


def row(clause: Clause) -> Row:
    """What the register says of a clause at this moment, its records counted anew."""
    lately.forget_all()
    return next(row for row in register.read().rows if row.clause == clause)


def refusals() -> dict[str, int]:
    """The clauses that refused anyone, and how often."""
    return {row.clause.value: row.refusals for row in register.read().rows if row.refusals}


def held(clause: Clause) -> dict[str, int]:
    """What is counted under a clause."""
    return {figure.label: figure.count for figure in row(clause).records}


# --- What is enforced


def test_every_clause_stands_in_it_once_and_in_order() -> None:
    read = register.read()
    assert [row.clause for row in read.rows] == list(Clause)
    assert [row for _, rows in read.parts for row in rows] == list(read.rows)
    assert {row.clause for row in read.awaited} == AWAITED
    assert len(read.enforced) + len(read.awaited) == len(Clause)


@pytest.mark.parametrize(
    ("clause", "part"),
    [(Clause.I_D, Part.I), (Clause.II_I, Part.II), (Clause.III_STAY, Part.III), (Clause.L_AG, Part.L)],
)
def test_a_clause_stands_in_its_part_of_the_policy(clause: Clause, part: Part) -> None:
    assert row(clause).part == part


@pytest.mark.parametrize("clause", Clause)
def test_an_enforced_clause_names_functions_that_are_there_and_say_what_they_promise(clause: Clause) -> None:
    for enforcer in row(clause).enforcers:
        source = Path(*enforcer.module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
        assert f"def {enforcer.function}(" in source
        assert enforcer.promise.endswith(".")
        assert "\n" not in enforcer.promise
    assert row(clause).is_enforced == (clause not in AWAITED)


def test_a_clause_says_what_a_refused_person_reads_those_sentences_included_that_others_find_for_it() -> None:
    words = row(Clause.II_A_3).refused_with
    assert "You are named in this report and cannot work on it." in words
    assert "This case cannot be given to the person you chose. Choose someone else." in words
    assert "Decide what was found first." in words
    assert "… is closed. Reopen it first." in words
    assert len(set(words)) == len(words)


# --- Whom it refused


def test_an_employee_who_writes_a_password_in_a_report_counts_once_and_the_saving_of_drafts_does_not() -> None:
    client = browser(employee())
    typed = answers(narrative="My password is Hunter2!x", containment="The password is Hunter2!x")
    for _ in range(3):
        assert client.post(reverse("incidents:report_save"), typed).status_code == 200
    assert refusals() == {}
    assert client.post(REPORT, typed).status_code == 422
    assert refusals() == {"II_B_1": 1}


def test_a_report_that_gives_a_clients_number_and_leaves_out_the_site_counts_for_both_clauses() -> None:
    typed = answers(narrative="Her number is 432-11-9876.", kind="exposure", platform="Another site or app")
    assert browser(employee()).post(REPORT, typed).status_code == 422
    assert refusals() == {"II_A": 1, "II_A_1": 1}


def test_a_password_in_a_file_name_counts_however_the_file_is_sent() -> None:
    client = browser(employee())
    client.get(REPORT)
    typed, name = answers(draft=str(Draft.objects.get().pk)), "my password is Hunter2x.txt"
    sent = client.post(reverse("incidents:report_upload"), {**typed, "file": upload(name, b"x")})
    assert sent.status_code == 422
    assert refusals() == {"II_B_1": 1}
    assert client.post(REPORT, {**typed, "evidence": upload(name, b"x")}).status_code == 422
    assert refusals() == {"II_B_1": 2}


def test_an_analyst_who_decides_is_refused_and_the_trail_knows_by_which_clause() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to("under_review", ana=ana, paul=paul)
    assert browser(ana).get(case_url(incident, "decide", "substantiate")).status_code == 403
    refused = Entry.objects.get(action="incident.substantiate.refused")
    assert refused.facts == {"reason": "Only a Privacy Officer decides what was found.", "clause": "II_A_3"}
    assert refusals() == {"II_A_3": 1}


def test_an_analyst_named_in_a_report_is_given_it_by_nobody_and_the_trail_knows_by_which_clause() -> None:
    ana, nora = analyst(), analyst("Nora Named")
    incident = reported(people=(nora,))
    assert browser(ana).post(case_url(incident, "assign"), {"to": nora.pk}).status_code == 422
    assert refusals() == {"II_A_3": 1}
    assert Entry.objects.get(action="incident.assign.refused").facts["clause"] == "II_A_3"
    assert browser(nora).get(case_url(incident)).status_code == 404
    assert refusals() == {"II_A_3": 1}


def test_an_officer_who_finds_a_blurred_picture_harmless_is_refused_by_the_clause_that_says_it_is_not() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to("under_review", ana=ana, paul=paul)
    finding = {"finding": "It was blurred.", "ground": "altered"}
    page = browser(paul).post(case_url(incident, "decide", "not_substantiate"), finding)
    assert page.status_code == 422
    assert refusals() == {"II_A_2": 1}


def test_whoever_answers_what_someone_else_has_by_now_is_refused_by_the_clause_on_questions() -> None:
    scene = cast()
    question = asked(scene.version, scene.erin)
    asking.pass_on(question, actor=scene.samuel)
    address = reverse("policies:answer_question", args=[question.pk])
    assert browser(scene.samuel).post(address, {"body": "Perhaps?"}).status_code == 409
    assert refusals() == {"III_STAY": 1}


def test_looking_at_a_page_whose_buttons_are_closed_refuses_nobody() -> None:
    ana, paul = analyst(), officer()
    assert browser(ana).get(case_url(brought_to("under_review", ana=ana, paul=paul))).status_code == 200
    assert browser(ana).post(case_url(reported(), "assign"), {"to": ana.pk}).status_code == 302
    assert refusals() == {}


# --- What is held under it


def test_reports_count_under_the_clauses_they_are_about() -> None:
    reported(platform="Facebook", information=["health"])
    reported(kind=Kind.NEAR_MISS)
    reported(kind=Kind.DHS_EMAIL, platform="TikTok")
    reported(kind=Kind.ASKED, verb=Verb.REQUIRED, asked_for=[AskedFor.LOGIN, AskedFor.ADD])
    reported(kind=Kind.ASKED, verb=Verb.REQUESTED, asked_for=[AskedFor.PRIVACY, AskedFor.CONTACTS])
    reported(kind=Kind.ASKED, verb=Verb.SUGGESTED, asked_for=[AskedFor.CONTACTS])
    assert held(Clause.II_A) == {"Reports of an exposure": 1, "Reports of a near miss": 1}
    assert held(Clause.II_A_1) == {"Reports that name a site or app": 2}
    assert held(Clause.II_A_2) == {"Reports that say what kind of information": 1}
    assert held(Clause.II_A_3) == {"Reports": 6}
    assert held(Clause.II_B) == {"Reports of being asked for an account": 3}
    assert held(Clause.II_B_1) == {"Asked for a login": 1}
    assert held(Clause.II_B_2) == {"Asked for privacy settings or contacts": 2}
    assert held(Clause.II_B_3) == {"Asked to add someone from DHS": 1}
    assert held(Clause.II_F) == {"Reports of a DHS e-mail address": 1}


def test_published_versions_and_questions_count_and_drafts_do_not() -> None:
    draft("1040", author=approver("Other Writer"))
    assert held(Clause.III_STAY) == {"Published versions of policies": 0, "Questions asked": 0}
    scene = cast()
    asked(scene.version, scene.erin)
    assert held(Clause.III_STAY) == {"Published versions of policies": 1, "Questions asked": 1}


def test_nothing_is_held_under_a_clause_that_is_not_built() -> None:
    reported()
    assert all(not row(clause).records for clause in AWAITED)


def test_counting_stops_at_the_cap_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "CAP", 3)
    for number in range(4):
        reported()
        expected = Figure("Reports", min(number + 1, 3))
        assert row(Clause.II_A_3).records == (expected,)
        assert expected.is_capped == (number >= 2)


def test_records_are_counted_once_a_minute_and_refusals_at_once() -> None:
    first = register.read()
    browser(employee()).post(REPORT, answers(narrative="My password is Hunter2!x"))
    reported(platform="Facebook")
    second = register.read()
    assert second.counted_at == first.counted_at
    assert [row.records for row in second.rows] == [row.records for row in first.rows]
    assert refusals() == {"II_B_1": 1}
