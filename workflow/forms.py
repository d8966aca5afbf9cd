"""One form for every setting an administrator can change."""

import re
from typing import Any

from django import forms

from people.layout import Actions, Button, form_helper
from workflow.parameters import DECLARED, Parameter


class SettingsForm(forms.Form):
    """A field for each declared setting, with its bounds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, parameter in sorted(DECLARED.items()):
            self.fields[name.replace(".", "-")] = _field(parameter)
        self.helper = form_helper(*self.fields, Actions(Button("Save the settings")))

    def values(self) -> dict[str, Any]:
        """The answers by the settings' own names; only for a valid form."""
        return {name: self.cleaned_data[name.replace(".", "-")] for name in DECLARED}


def _field(parameter: Parameter[Any]) -> forms.Field:
    if isinstance(parameter.default, list):
        text = "\n".join(parameter.value())
        return _Lines(label=parameter.label, initial=text, required=False, widget=forms.Textarea(attrs={"rows": 6}))
    hint = f"From {parameter.least} to {parameter.most}. The default is {parameter.default}."
    return _Number(
        label=parameter.label,
        help_text=hint,
        initial=parameter.value(),
        min_value=parameter.least,
        max_value=parameter.most,
    )


class _Number(forms.IntegerField):
    def to_python(self, value: Any) -> int | None:
        if value and not re.fullmatch(r"[0-9]{1,6}", str(value).strip()):
            raise forms.ValidationError("Enter a whole number in digits, like 12.")
        return super().to_python(value)


class _Lines(forms.CharField):
    def clean(self, value: Any) -> Any:
        words = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(set(words)) != len(words):
            raise forms.ValidationError("The same line stands here twice. Remove one.")
        return words
