"""Which other report one is merged into."""

import re
from typing import Any

from django import forms

from people.layout import Actions, Button, Link, form_helper

_NUMBER = re.compile(r"(?:INC-?)?([1-9][0-9]{0,17})", re.IGNORECASE | re.ASCII)
UNKNOWN = "There is no such report in your queue."


class OtherReportForm(forms.Form):
    """The number of the other report, typed as people quote it."""

    into = forms.CharField(
        label="Number of the other report",
        help_text="For example INC-1042. You see both before anything is merged.",
        max_length=40,
        error_messages={"required": "Enter the number of the other report."},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("into", Actions(Button("Compare"), Link("Back to the case", back)), method="get")

    def clean_into(self) -> int:
        """The number alone."""
        found = _NUMBER.fullmatch("".join(self.cleaned_data["into"].split()))
        if found is None:
            raise forms.ValidationError("Enter a number such as INC-1042.")
        return int(found[1])


class ConfirmForm(forms.Form):
    """The same number, sent once both reports were looked at."""

    into = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, button: str, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("into", Actions(Button(button), Link("Back to the case", back)))
