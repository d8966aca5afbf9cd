"""What the queue can be narrowed by."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

from incidents.choices import Severity, Status
from people.layout import Actions, Button, form_helper
from people.models import User


class FilterForm(forms.Form):
    """Everything optional; what does not fit counts as not asked."""

    status = forms.ChoiceField(label="State", choices=[("", "All open"), *Status.choices], required=False)
    severity = forms.ChoiceField(
        label="Severity", choices=[("", "Any"), ("none", "Not decided"), *Severity.choices], required=False
    )
    assignee = forms.ChoiceField(label="Assigned to", required=False)
    due = forms.ChoiceField(
        label="Due", choices=[("", "Any time"), ("overdue", "Overdue"), ("today", "Today")], required=False
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(pk), name) for pk, name in colleagues.order_by("name").values_list("pk", "name")]
        self.fields["assignee"].choices = [("", "Anyone"), ("me", "Me"), ("nobody", "Nobody"), *people]  # type: ignore[attr-defined]
        self.helper = form_helper("status", "severity", "assignee", "due", Actions(Button("Show")), method="get")

    def wanted(self) -> dict[str, str]:
        """The answers that make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def as_query(self) -> str:
        """The filter as it stands in an address, for the links to other pages."""
        return urlencode(self.wanted())

    def counted(self, counts: dict[str, int]) -> list[dict[str, Any]]:
        """Each state with its count and the address that shows it."""
        chosen = self.wanted().get("status", "")
        return [
            {"label": label, "count": counts.get(value, 0), "query": f"status={value}", "current": value == chosen}
            for value, label in Status.choices
        ]
