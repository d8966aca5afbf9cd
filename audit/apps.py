"""The audit floor hears of changes to people, which the floor beneath it cannot write down itself."""

from typing import Any

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the trail with the floors below."""

    name = "audit"
