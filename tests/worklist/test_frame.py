"""The frame of every page, and the pages that stand in when something is refused or fails."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.worklist.dom import Drawn, attribute, words
from tests.worklist.sample import Sample
from worklist.navigation import Place

PAGES = ["400", "403", "403_csrf", "404", "429", "500", "errors/409", "errors/503", "errors/offline"]


def page(**context: Any) -> Drawn:
    """base.html with these variables and nothing else."""
    return Drawn(render_to_string("base.html", context))


def signed_in(**more: Any) -> dict[str, Any]:
    """What the frame gets for someone signed in."""
    entries = (Place("Home", "/", current=True), Place("Notices", "/notices/", current=False))
    user = SimpleNamespace(is_authenticated=True, name="Erin Employee")
    return {"user": user, "navigation": entries, "inbox": SimpleNamespace(unread=3, badge="3"), **more}


def test_an_anonymous_visitor_gets_the_frame_without_a_menu() -> None:
    frame = page()
    assert words(frame.one("a", class_="usa-skipnav")) == "Skip to main content"
    assert not frame.all("nav")
    assert len(frame.all("main", id="main-content")) == 1


def test_an_employee_sees_where_she_is_and_what_is_unread() -> None:
    frame = page(**signed_in())
    assert words(frame.one("a", aria_current="page")) == "Home"
    assert "Notices 3 unread" in words(frame.one("nav", aria_label="Primary"))


def test_signing_out_is_a_post_with_a_token() -> None:
    frame = page(**signed_in(csrf_token="token"))
    way_out = next(button for button in frame.all("button") if words(button) == "Sign out")
    form = frame.one("form", id=str(attribute(way_out, "form")))
    assert attribute(form, "method") == "post"
    assert attribute(way_out, "formaction") == reverse("account_logout")
    assert attribute(frame.one("input", name="csrfmiddlewaretoken"), "value") == "token"


def test_the_demonstration_says_that_nothing_is_real() -> None:
    assert attribute(page(demo=True).one("a", href="/demo/"), "href") == "/demo/"
    assert "nothing here is real" in page(demo=True).words()
    assert "nothing here is real" not in page(demo=False).words()


def test_a_page_with_something_wrong_says_so_in_its_title() -> None:
    assert words(page(form=Sample({})).one("title")).startswith("Error: ")
    assert not words(page(form=Sample()).one("title")).startswith("Error: ")


def test_no_page_carries_a_style_or_a_script_of_its_own() -> None:
    for html in (page(**signed_in(demo=True)), page(form=Sample({}))):
        everything = str(html.root)
        assert " style=" not in everything
        assert " onclick=" not in everything
        assert all(attribute(script, "src") for script in html.all("script"))


@pytest.mark.parametrize("name", PAGES)
def test_every_refusal_and_failure_is_a_page_with_a_way_onward(name: str) -> None:
    shown = Drawn(render_to_string(f"{name}.html"))
    assert len([heading for heading in shown.all("h1") if words(heading)]) == 1
    assert [link for link in shown.all("a") if "usa-button" in (attribute(link, "class") or "")]


def test_a_visitor_who_asks_for_another_host_gets_a_page_and_no_failure() -> None:
    answer = Client().get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "nothing was changed" in Drawn(answer.content.decode()).words()


def test_a_refusal_says_its_reason_and_what_instead() -> None:
    context = {"reason": "You are named in this report.", "way_on_url": "/mine/", "way_on_label": "My reports"}
    refused = Drawn(render_to_string("errors/403.html", context))
    assert "You are named in this report." in refused.words()
    assert words(refused.one("a", href="/mine/")) == "My reports"
