"""The request of someone who is signed in."""

from django.http import HttpRequest

from people.models import User


class Signed(HttpRequest):
    """A request behind LoginRequiredMiddleware: `user` is a person of the directory."""

    user: User
