"""One form for every setting an administrator can change."""

import re
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from people.layout import Actions, Button, Section, form_helper
from workflow.parameters import DECLARED, MOST_LINES, Parameter, typed_lines, values_in_force

OVERTAKEN = "Someone changed this to “{now}” a moment ago. Save again if it should be as you typed it."


class SettingsForm(forms.Form):
    """A field for each declared setting, with its bounds, and hidden among them what this person saw."""

    shown = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.now = values_in_force()
        for name, parameter in DECLARED.items():
            self.fields[_key(name)] = _field(parameter, self.now[name])
        self.initial["shown"] = signing.dumps(self.now)
        self.helper = form_helper(*_sections(), Actions(Button("Save the settings")))

    def clean_shown(self) -> dict[str, Any]:
        """What each setting was when this person opened the page; as it is now where that is not said."""
        try:
            return {**self.now, **signing.loads(self.cleaned_data["shown"] or "")}
        except signing.BadSignature:
            return self.now

    def values(self) -> dict[str, Any]:
        """The answers by the settings' own names; only for a valid form."""
        return {name: self.cleaned_data[_key(name)] for name in DECLARED}

    def show_overtaken(self, names: list[str]) -> None:
        """Say at each of these that someone else was first; keep what was typed, and see all the rest as it is now."""
        shown, answers, self.now = self.cleaned_data["shown"], self.values(), values_in_force()
        data = QueryDict(mutable=True)
        data["shown"] = signing.dumps(self.now)
        for name, answer in answers.items():
            data[_key(name)] = _as_typed(self.now[name] if answer == shown[name] else answer)
        self.data = data
        for name in names:
            self.add_error(_key(name), OVERTAKEN.format(now=_as_read(self.now[name])))


def _key(name: str) -> str:
    return name.replace(".", "-")


def _sections() -> list[Section]:
    """The fields under the name of their group, numbers before lists."""
    groups: dict[str, list[Parameter[Any]]] = {}
    for parameter in sorted(DECLARED.values(), key=lambda each: isinstance(each.default, list)):
        groups.setdefault(parameter.group, []).append(parameter)
    return [Section(group, *(_key(each.name) for each in inside)) for group, inside in groups.items()]


def _as_typed(value: int | list[str]) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)


def _as_read(value: int | list[str]) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _field(parameter: Parameter[Any], now: Any) -> forms.Field:
    if isinstance(parameter.default, list):
        return _Lines(parameter, initial=_as_typed(now))
    return _Number(
        label=parameter.label,
        help_text=f"From {parameter.least} to {parameter.most}. The default is {parameter.default}.",
        initial=now,
        min_value=parameter.least,
        max_value=parameter.most,
    )


class _Number(forms.IntegerField):
    def to_python(self, value: Any) -> int | None:
        if value and not re.fullmatch(r"[0-9]{1,6}", str(value).strip()):
            raise forms.ValidationError("Enter a whole number in digits, like 12.")
        return super().to_python(value)


class _Lines(forms.CharField):
    def __init__(self, parameter: Parameter[list[str]], *, initial: str) -> None:
        size = f"One to a line: at most {MOST_LINES} lines of {parameter.longest} characters."
        hint = f"{parameter.hint} {size}".strip()
        widget = forms.Textarea(attrs={"rows": 6})
        super().__init__(label=parameter.label, help_text=hint, initial=initial, required=False, widget=widget)
        # Django's own sentence about NUL helps nobody; the check for hidden characters has a better one.
        self.validators = []
        self.parameter = parameter

    def clean(self, value: Any) -> Any:
        return typed_lines(self.parameter, str(super().clean(value)))
