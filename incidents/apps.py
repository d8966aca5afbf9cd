from django.apps import AppConfig
from django.utils.module_loading import import_string


class IncidentsConfig(AppConfig):
    """Reports of incidents and the Privacy Office's work on them."""

    name = "incidents"

    def ready(self) -> None:
        """Say who may open the evidence of a report, once every model is known."""
        import_string("incidents.evidence.register")()
