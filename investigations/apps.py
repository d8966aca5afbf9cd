from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    """Formal investigations, as far as several features share them."""

    name = "investigations"
