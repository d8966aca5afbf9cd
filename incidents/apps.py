from django.apps import AppConfig
from django.utils.module_loading import import_string


class IncidentsConfig(AppConfig):
    """Reports of incidents and the Privacy Office's work on them."""

    name = "incidents"

    def ready(self) -> None:
        """Say who opens a report's evidence and what counts under a clause, and ask to hear who leaves."""
        import_string("incidents.evidence.register")()
        import_string("incidents.figures.register")()
        import_string("incidents.operations.reassigning.register")()
