from django.apps import AppConfig
from django.utils.module_loading import import_string


class AccessRequestsConfig(AppConfig):
    """Access to social media sites at work, through the chain of command."""

    name = "access_requests"

    def ready(self) -> None:
        """Say what counts under the clause, and ask to hear who leaves, who moves and which investigation closes."""
        import_string("access_requests.clause_figures.register")()
        import_string("access_requests.operations.ending.register")()
