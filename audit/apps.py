from django.apps import AppConfig
from django.utils.module_loading import import_string


class AuditConfig(AppConfig):
    """The trail; hears of changes to people from the floor below."""

    name = "audit"

    def ready(self) -> None:
        """Begin listening, once every model is known."""
        import_string("audit.listening.begin")()
