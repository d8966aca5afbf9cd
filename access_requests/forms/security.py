"""What IT Security types about machines that read the list of grants."""

from django import forms
from django.http import QueryDict

from people.layout import Actions, Button, form_helper
from policies.fields import ScreenedCharField


class TokenForm(forms.Form):
    """The name of a machine."""

    name = ScreenedCharField(
        label="Which machine is it?",
        help_text="For example: proxy at Donaghey Plaza.",
        max_length=100,
        error_messages={"required": "Name the machine."},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = form_helper("name", Actions(Button("Make a token")))
