"""Requests for access, whose turn they were, and the tokens with which machines read the list of grants."""

from access_requests.models.feed import FeedToken
from access_requests.models.request import AccessRequest
from access_requests.models.turn import Turn

__all__ = ["AccessRequest", "FeedToken", "Turn"]
