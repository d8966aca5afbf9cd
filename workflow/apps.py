from django.apps import AppConfig
from django.utils.module_loading import import_string


class WorkflowConfig(AppConfig):
    """Decisions, states, the clock and the calendar every feature shares."""

    name = "workflow"

    def ready(self) -> None:
        """Lend the notices the calendar, which the floor below cannot reach for."""
        import_string("notifications.working_days.register")(import_string("workflow.calendar.is_open"))
