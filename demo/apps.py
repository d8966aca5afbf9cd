from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A living agency to look around in; installed only when DEMO is on."""

    name = "demo"
