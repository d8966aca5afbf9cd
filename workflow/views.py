"""The page on which administrators change settings."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.models import User
from workflow.forms import SettingsForm
from workflow.operations import Overtaken, change_settings, may_change_settings


@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Every setting with its bounds; for anyone but an administrator the page does not exist."""
    if not isinstance(request.user, User) or not may_change_settings(request.user):
        raise Http404
    form = SettingsForm(request.POST or None)
    if form.is_bound and form.is_valid() and _saved(request, form, request.user):
        return redirect("workflow:settings")
    return render(request, "workflow/settings.html", {"form": form}, status=422 if form.is_bound else 200)


def _saved(request: HttpRequest, form: SettingsForm, actor: User) -> bool:
    try:
        changed = change_settings(form.values(), seen=form.cleaned_data["shown"], actor=actor)
    except Overtaken as overtaken:
        form.show_overtaken(overtaken.names)
        return False
    messages.success(request, "The settings were saved." if changed else "Nothing was changed.")
    return True
