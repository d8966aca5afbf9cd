from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules, import_string


class PoliciesConfig(AppConfig):
    """The policy library, the clauses, and the screens that every text passes."""

    name = "policies"

    def ready(self) -> None:
        """Fill the clause register with every app's rules, and tell the floors below what they must ask or say here."""
        autodiscover_modules("rules")
        import_string("policies.checks.begin")()
        import_string("policies.library_figures.register")()
        import_string("attachments.screening.register")(import_string("policies.screening.may_name_a_file"))
        import_string("policies.originals.register")()
        import_string("workflow.refusals.register")(import_string("policies.tally.count"))
        import_string("policies.operations.answering_in_time.register")()
