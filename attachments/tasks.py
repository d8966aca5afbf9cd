"""What is done about files from time to time."""

import logging
from datetime import timedelta

from celery import shared_task
from django.core.files.storage import default_storage
from django.utils import timezone

from attachments import strays

# Longer than any request may take: a file whose row is still on its way is left alone.
GRACE = timedelta(hours=1)
logger = logging.getLogger(__name__)


@shared_task
def sweep_orphans() -> int:
    """Delete sealed files that belong to no row, or to a removed one; returns how many."""
    deleted = 0
    for name in strays.lying_about(timezone.now() - GRACE):
        default_storage.delete(name)
        deleted += 1
    if deleted:
        logger.info("Deleted %d sealed files without a row.", deleted)
    return deleted
