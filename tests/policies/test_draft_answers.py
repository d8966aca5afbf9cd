"""What is typed on the pages for writers: what cannot be kept is said in words at its field, and nothing is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from policies.models import Document, Remark, Version
from policies.operations import drafting, publishing
from policies.operations.drafting import Text
from tests.personas import employee
from tests.policies.stage import BODY, approver, browser, draft, published, writer
from workflow import clock

pytestmark = pytest.mark.django_db
TEN_MEGABYTES = 10 * 1024 * 1024


def _now(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def _url(name: str, *args: Any) -> str:
    return reverse(f"policies:{name}", args=args)


def _words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def _write(client: Client, version: Version, **changed: Any) -> Any:
    answers = {"title": "Social media", "summary": "New.", "effective_on": "", "body": BODY, "seen": version.revision}
    return client.post(_url("edit", version.pk), {**answers, **changed})


@pytest.mark.parametrize(
    ("page", "answers"),
    [
        ("hand_over", {}),
        ("new", {"number": "1022", "title": "Kept as typed"}),
    ],
)
def test_a_policy_is_given_to_nobody_who_has_left_and_the_page_says_so(page: str, answers: dict[str, str]) -> None:
    version = published()
    gone = employee("Gone Already", is_active=False)
    client = browser(User.objects.get(pk=version.author_id))
    args = ["1021"] if page == "hand_over" else []
    response = client.post(_url(page, *args), {**answers, "owner": gone.pk, "typed": "", "division": ""})
    assert response.status_code == 422
    assert "This person does not work here. Choose someone who does." in _words(response)
    assert answers.get("title", "") in _words(response)
    assert not Document.objects.filter(owner=gone).exists()


@pytest.mark.parametrize(
    "answers",
    [
        {"owner": "x", "division": "y"},
        {"owner": "99999999999999999999", "division": "99999999999999999999"},
        {"owner": "", "typed": "\x00"},
        {"number": "1\x0022"},
        {"number": "1" * 10_000},
        {"title": "x" * 201},
        {"title": "The password is Sommer2024!"},
    ],
)
def test_no_answer_breaks_the_beginning_of_a_policy(answers: dict[str, str]) -> None:
    wanda = writer()
    typed = {"number": "1022", "title": "Visitors", "owner": wanda.pk, "typed": "", "division": "", **answers}
    response = browser(wanda).post(_url("new"), typed)
    assert response.status_code == 422
    assert 'id="error-summary"' in _words(response)
    assert Document.objects.count() == 0


def test_all_that_was_typed_is_still_there_when_a_day_is_impossible() -> None:
    version = draft()
    typed = {"title": "Another title", "summary": "Said with care.", "body": "(A) A long text."}
    page = _words(_write(browser(version.author), version, effective_on="2026-02-30", **typed))
    for words in (*typed.values(), "2026-02-30"):
        assert words in page
    assert 'href="#id_effective_on"' in page


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "\x00"])
def test_a_draft_nobody_has_seen_is_not_written_over(seen: str) -> None:
    version = draft()
    response = _write(browser(version.author), version, body="(A) Mine.", seen=seen)
    assert response.status_code == 422
    assert "(A) Mine." in _words(response)
    assert _now(version).body == BODY


@pytest.mark.parametrize("page", ["edit", "preview"])
def test_ten_megabytes_are_refused_with_words_and_nothing_is_changed(page: str) -> None:
    version = draft()
    client = browser(version.author)
    if page == "edit":
        response = _write(client, version, body="x" * TEN_MEGABYTES)
    else:
        response = client.post(_url("preview"), {"body": "x" * TEN_MEGABYTES})
    assert response.status_code == 400
    assert "nothing was changed" in _words(response)
    assert _now(version).body == BODY


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"title": "Mine is called so"}, ("Title", "Theirs", "Mine")),
        ({"summary": "My summary."}, ("What changed in this version?", "Their", "My")),
        ({"effective_on": "2030-01-02"}, ("Takes effect on", "2030-01-01", "2030-01-02")),
    ],
)
def test_whoever_saves_second_sees_what_differs_beside_the_text(
    changed: dict[str, str], shown: tuple[str, str, str]
) -> None:
    version = draft()
    theirs = Text("Theirs is called so", BODY, "Their summary.", clock.today().replace(year=2030, month=1, day=1))
    drafting.write(version, theirs, actor=approver(), seen=0)
    answers = {"title": theirs.title, "summary": theirs.summary, "effective_on": "2030-01-01", **changed}
    response = _write(browser(version.author), version, **answers)
    (change,) = response.context["changes"]
    assert response.status_code == 422
    said = {run.kind: run.text for run in change.runs}
    assert (change.citation, said["removed"], said["added"]) == shown
    assert "Carla Counsel saved this draft while you wrote." in _words(response)
    assert _now(version).title == "Theirs is called so"


def test_a_preview_asked_for_by_someone_overtaken_says_nothing_yet_and_saves_nothing() -> None:
    version = draft()
    drafting.write(version, Text("Social media", "(A) Theirs.", "New."), actor=approver(), seen=0)
    response = _write(browser(version.author), version, body="(A) Mine.", preview="1")
    assert response.status_code == 200
    assert _now(version).body == "(A) Theirs."


def test_a_page_that_shows_what_is_not_saved_says_so_to_its_script() -> None:
    version = draft()
    client = browser(version.author)
    assert "data-unsaved" not in _words(client.get(_url("edit", version.pk)))
    assert "data-unsaved" in _words(_write(client, version, title=""))
    assert "data-unsaved" in _words(_write(client, version, preview="1"))


@pytest.mark.parametrize("body", ["(A) \x00", "\ufffd", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", ""])
def test_no_text_breaks_the_preview_or_runs_in_it(body: str) -> None:
    response = browser(writer()).post(_url("preview"), {"body": body})
    assert response.status_code == 200
    assert "<img" not in _words(response)
    assert 'href="javascript:' not in _words(response)


@pytest.mark.parametrize("reason", ["", " ", "\x00", "The password is Sommer2024!", "x" * 5001])
def test_what_is_no_reason_to_return_a_draft_is_said_at_the_field(reason: str) -> None:
    version = draft()
    publishing.submit(version, actor=version.author)
    response = browser(approver()).post(_url("give_back", version.pk), {"reason": reason})
    assert response.status_code == 422
    assert 'id="error-summary"' in _words(response)
    assert (_now(version).status, Remark.objects.count()) == (Version.Status.IN_REVIEW, 0)


def test_a_page_beyond_the_last_draft_leads_back() -> None:
    draft()
    page = _words(browser(writer("Olga Writer")).get(f"{_url('drafts')}?after=1-1"))
    assert "No drafts on this page" in page
    assert f'href="{_url("drafts")}">Back to the newest' in page


@pytest.mark.parametrize("query", ["after=%00", "before=x", "after=9-9&before=0-0", f"after={'9' * 17}-{'9' * 18}"])
def test_no_made_up_address_breaks_the_drafts(query: str) -> None:
    version = draft()
    assert browser(version.author).get(f"{_url('drafts')}?{query}").status_code == 200


@pytest.mark.parametrize("path", ["9" * 30, "0", "9" * 18])
def test_no_made_up_draft_is_there(path: str) -> None:
    assert browser(writer()).get(f"/policies/drafts/{path}/").status_code == 404
