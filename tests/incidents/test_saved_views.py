"""Filters kept under a name: one's own, screened like all that is kept, and few enough to read."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from incidents.models import SavedView
from people.models import User
from tests.incidents.stage import analyst, browser, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db
QUEUE, SAVE = reverse("incidents:queue"), reverse("incidents:save_view")
HIGH = "?severity=high"


def saved(by: User, name: str, query: str = HIGH) -> Any:
    """What comes of saving this filter under this name."""
    return browser(by).post(f"{SAVE}{query}", {"name": name}, follow=True)


def error(page: Any) -> str:
    """The sentence at the field."""
    assert page.status_code == 422
    return str(page.context["naming"].errors["name"][0])


def test_a_saved_view_stands_in_the_list_and_is_marked_while_it_is_shown() -> None:
    ana = analyst()
    page = saved(ana, "High ones")
    assert page.redirect_chain == [(f"{QUEUE}{HIGH}", 302)]
    assert f'<a href="{QUEUE}{HIGH}" aria-current="true">High ones</a>' in page.content.decode()
    assert f'<a href="{QUEUE}{HIGH}">High ones</a>' in browser(ana).get(QUEUE).content.decode()


def test_the_same_filter_written_otherwise_is_the_same_view() -> None:
    ana = analyst()
    saved(ana, "High ones", "?sort=&severity=high&kind=exposure&q=")
    page = browser(ana).get(QUEUE, {"kind": "exposure", "severity": "high", "due": "zzz"})
    assert page.context["current"].name == "High ones"


def test_nobody_sees_or_deletes_anothers_view() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    saved(ana, "High ones")
    delete = reverse("incidents:delete_view", args=[SavedView.objects.get().pk])
    assert "High ones" not in browser(bea).get(QUEUE).content.decode()
    assert browser(bea).post(delete).status_code == 404
    assert SavedView.objects.exists()
    assert browser(ana).post(delete).status_code == 302
    assert not SavedView.objects.exists()
    assert browser(ana).post(delete).status_code == 404


def test_a_name_is_used_once_by_each_person() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    saved(ana, "High ones")
    assert "You have a view of this name." in error(saved(ana, "high ONES", "?severity=low"))
    assert saved(bea, "High ones").redirect_chain


def test_twenty_views_are_enough() -> None:
    ana = analyst()
    SavedView.objects.bulk_create(SavedView(owner=ana, name=f"View {n}", query="q=x") for n in range(19))
    assert saved(ana, "The last").redirect_chain
    assert "You have 20 saved views. Delete one first." in error(saved(ana, "One more"))


@pytest.mark.parametrize(
    ("name", "query", "sentence"),
    [
        ("", HIGH, "Give the filter a name."),
        ("   ", HIGH, "Give the filter a name."),
        ("x" * 61, HIGH, "Write at most 60 characters"),
        ("a\u202eb", HIGH, "reading order"),
        ("password: Hunter2!x", HIGH, ""),
        ("Mine", "", "Choose a filter first."),
        ("Mine", "?q=password:+Hunter2!x", "The words you search for cannot be kept."),
        ("Mine", "?q=" + "%C3%A9" * 200, "This filter is too long to keep."),
    ],
)
def test_what_cannot_be_kept_is_refused_at_the_field(name: str, query: str, sentence: str) -> None:
    reported()
    assert sentence in error(saved(analyst(), name, query))
    assert not SavedView.objects.exists()


def test_the_pages_own_forms_are_taken_where_forged_ones_are_refused() -> None:
    ana, incident = analyst(), reported()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    page = strict.get(f"{QUEUE}?kind=exposure").content.decode()
    forms = re.findall(r'<form [^>]*method="post"[^>]*action="(/incidents/[^"]*)"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert len(forms) == 2
    for action, inside in forms:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', inside)
        assert token
        sent = {"name": "Mine", "incident": incident.pk, "to": ana.pk}
        assert strict.post(action, sent).status_code == 403
        assert strict.post(action, {**sent, "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_only_staff_keep_views() -> None:
    assert saved(employee(), "High ones").status_code == 404
    assert not SavedView.objects.exists()
