"""Importing a policy from a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attachments.rejection import Rejected
from people.requests import Signed
from policies import rules
from policies.forms.importing import ImportForm
from policies.models import Version
from policies.operations.importing import Given, Missing, import_file
from workflow.decisions import Refused, require
from workflow.refusals import say_at

DONE = "The file was read into a draft. Compare the text below with the file before you send it for review."


@require_http_methods(["GET", "POST"])
def import_policy(request: Signed) -> HttpResponse:
    """Make a draft of a file's text."""
    require(rules.may_start(request.user), action="policy.import")
    initial = {"owner": request.user.pk, "division": request.user.unit_id}
    back = reverse("policies:drafts")
    form = ImportForm(request.POST or None, request.FILES or None, initial=initial, back=back)
    version = _imported(request, form) if form.is_bound and form.is_valid() else None
    if version is not None:
        messages.success(request, DONE)
        return redirect("policies:draft", version.pk)
    return render(request, "policies/import.html", {"form": form}, status=422 if form.is_bound else 200)


def _imported(request: Signed, form: ImportForm) -> Version | None:
    """The draft; None, and the reason at its field, where the file or what was said of it does not make one."""
    answers = form.cleaned_data
    given = Given(*(answers[name] for name in ("number", "title", "owner", "division")))
    try:
        return import_file(answers["file"], given, actor=request.user)
    except Rejected as rejected:
        form.add_error("file", rejected.sentence)
    except Missing as missing:
        form.add_error(missing.field, missing.sentence)
    except Refused as refusal:
        say_at("number", form, refusal.denied)
    return None
