from django.apps import AppConfig
from django.utils.module_loading import import_string


class PoliciesConfig(AppConfig):
    """The policy library, the clauses, and the screens that every text passes."""

    name = "policies"

    def ready(self) -> None:
        """Have names of files screened like any words and refused requests counted, and ask to hear who leaves."""
        import_string("attachments.screening.register")(import_string("policies.screening.may_be_stored"))
        import_string("policies.originals.register")()
        import_string("workflow.refusals.register")(import_string("policies.tally.count"))
        import_string("policies.operations.answering_in_time.register")()
