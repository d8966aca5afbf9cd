"""How the form pack in templates/uswds/ draws a Django field as USWDS wants it."""

from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.widgets import DateTimeBaseInput
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString

register = template.Library()

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.Select, "usa-select"),
    (forms.Textarea, "usa-textarea"),
    (forms.FileInput, "file-input"),
)
_NATIVE: tuple[tuple[type[DateTimeBaseInput], str, str], ...] = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)
_CRISPY_BUTTON_CLASSES = {"btn", "btn-primary", "btn-inverse", "hidden"}


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: what is wrong and, where it can be reached, the field."""

    href: str
    label: str
    words: str


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """The input itself, with its USWDS class and tied to its hint, error and character count."""
    widget = field.field.widget
    _use_native_picker(widget)
    if isinstance(widget, forms.DateInput) and field.errors and _is_no_day(field.value()):
        # A browser's date field shows nothing of what is no day, and complains of it.
        widget.input_type = "text"
    names = [widget.attrs.get("class", ""), _class_of(widget), attrs.pop("extra_class", "")]
    if field.errors:
        names.append("usa-input--error")
    attrs["class"] = " ".join(filter(None, names))
    described = [field.aria_describedby, f"{field.auto_id}_count" if counts_characters(field) else ""]
    attrs["aria-describedby"] = " ".join(filter(None, described))
    return field.as_widget(attrs={key.replace("_", "-"): value for key, value in attrs.items() if value})


@register.simple_tag
def option_groups(field: BoundField) -> list[Any]:
    """The options of a radio or checkbox group, as (group label, options, index)."""
    widget: Any = field.field.widget
    attrs = field.build_widget_attrs({"id": field.auto_id})
    # The group carries it; a single radio button cannot be invalid.
    attrs.pop("aria-invalid", None)
    groups: list[Any] = widget.optgroups(field.html_name, widget.format_value(field.value()), attrs)
    return groups


@register.filter
def hint_of(hints: Any, option: dict[str, Any]) -> str:
    """The sentence that goes with one option, or nothing."""
    return str(hints.get(str(option["value"]), "")) if hints else ""


@register.filter
def counts_characters(field: BoundField) -> bool:
    """Whether the field tells how many characters are left."""
    return isinstance(field.field.widget, forms.Textarea) and bool(getattr(field.field, "max_length", None))


@register.simple_tag
def problems(form: forms.BaseForm) -> list[Problem]:
    """Everything wrong with a form, the form's own errors first, then in the order of its fields."""
    own = [Problem("", "", str(words)) for words in form.non_field_errors()]
    return own + [
        Problem(_href(form[name]), str(form[name].label or ""), str(words))
        for name in form.fields
        if name in form.errors
        for words in form.errors[name]
    ]


@register.filter
def own_classes(names: str) -> str:
    """The classes a form's author gave a crispy button, without those meant for another look."""
    return " ".join(name for name in names.split() if name not in _CRISPY_BUTTON_CLASSES)


def _class_of(widget: forms.Widget) -> str:
    return next((name for kind, name in _CLASSES if isinstance(widget, kind)), "usa-input")


def _use_native_picker(widget: forms.Widget) -> None:
    """Dates and times use the browser's own control, which reads and writes ISO only."""
    for kind, input_type, pattern in _NATIVE:
        if isinstance(widget, kind):
            widget.input_type = input_type
            widget.format = pattern


def _is_no_day(value: Any) -> bool:
    """Whether this was typed and is no day of the calendar."""
    try:
        return isinstance(value, str) and parse_date(value) is None
    except ValueError:
        return True


def _href(field: BoundField) -> str:
    """Where the summary's link lands: the first option of a group, nowhere for a field nobody sees."""
    if isinstance(field.field, forms.ModelChoiceField) and field.is_hidden:
        return f"#{field.auto_id}"
    if field.is_hidden:
        return ""
    return f"#{field.auto_id}_0" if field.use_fieldset else f"#{field.id_for_label or field.auto_id}"
