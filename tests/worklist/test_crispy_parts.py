"""Crispy's own layout objects and formsets come out in the portal's look, and people chosen keep their names."""

import pytest
from crispy_forms.bootstrap import FormActions, InlineCheckboxes, InlineRadios, PrependedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import (
    HTML,
    ButtonHolder,
    Column,
    Div,
    Fieldset,
    Hidden,
    Layout,
    MultiField,
    Reset,
    Row,
    Submit,
)
from django import forms
from django.template import Context, Template

from people.layout import PeoplePicker, form_helper
from people.models import User
from tests import personas
from tests.worklist.dom import Drawn, attribute, words


def crispy(form: object, source: str = "{% crispy form %}") -> Drawn:
    """The form as the template draws it."""
    page = Template("{% load crispy_forms_tags %}" + source)
    return Drawn(page.render(Context({"form": form, "csrf_token": "token"})))


class Claim(forms.Form):
    """A form with a field of each kind crispy has a layout object for."""

    amount = forms.IntegerField(label="Amount")
    first = forms.CharField(label="First")
    second = forms.CharField(label="Second")
    size = forms.ChoiceField(label="Size", choices=[("s", "Small"), ("l", "Large")], widget=forms.RadioSelect)
    extras = forms.MultipleChoiceField(label="Extras", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)


def claim(*layout: object) -> Drawn:
    """The claim laid out with crispy's own objects."""
    form = Claim()
    form.helper = FormHelper()  # type: ignore[attr-defined]
    form.helper.layout = Layout(*layout)  # type: ignore[attr-defined]
    return crispy(form)


def test_groups_keep_their_legend_and_their_fields() -> None:
    form = claim(Fieldset("Whose", Row(Column("first"), Column("second"))), Div(MultiField("Cost", "amount")))
    assert [words(legend) for legend in form.all("legend")] == ["Whose", "Cost"]
    assert {attribute(box, "name") for box in form.all("input", class_="usa-input")} == {"first", "second", "amount"}


def test_buttons_of_crispy_look_like_buttons_of_the_portal() -> None:
    form = claim(FormActions(Submit("go", "Go"), ButtonHolder(Reset("again", "Start again"), Hidden("seen", "1"))))
    assert {attribute(button, "name") for button in form.all("input", class_="usa-button")} == {"go", "again"}
    assert not form.all("input", class_="btn")
    assert attribute(form.one("input", name="seen"), "type") == "hidden"


def test_a_prefix_stands_before_its_field_and_free_html_where_it_was_put() -> None:
    form = claim(PrependedText("amount", "$"), HTML("<p>Ask if unsure.</p>"))
    assert words(form.one("div", class_="usa-input-prefix")) == "$"
    assert words(form.one("p")) == "Ask if unsure."


def test_choices_in_a_line_are_still_a_group_with_a_legend() -> None:
    form = claim(InlineRadios("size"), InlineCheckboxes("extras"))
    assert [words(legend) for legend in form.all("legend")] == ["Size required", "Extras required"]
    assert len(form.all("div", class_="options--inline")) == 2


def test_a_form_without_a_layout_shows_every_field() -> None:
    for source in ("{% crispy form %}", "{{ form|crispy }}"):
        assert len(crispy(Claim(), source).all("label")) == 6


def test_a_set_of_forms_carries_its_bookkeeping_and_says_what_is_wrong_with_the_whole() -> None:
    claims = forms.formset_factory(Claim, min_num=1, validate_min=True, extra=0)
    sent = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    drawn = crispy(claims(sent))
    assert attribute(drawn.one("input", name="form-TOTAL_FORMS"), "value") == "0"
    assert "Please submit at least 1 form." in words(drawn.one("div", id="error-summary"))


class Involved(forms.Form):
    """Who was involved."""

    people = forms.ModelMultipleChoiceField(User.objects.all(), widget=forms.MultipleHiddenInput, required=False)
    described = forms.CharField(label="Who was involved?", required=False)
    helper = form_helper(PeoplePicker("people", typed="described"))


@pytest.mark.django_db
def test_people_chosen_before_come_back_by_name_and_can_be_unticked_without_a_script() -> None:
    erin = personas.employee("Erin Employee")
    chosen = crispy(Involved({"people": [str(erin.pk)]})).one("input", name="people")
    assert (attribute(chosen, "type"), attribute(chosen, "value")) == ("checkbox", str(erin.pk))
    assert "Erin Employee" in crispy(Involved({"people": [str(erin.pk)]})).words()


@pytest.mark.django_db
def test_an_id_that_is_nobodys_is_refused_at_the_field() -> None:
    form = crispy(Involved({"people": ["no-number"]}))
    assert not form.all("input", name="people")
    assert attribute(form.one("a", href="#id_people"), "class") == "usa-link"
    assert "valid" in words(form.one("div", id="id_people_error"))
