"""People signed in without a password typed: a session row each, as the sign-in page would leave it."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from people.middleware import SEEN_AT, SIGNED_IN_AT
from people.models import User

BARE_BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User, *, backend: str = "") -> str:
    """The cookie of somebody who was seen this moment, so that no page has to note it while it is measured."""
    now = timezone.now().isoformat()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = backend or settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SIGNED_IN_AT] = session[SEEN_AT] = now
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
