"""A file becomes a draft: on the page and on the command line, with its original sealed, or is refused with words."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from attachments import listing
from attachments.models import Attachment
from people.models import Role
from policies.models import Document, Version
from policies.operations import drafting
from policies.originals import RECORD
from tests.incidents.stage import browser
from tests.personas import employee, unit
from tests.policies.stage import published, writer

pytestmark = pytest.mark.django_db
WORDS = b"# Policy 4050: Visitors\n\n## I. Purpose\n\n(A) Visitors sign in at the desk.\n\n(1) With their name.\n"


def _file(content: bytes = WORDS, name: str = "visitors.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _send(client: Client, **answers: Any) -> Any:
    return client.post(reverse("policies:import"), answers)


def test_a_writer_imports_a_file_and_finds_its_text_in_a_draft() -> None:
    wanda = writer()
    response = _send(browser(wanda), file=_file(), number="4050", title="Visitors", owner=wanda.pk)
    version = Version.objects.get()
    assert response["Location"] == reverse("policies:draft", args=[version.pk])
    assert (version.document.number, version.title, version.status) == ("4050", "Visitors", Version.Status.DRAFT)
    assert "(A) Visitors sign in at the desk." in version.body
    assert version.document.owner == wanda


def test_the_original_is_kept_sealed_and_opened_only_by_those_who_write_review_or_examine() -> None:
    wanda = writer()
    _send(browser(wanda), file=_file(), number="4050", title="Visitors", owner=wanda.pk)
    (original,) = listing.of(RECORD, str(Version.objects.get().pk))
    url = reverse("attachments:file", args=[original.pk])
    answer: Any = browser(employee(roles=(Role.AUDITOR,))).get(url)
    assert b"".join(answer.streaming_content) == WORDS
    assert browser(employee()).get(url).status_code == 404


def test_the_number_and_title_are_taken_from_the_file() -> None:
    wanda = writer()
    _send(browser(wanda), file=_file(), owner=wanda.pk)
    version = Version.objects.get()
    assert (version.document.number, version.title) == ("4050", "Visitors")


def test_a_file_for_a_policy_that_is_here_becomes_its_next_version() -> None:
    last = published("4050")
    wanda = writer()
    _send(browser(wanda), file=_file())
    version = Version.objects.exclude(pk=last.pk).get()
    assert version.document == last.document
    assert version.document.owner == last.document.owner


def test_a_policy_with_a_draft_takes_no_second_one_and_says_so_at_the_number() -> None:
    last = published("4050")
    drafting.begin_version(last.document, actor=last.author)
    response = _send(browser(writer()), file=_file())
    assert response.status_code == 422
    assert "This policy has a draft already." in response.content.decode()
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"file": ""}, "Choose a file."),
        ({"file": _file(b"(A) Words.", "plain.md"), "title": "T"}, "No policy number was found in this file."),
        ({"file": _file(b"(A) Words.", "plain.md"), "number": "1"}, "No title was found in this file."),
        ({"file": _file(name="a.md"), "owner": ""}, "This is a new policy. Choose who owns it."),
        ({"file": _file(name="a.md"), "owner": "", "typed": "Nobody Known"}, "Nobody in the directory fits this."),
        ({"file": _file(name="a.md"), "number": "no digit"}, "Use capital letters, digits, points and hyphens"),
        ({"file": _file(b"MZ\x00\x01", "a.exe")}, "This kind of file cannot be added."),
        ({"file": _file(b"not a pdf", "a.pdf")}, "This file is not what its name says."),
        ({"file": _file(b"%PDF-1.7 broken", "a.pdf")}, "damaged"),
        ({"file": _file(b"PK\x03\x04 broken", "a.docx")}, "damaged"),
        ({"file": _file(b"# Password: Sommer2024!\n\n(A) x", "a.md"), "number": "9"}, "In the title: Do not enter a"),
        ({"file": _file(b"# 9 T\n\n(A) The password is Sommer2024!", "a.md"), "number": "9"}, "In (A): Do not enter a"),
    ],
)
def test_what_makes_no_policy_is_refused_with_words_and_leaves_nothing(answers: dict[str, Any], sentence: str) -> None:
    wanda = writer()
    for upload in (each for each in answers.values() if isinstance(each, SimpleUploadedFile)):
        upload.seek(0)
    response = _send(browser(wanda), **{"owner": wanda.pk, "typed": "", **answers})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert (Document.objects.count(), Version.objects.count(), Attachment.objects.count()) == (0, 0, 0)


def test_an_employee_imports_nothing() -> None:
    response = _send(browser(employee()), file=_file(), number="4050")
    assert response.status_code == 403
    assert Document.objects.count() == 0


def _command(*arguments: str) -> str:
    said = StringIO()
    call_command("import_policy", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def test_the_command_line_imports_too(tmp_path: Path) -> None:
    wanda = writer()
    office = unit("PRIV")
    file = tmp_path / "visitors.md"
    file.write_bytes(WORDS)
    said = _command(str(file), "--by", wanda.email, "--unit", "PRIV")
    version = Version.objects.get()
    assert "draft of policy 4050, “Visitors”" in said
    assert (version.author, version.document.owner, version.document.division) == (wanda, wanda, office)


def test_of_several_files_the_good_ones_are_imported_and_the_others_named(tmp_path: Path) -> None:
    wanda = writer()
    good, bad = tmp_path / "good.md", tmp_path / "bad.pdf"
    good.write_bytes(WORDS)
    bad.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(CommandError, match="Not imported: 1 of 2"):
        _command(str(bad), str(good), "--by", wanda.email)
    assert Document.objects.get().number == "4050"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--by", "nobody@dhs.example"], "Nobody with the address nobody@dhs.example works here."),
        (["--unit", "NONE"], "There is no unit with the code NONE."),
        (["--number", "x"], "Use capital letters, digits, points and hyphens"),
    ],
)
def test_the_command_line_says_what_is_wrong(arguments: list[str], sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "visitors.md"
    file.write_bytes(WORDS)
    by = [] if "--by" in arguments else ["--by", writer().email]
    with pytest.raises(CommandError, match=sentence):
        _command(str(file), *by, *arguments)
    assert Document.objects.count() == 0


def test_the_command_line_imports_for_nobody_who_may_not_write(tmp_path: Path) -> None:
    file = tmp_path / "visitors.md"
    file.write_bytes(WORDS)
    with pytest.raises(CommandError, match="Not imported: 1 of 1"):
        _command(str(file), "--by", employee().email)
    assert Document.objects.count() == 0
