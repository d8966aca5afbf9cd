"""One click signs in as anyone of the cast; what was mailed can be read."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from demo import outsiders
from demo.cast import PERSONAS, played_by
from notifications import mailbox

SHOWN = 30


@require_GET
@login_not_required
def people(request: HttpRequest) -> HttpResponse:
    """Who one can be, and the code of a report that anyone may open here."""
    return render(request, "demo/people.html", {"personas": PERSONAS, "code": " ".join(outsiders.code())})


@require_POST
@login_not_required
def sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign in as one of the cast."""
    person = played_by(slug) if settings.DEMO else None
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("worklist:home")


@require_GET
@login_not_required
def mail(request: HttpRequest) -> HttpResponse:
    """The newest messages the portal sent, instead of a mail server."""
    return render(request, "demo/mail.html", {"mails": mailbox.messages(SHOWN), "shown": SHOWN})
