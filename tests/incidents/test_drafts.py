"""A report open in two tabs, sent too early, deleted too soon: nothing typed or added is lost, nothing comes twice."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from attachments import intake, listing
from attachments.models import Attachment
from incidents.models import Draft, Incident
from incidents.operations import reporting
from people.models import User
from tests.attachments.files import picture
from tests.incidents.stage import NARRATIVE, answers, browser
from tests.personas import employee

pytestmark = pytest.mark.django_db

OTHER_WORDS = "A different text, typed in the second tab."


def opened(client: Client) -> dict[str, Any]:
    """What a page knows once it is open: which draft it shows, and in which state."""
    form = client.get(reverse("incidents:report")).context["form"]
    return {"draft": form["draft"].value(), "saved_at": form.helper.attrs["data-saved-at"]}


def saves(client: Client, tab: dict[str, Any], **typed: Any) -> Any:
    """A page saves itself; it remembers the state it is told."""
    response: Any = client.post(reverse("incidents:report_save"), {**answers(), **tab, **typed})
    if response.status_code == 200:
        tab["saved_at"] = response.json()["saved_at"]
    return response


def sends(client: Client, tab: dict[str, Any], **typed: Any) -> Any:
    return client.post(reverse("incidents:report"), {**answers(), **tab, **typed})


def adds(client: Client, tab: dict[str, Any], name: str = "shot.png") -> Any:
    file = SimpleUploadedFile(name, picture(), "image/png")
    return client.post(reverse("incidents:report_upload"), {"file": file, "draft": tab["draft"]})


def evidence(incident: Incident) -> list[str]:
    return [file.name for file in listing.of(reporting.INCIDENT_RECORD, str(incident.pk))]


@pytest.fixture
def erin() -> User:
    return employee()


@pytest.fixture
def client(erin: User) -> Client:
    return browser(erin)


# --- Two tabs, one unfinished report ---------------------------------------------------------------------------------


def test_a_tab_left_behind_does_not_blank_what_was_typed_in_the_other(client: Client) -> None:
    first, second = opened(client), opened(client)
    saves(client, first, narrative="Typed in the first tab.")
    refused = saves(client, second, narrative="")
    assert refused.status_code == 409
    assert refused.json()["error"].startswith("This report is open in another tab or on another device")
    assert Draft.objects.get().answers["narrative"] == "Typed in the first tab."


def test_a_tab_goes_on_saving_by_itself(client: Client) -> None:
    tab = opened(client)
    for words in ("A pic", "A picture", "A picture of our desk"):
        assert saves(client, tab, narrative=words).status_code == 200
    assert Draft.objects.get().answers["narrative"] == "A picture of our desk"


def test_a_reloaded_tab_may_save_again(client: Client) -> None:
    first, second = opened(client), opened(client)
    saves(client, first, narrative="Typed in the first tab.")
    assert saves(client, second, narrative=OTHER_WORDS).status_code == 409
    assert saves(client, opened(client), narrative=OTHER_WORDS).status_code == 200


def test_a_save_whose_answer_got_lost_is_not_taken_for_another_tab(client: Client) -> None:
    tab = opened(client)
    before = dict(tab)
    saves(client, tab, narrative="Two\r\nlines, typed on a train")
    unheard = urlencode({**answers(), **before, "narrative": "Two\r\nlines, typed on a train"})
    assert saves(client, before, narrative="Two\r\nlines, typed on a train, and more").status_code == 409
    assert saves(client, before, narrative="Two\r\nlines, typed on a train, and more", unanswered=unheard).json()
    assert Draft.objects.get().answers["narrative"].endswith("and more")


def test_the_same_words_saved_twice_are_no_conflict(client: Client) -> None:
    tab = opened(client)
    before = dict(tab)
    saves(client, tab, narrative="Once and again.")
    assert saves(client, before, narrative="Once and again.").status_code == 200


def test_sending_wins_over_whatever_another_tab_saved(client: Client) -> None:
    first, second = opened(client), opened(client)
    saves(client, first, narrative="Typed in the first tab.")
    assert sends(client, second, narrative=OTHER_WORDS).status_code == 302
    assert Incident.objects.get().narrative == OTHER_WORDS


# --- After it was sent -----------------------------------------------------------------------------------------------


def test_other_words_sent_from_a_second_tab_are_shown_again_and_not_lost(client: Client) -> None:
    tab = opened(client)
    sends(client, tab)
    page = sends(client, tab, narrative=OTHER_WORDS, containment="Asked for it to be taken down.")
    incident, shown = Incident.objects.get(), page.content.decode()
    assert page.status_code == 409
    assert f"You already sent this report as {incident.reference}. To add to it" in shown
    assert reverse("incidents:my_report", args=[incident.reference]) + "#thread" in shown
    assert OTHER_WORDS in shown
    assert "Asked for it to be taken down." in shown
    assert incident.narrative == NARRATIVE
    assert not Draft.objects.filter(filed_at=None).exists()


def test_other_words_sent_at_the_very_same_time_are_not_lost_either(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = opened(client)

    def a_moment_later(_draft: Draft) -> bool:
        monkeypatch.undo()
        sends(client, tab)
        return False

    monkeypatch.setattr("incidents.limits.too_many_reports", a_moment_later)
    page = sends(client, tab, narrative=OTHER_WORDS)
    assert page.status_code == 409
    assert OTHER_WORDS in page.content.decode()
    assert [incident.narrative for incident in Incident.objects.all()] == [NARRATIVE]


@pytest.mark.parametrize(
    "act",
    [
        lambda client, tab: saves(client, tab, narrative=OTHER_WORDS),
        adds,
        lambda client, tab: client.post(
            reverse("incidents:report_remove"),
            {"draft": tab["draft"], "id": str(uuid.uuid4())},
            headers={"X-Requested-With": "fetch"},
        ),
    ],
    ids=["save", "upload", "remove"],
)
def test_a_page_left_open_makes_no_second_report(
    client: Client, act: Callable[[Client, dict[str, Any]], HttpResponse]
) -> None:
    tab = opened(client)
    sends(client, tab)
    refused = act(client, tab)
    assert refused.status_code == 409
    assert f"sent this report as {Incident.objects.get().reference}" in json.loads(refused.content)["error"]
    assert not Draft.objects.filter(filed_at=None).exists()
    assert not Attachment.objects.exists()


def test_deleting_in_a_page_left_open_spares_the_next_report(client: Client) -> None:
    tab = opened(client)
    sends(client, tab)
    saves(client, opened(client), narrative="The next report.")
    refused = client.post(reverse("incidents:report_discard"), {**answers(), **tab})
    assert refused.status_code == 409
    assert "You already sent this report" in refused.content.decode()
    assert Draft.objects.get(filed_at=None).answers["narrative"] == "The next report."


def test_removing_a_file_without_scripts_in_a_page_left_open_keeps_what_was_typed(client: Client) -> None:
    tab = opened(client)
    sends(client, tab)
    page = client.post(reverse("incidents:report_remove"), {**answers(), **tab, "narrative": OTHER_WORDS, "id": "1"})
    assert page.status_code == 409
    assert OTHER_WORDS in page.content.decode()
    assert not Draft.objects.filter(filed_at=None).exists()


def test_the_draft_of_another_is_out_of_reach(client: Client) -> None:
    stranger = browser(employee("Mallory"))
    tab = opened(client)
    saves(client, tab)
    saves(stranger, {"draft": tab["draft"]}, narrative="Forged.")
    adds(stranger, tab)
    stranger.post(reverse("incidents:report_discard"), tab)
    assert Draft.objects.get(pk=tab["draft"]).answers["narrative"] == NARRATIVE
    assert not listing.of(reporting.DRAFT_RECORD, str(tab["draft"])).exists()


# --- Evidence on its way ---------------------------------------------------------------------------------------------


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Something happens while a file is being looked into."""

    def hold(happens: Callable[[], object]) -> None:
        receive = intake.receive

        def slowly(*args: Any, **kwargs: Any) -> Attachment:
            monkeypatch.setattr("attachments.intake.receive", receive)
            happens()
            return receive(*args, **kwargs)

        monkeypatch.setattr("attachments.intake.receive", slowly)

    return hold


