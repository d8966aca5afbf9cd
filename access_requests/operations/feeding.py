"""Tokens with which a proxy or firewall reads the list of grants in force."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from access_requests import rules
from access_requests.models import FeedToken
from audit import trail
from people.models import User
from workflow import clock
from workflow.decisions import require


@transaction.atomic
def make_token(name: str, *, actor: User) -> tuple[FeedToken, str]:
    """A new token and its value, which is shown once and never stored."""
    require(rules.may_manage_feed(actor), action="feedtoken.make")
    value = secrets.token_urlsafe(32)
    token = FeedToken.objects.create(name=name, digest=digest(value), created_by=actor, created_at=clock.now())
    trail.write("feedtoken.made", actor=actor, record=token, name=name)
    return token, value


@transaction.atomic
def revoke_token(token: FeedToken, *, actor: User) -> FeedToken:
    """Have a token open nothing from now on."""
    token = FeedToken.objects.select_for_update().get(pk=token.pk)
    require(rules.may_revoke_token(actor, token), action="feedtoken.revoke", record=token)
    token.revoked_by, token.revoked_at = actor, clock.now()
    token.save(update_fields=["revoked_by", "revoked_at"])
    trail.write("feedtoken.revoked", actor=actor, record=token)
    return token


@transaction.atomic
def begin_export(*, actor: User, form: str) -> None:
    """Write down who takes the list of grants out of the portal, and in which form."""
    trail.write("grants.exported", actor=actor, record=None, form=form)


def token_of(value: str) -> FeedToken | None:
    """The token with this value, unless it was revoked."""
    return FeedToken.objects.filter(digest=digest(value), revoked_at=None).first()


def note_reading(token: FeedToken) -> None:
    """Remember that a machine has just read the list, to the minute."""
    now = clock.now()
    a_minute_ago = Q(last_read_at=None) | Q(last_read_at__lt=now - timedelta(minutes=1))
    FeedToken.objects.filter(a_minute_ago, pk=token.pk).update(last_read_at=now)


def digest(value: str) -> str:
    """What is stored of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(value.encode()).hexdigest()
