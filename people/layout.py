"""The few layout objects every form is written with, beside field names and crispy's own `Field`, `Row` and `HTML`.

self.helper = form_helper(
    "what_happened",
    Section("How it was found", "found_how", "found_on", hint="Leave out what you do not know."),
    Tiles("kind", hints={"asked": "Someone wanted the login of your personal account."}),
    Reveal("kind=asked|impersonation", "asked_by"),
    PeoplePicker("people", typed="people_described"),
    Upload("evidence", upload_url=add, remove_url=remove, files=files),
    Actions(Button("Send the report"), Button("Save for later", name="later", kind="secondary"), Link("Cancel", home)),
    autosave_url=autosave,
)
"""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.core.exceptions import ValidationError
from django.forms import BaseForm, ModelMultipleChoiceField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class _Group(LayoutObject):  # type: ignore[misc]
    """Something drawn around fields: its template reads it as `group` and the drawn fields as `fields`."""

    template = ""

    def __init__(self, *fields: Any) -> None:
        self.fields = list(fields)

    def render(self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """The group with its fields in it."""
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"group": self, "fields": fields, **self.facts(form)})

    def facts(self, form: BaseForm) -> dict[str, Any]:  # noqa: ARG002 only some groups look at the form
        """What the template reads besides."""
        return {}


class Section(_Group):
    """A titled part of a form: a fieldset with a legend and, where it helps, one sentence beneath it."""

    template = "uswds/layout/section.html"

    def __init__(self, legend: str, *fields: Any, hint: str = "", css_id: str = "") -> None:
        super().__init__(*fields)
        self.legend = legend
        self.hint = hint
        self.css_id = css_id


class Reveal(_Group):
    """Fields shown only while `when` holds, as in "kind=asked|other"; what was typed in them is kept either way."""

    template = "uswds/layout/reveal.html"

    def __init__(self, when: str, *fields: Any) -> None:
        super().__init__(*fields)
        self.when = when

    def facts(self, form: BaseForm) -> dict[str, Any]:
        """Whether the fields wait, so that they do not flash up before the browser has looked."""
        name, _, values = self.when.partition("=")
        return {"waiting": _values(form, name).isdisjoint(values.split("|"))}


class Actions(_Group):
    """The buttons that end a form, the primary one first."""

    template = "uswds/layout/actions.html"


class Button:
    """A submit button; `kind` is primary, secondary, quiet or danger, `attrs` go on it as they are (formaction=...)."""

    template = "uswds/layout/button.html"

    def __init__(self, label: str, *, name: str = "", value: str = "1", kind: str = "primary", **attrs: str) -> None:
        self.label = label
        self.name = name
        self.value = value
        self.kind = kind
        self.attrs = attrs

    def render(self, *_args: Any, **_kwargs: Any) -> SafeString:
        """The button alone."""
        return render_to_string(self.template, {"button": self})


class Link:
    """A way out of a form that sends nothing."""

    template = "uswds/layout/link.html"

    def __init__(self, label: str, url: str) -> None:
        self.label = label
        self.url = url

    def render(self, *_args: Any, **_kwargs: Any) -> SafeString:
        """The link alone."""
        return render_to_string(self.template, {"link": self})


class _Single(LayoutObject):  # type: ignore[misc]
    """One field drawn by a template of its own, which reads this object as `layout`."""

    template = ""

    def __init__(self, field: str) -> None:
        self.fields = [field]

    def render(self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **_kw: Any) -> SafeString:
        """The field in its dress."""
        drawn: SafeString = render_field(
            self.fields[0],
            form,
            context,
            template=self.template,
            template_pack=template_pack,
            extra_context={"layout": self, **self.facts(form)},
        )
        return drawn

    def facts(self, form: BaseForm) -> dict[str, Any]:  # noqa: ARG002 only some fields look at the form
        """What the template reads besides."""
        return {}


class Tiles(_Single):
    """Radio buttons or checkboxes as roomy tiles, each with a sentence of its own where `hints` has one."""

    template = "uswds/field.html"

    def __init__(self, field: str, *, hints: Mapping[str, str] | None = None) -> None:
        super().__init__(field)
        self.hints = hints or {}

    def facts(self, form: BaseForm) -> dict[str, Any]:  # noqa: ARG002 the same for every form
        """Tells the template to draw tiles, and the sentence of each value."""
        return {"tiles": True, "option_hints": self.hints}


class Upload(_Single):
    """A file field with drag-and-drop, each file sent as it is chosen; `files` are those already kept."""

    template = "uswds/layout/upload.html"

    def __init__(self, field: str, *, upload_url: str, remove_url: str, files: Iterable[Any] = ()) -> None:
        super().__init__(field)
        self.upload_url = upload_url
        self.remove_url = remove_url
        self.files = files


class PeoplePicker(_Single):
    """People found in the directory: `field` takes their ids, `typed` the words for someone not found in it.

    `field` is a ModelMultipleChoiceField (a ModelChoiceField where most=1) with a hidden widget; `typed` a CharField
    whose label and hint are the ones shown. Without JavaScript only `typed` is filled in.
    """

    template = "uswds/layout/people_picker.html"

    def __init__(self, field: str, *, typed: str, most: int = 20) -> None:
        super().__init__(typed)
        self.chosen_field = field
        self.most = most

    def facts(self, form: BaseForm) -> dict[str, Any]:
        """Who is chosen already; the ids are drawn here, so not again among the hidden fields."""
        vars(form)["rendered_fields"].add(self.chosen_field)
        return {"people": form[self.chosen_field], "chosen": _people(form, self.chosen_field)}


def form_helper(
    *layout: Any, action: str = "", method: str = "post", autosave_url: str = "", css_id: str = ""
) -> FormHelper:
    """The helper of one form; `autosave_url` saves it as the person types, a GET form marks nothing as required."""
    helper = FormHelper()
    helper.layout = Layout(*layout)
    helper.form_method = method
    helper.form_action = action
    helper.form_id = css_id
    helper.render_hidden_fields = True
    if autosave_url:
        helper.attrs = {"data-autosave-url": autosave_url}
    return helper


def _values(form: BaseForm, name: str) -> set[str]:
    """The values of a field as the browser would send them; a ticked box is "on"."""
    value = form[name].value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {"on" if each is True else str(each) for each in values if each not in (None, False, "")}


def _people(form: BaseForm, name: str) -> list[Any]:
    """The people behind the ids in a field; nobody where the ids are not all good."""
    field = form.fields[name]
    try:
        found = field.clean(form[name].value())
    except ValidationError:
        return []
    return list(found) if isinstance(field, ModelMultipleChoiceField) else [found] if found else []
