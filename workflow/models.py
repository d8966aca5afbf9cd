"""What every feature's records share: a state, and settings an administrator can change without a release."""

from collections.abc import Callable

from django.db import models
from django.db.models.functions import Now

from people.models import User


class Stateful(models.Model):
    """A record that moves from state to state; the feature's own model brings the choices."""

    status = models.CharField(max_length=20)

    get_status_display: Callable[[], str]

    class Meta:
        abstract = True


class Setting(models.Model):
    """One changed setting; those never changed have no row and keep their default."""

    name = models.CharField(max_length=80, primary_key=True)
    value = models.JSONField()
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name
