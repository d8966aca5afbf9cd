from django.apps import AppConfig
from django.utils.module_loading import import_string


class IncidentsConfig(AppConfig):
    """Reports of incidents and the Privacy Office's work on them."""

    name = "incidents"

    def ready(self) -> None:
        """Say who may open the evidence of a report, and ask to hear who leaves, once every model is known."""
        import_string("incidents.evidence.register")()
        import_string("incidents.operations.reassigning.register")()
