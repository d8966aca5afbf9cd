"""Files that belong to records: looked at, sealed, shown to whom the record allows."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Knows no record type by itself: each registers with `access` when its own app is ready."""

    name = "attachments"
