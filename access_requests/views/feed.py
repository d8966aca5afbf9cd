"""The list of grants in force for a proxy or firewall, which shows a token and signs in as nobody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from access_requests import grants_files
from access_requests.models import FeedToken
from access_requests.operations import feeding
from people import pace

READINGS, SECONDS = 30, 600
LONGEST_TOKEN = 200


@login_not_required
@never_cache
@require_GET
def grants(request: HttpRequest) -> HttpResponseBase:
    """Every grant in force as JSON, for whoever shows a token that was not revoked; so many times in ten minutes."""
    token = _token(request)
    if token is None:
        refused = {"error": "Send a valid token as “Authorization: Bearer …”. IT Security makes one in the portal."}
        return JsonResponse(refused, status=401, headers={"WWW-Authenticate": 'Bearer realm="grants"'})
    if not pace.within("feed", token.pk, limit=READINGS, seconds=SECONDS):
        words = {"error": f"Read at most {READINGS} times in {SECONDS // 60} minutes. Try again later."}
        return JsonResponse(words, status=429, headers={"Retry-After": str(SECONDS)})
    feeding.note_reading(token)
    return StreamingHttpResponse(grants_files.as_document(), content_type="application/json")


def _token(request: HttpRequest) -> FeedToken | None:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    value = value.strip()
    if scheme.lower() != "bearer" or not value.isascii() or not 0 < len(value) <= LONGEST_TOKEN:
        return None
    return feeding.token_of(value)
