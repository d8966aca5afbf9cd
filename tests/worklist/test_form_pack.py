"""How the form pack asks, and how it says what is wrong, to eyes, to ears and without a script."""

from datetime import date

from django import forms
from django.template import Context, Template

from people.layout import PeoplePicker, form_helper
from tests.worklist.dom import Drawn, attribute, words
from tests.worklist.sample import Filter, Sample, answers


def crispy(form: forms.Form) -> Drawn:
    """The form as {% crispy %} draws it."""
    page = Template("{% load crispy_forms_tags %}{% crispy form %}")
    return Drawn(page.render(Context({"form": form, "csrf_token": "token"})))


# --- A form nobody has filled in yet ---------------------------------------------------------------------------------


def test_a_question_is_tied_to_its_label_its_hint_and_its_count() -> None:
    form = crispy(Sample())
    asked = form.one("textarea", name="what")
    assert words(form.one("label", **{"for": "id_what"})).startswith("What happened?")
    assert attribute(asked, "aria-describedby") == "id_what_helptext id_what_count"
    assert words(form.one("div", id="id_what_helptext")) == "A few words."
    assert "200 characters" in words(form.one("span", id="id_what_count"))


def test_what_needs_an_answer_says_so_in_words() -> None:
    form = crispy(Sample())
    assert words(form.one("label", **{"for": "id_day"})) == "When did you discover it? required"
    assert words(form.one("label", **{"for": "id_address"})) == "Address of the post (optional)"
    legends = [words(legend) for legend in form.all("legend")]
    assert "May we use your name? required" in legends
    assert "Where was it? (optional)" in legends


def test_a_search_form_neither_marks_what_is_needed_nor_carries_a_token() -> None:
    form = crispy(Filter())
    assert words(form.one("label", **{"for": "id_text"})) == "Words"
    assert attribute(form.one("form"), "method") == "get"
    assert not form.all("input", name="csrfmiddlewaretoken")


def test_a_form_that_changes_something_carries_its_token_and_leaves_checking_to_the_server() -> None:
    form = crispy(Sample())
    assert attribute(form.one("input", name="csrfmiddlewaretoken"), "value") == "token"
    assert attribute(form.one("form"), "novalidate") == ""
    assert attribute(form.one("form"), "enctype") == "multipart/form-data"
    assert attribute(form.one("form"), "data-autosave-url") == "/autosave/"


def test_a_hidden_field_is_drawn_without_being_laid_out() -> None:
    assert attribute(crispy(Sample()).one("input", name="draft"), "type") == "hidden"


def test_choices_are_a_fieldset_with_a_legend_and_each_option_has_its_label() -> None:
    form = crispy(Sample())
    for option in form.all("input", name="name") + form.all("input", name="place"):
        assert words(form.one("label", **{"for": attribute(option, "id") or ""}))
    assert len(form.all("fieldset", id="div_id_name")) == 1
    assert "usa-radio__input--tile" in (attribute(form.one("input", value="named"), "class") or "")


def test_an_options_own_sentence_is_read_with_it() -> None:
    form = crispy(Sample())
    option = form.one("input", value="confidential")
    assert words(form.one("span", id=attribute(option, "aria-describedby") or "")) == "Nobody sees your name."
    assert attribute(form.one("input", value="named"), "aria-describedby") is None


def test_a_date_is_asked_with_the_browsers_own_control_and_comes_back_as_it_was() -> None:
    day = crispy(Sample(initial={"day": date(2026, 11, 20)})).one("input", name="day")
    assert (attribute(day, "type"), attribute(day, "value")) == ("date", "2026-11-20")


def test_a_section_has_its_legend_and_hint() -> None:
    form = crispy(Sample())
    assert "More" in [words(legend) for legend in form.all("legend")]
    assert "Leave out what you do not know." in form.words()


