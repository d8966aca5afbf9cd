from django.apps import AppConfig


class AccessRequestsConfig(AppConfig):
    """Access to social media sites at work, through the chain of command."""

    name = "access_requests"