def test_a_file_still_on_its_way_follows_the_report_that_was_sent(
    client: Client, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    tab = opened(client)
    meanwhile(lambda: sends(client, tab))
    assert adds(client, tab).status_code == 201
    assert evidence(Incident.objects.get()) == ["shot.png"]


def test_a_file_still_on_its_way_to_a_deleted_report_is_not_kept_and_that_is_said(
    client: Client, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    tab = opened(client)
    meanwhile(lambda: client.post(reverse("incidents:report_discard"), tab))
    refused = adds(client, tab)
    assert refused.status_code == 422
    assert refused.json()["error"] == "This report was deleted in another tab, so the file was not kept."
    assert Attachment.objects.get().removed_at is not None


def test_files_chosen_without_scripts_are_kept_when_another_is_removed(client: Client) -> None:
    tab = opened(client)
    old = adds(client, tab, "old.png").json()["id"]
    new = SimpleUploadedFile("new.png", picture(), "image/png")
    client.post(reverse("incidents:report_remove"), {**answers(), **tab, "id": old, "evidence": [new]})
    assert [file.name for file in listing.of(reporting.DRAFT_RECORD, str(tab["draft"]))] == ["new.png"]


# --- Saved means saved -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["report", "report_remove"])
def test_what_was_stopped_is_never_said_to_be_saved(client: Client, address: str) -> None:
    tab = opened(client)
    typed = {"narrative": "The password is Summer2024!", "discovered_on": "", "later": "1", "id": str(uuid.uuid4())}
    page = client.post(reverse(f"incidents:{address}"), {**answers(), **tab, **typed})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"narrative"}
    assert "Summer2024!" in page.content.decode()
    assert "Saved. You can finish" not in client.get("/").content.decode()


def test_a_file_that_was_refused_is_never_said_to_be_saved(client: Client) -> None:
    wrong = SimpleUploadedFile("shot.png", b"no picture at all", "image/png")
    page = client.post(reverse("incidents:report"), {**answers(), **opened(client), "later": "1", "evidence": [wrong]})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"evidence"}