def test_a_part_waits_until_its_answer_is_given() -> None:
    untouched = crispy(Sample()).one("div", data_reveal_when="place=other")
    asked_for = crispy(Sample(answers(place=["other"]))).one("div", data_reveal_when="place=other")
    assert "reveal--waiting" in (attribute(untouched, "class") or "")
    assert "reveal--waiting" not in (attribute(asked_for, "class") or "")


def test_the_buttons_come_in_the_order_given_and_the_way_out_sends_nothing() -> None:
    form = crispy(Sample())
    assert [words(button) for button in form.all("button")] == ["Send", "Later"]
    assert attribute(form.one("button", name="later"), "value") == "1"
    assert attribute(form.one("a", href="/home/"), "class") is not None


def test_files_can_be_sent_without_a_script() -> None:
    control = crispy(Sample()).one("input", name="evidence")
    assert attribute(control, "type") == "file"
    assert attribute(control, "multiple") == ""
    assert attribute(control, "data-upload-url") == "/upload/"


# --- A form that came back with something wrong ----------------------------------------------------------------------


def test_what_is_wrong_is_listed_on_top_with_links_to_the_questions() -> None:
    form = crispy(Sample({}))
    summary = form.one("div", id="error-summary")
    assert attribute(summary, "tabindex") == "-1"
    links = [(attribute(link, "href"), words(link)) for link in form.all("a", class_="usa-link") if "#" in str(link)]
    assert links[0] == ("#id_what", "What happened? This field is required.")
    assert [href for href, _ in links] == ["#id_what", "#id_day", "#id_name_0"]
    for href, _ in links:
        assert any(form.all(kind, id=(href or "")[1:]) for kind in ("input", "textarea"))


def test_what_is_wrong_is_said_at_the_question_too() -> None:
    form = crispy(Sample({}))
    asked = form.one("textarea", name="what")
    assert attribute(asked, "aria-invalid") == "true"
    assert "id_what_error" in (attribute(asked, "aria-describedby") or "").split()
    assert "This field is required." in words(form.one("div", id="id_what_error"))
    assert attribute(form.one("fieldset", id="div_id_name"), "aria-describedby") == "id_name_error"


def test_a_radio_button_is_never_invalid_by_itself() -> None:
    assert {attribute(each, "aria-invalid") for each in crispy(Sample({})).all("input", name="name")} == {None}


def test_what_was_typed_is_still_there() -> None:
    form = crispy(Sample(answers(day="", place=["facebook"], live="on")))
    assert words(form.one("textarea", name="what")) == "A photograph was posted."
    assert attribute(form.one("input", value="facebook"), "checked") == ""
    assert attribute(form.one("input", name="live"), "checked") == ""


def test_what_is_wrong_with_the_whole_form_comes_first_and_links_nowhere() -> None:
    form = Sample(answers(what=""))
    form.add_error(None, "Someone else has just sent this.")
    items = [words(item) for item in crispy(form).all("li") if "usa-link" not in str(item) or "What" in words(item)]
    assert items[0] == "Someone else has just sent this."


def test_typed_markup_stays_text() -> None:
    form = crispy(Sample(answers(what="<script>alert(1)</script>", day="")))
    assert not form.all("script")


# --- People ----------------------------------------------------------------------------------------------------------


class Involved(forms.Form):
    """Who was involved: ids from the directory, or words."""

    people = forms.CharField(widget=forms.HiddenInput, required=False)
    described = forms.CharField(label="Who was involved?", help_text="Type a name.", required=False)
    helper = form_helper(PeoplePicker("people", typed="described"))


def test_people_are_asked_for_with_a_plain_field_that_a_script_may_better() -> None:
    form = crispy(Involved())
    assert words(form.one("label", **{"for": "id_described"})) == "Who was involved? (optional)"
    picker = form.one("div", data_people_name="people")
    assert attribute(picker, "data-people-url") == "/people/find/"
    assert not form.all("input", name="people")
