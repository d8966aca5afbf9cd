from django.apps import AppConfig
from django.utils.module_loading import import_string


class PoliciesConfig(AppConfig):
    """The policy library, the clauses, and the screens that every text passes."""

    name = "policies"

    def ready(self) -> None:
        """Have the names of uploaded files screened like any other words, and every refused request counted."""
        import_string("attachments.screening.register")(import_string("policies.screening.may_be_stored"))
        import_string("policies.originals.register")()
        import_string("workflow.refusals.register")(import_string("policies.tally.count"))
