"""A form that shows every kind of question the form pack can draw."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Row
from django import forms

from people.layout import Actions, Button, Link, Reveal, Section, Tiles, Upload, form_helper

NAMED = [("named", "Yes, use my name"), ("confidential", "No, keep it confidential")]
PLACES = [("facebook", "Facebook"), ("other", "Somewhere else")]


class Sample(forms.Form):
    """Three questions that need an answer and a few that do not."""

    what = forms.CharField(label="What happened?", help_text="A few words.", max_length=200, widget=forms.Textarea)
    day = forms.DateField(label="When did you discover it?")
    name = forms.ChoiceField(label="May we use your name?", choices=NAMED, widget=forms.RadioSelect)
    place = forms.MultipleChoiceField(
        label="Where was it?", choices=PLACES, widget=forms.CheckboxSelectMultiple, required=False
    )
    address = forms.CharField(label="Address of the post", required=False)
    live = forms.BooleanField(label="It is still online", required=False)
    seen = forms.TypedChoiceField(label="Who can see it?", choices=[("", "Choose one"), ("all", "All")], required=False)
    evidence = forms.FileField(label="Evidence", required=False)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def helper(self) -> FormHelper:
        """How the questions are laid out."""
        return form_helper(
            "what",
            Row("day", "seen"),
            Tiles("name", hints={"confidential": "Nobody sees your name."}),
            Section("More", "place", Reveal("place=other", "address"), "live", hint="Leave out what you do not know."),
            Upload("evidence", upload_url="/upload/", remove_url="/remove/"),
            Actions(Button("Send"), Button("Later", name="later", kind="secondary"), Link("Cancel", "/home/")),
            autosave_url="/autosave/",
        )


class Filter(forms.Form):
    """A search form."""

    text = forms.CharField(label="Words", required=True)

    @property
    def helper(self) -> FormHelper:
        """One field and a button, asked for by GET."""
        return form_helper("text", Actions(Button("Show")), method="get")


def answers(**changed: Any) -> dict[str, Any]:
    """Good answers to the sample, some of them changed."""
    return {"what": "A photograph was posted.", "day": "2026-11-20", "name": "named", **changed}
