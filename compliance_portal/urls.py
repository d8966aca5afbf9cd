"""Every address of the portal, composed from the apps' own tables."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("worklist.urls")),
    path("", include("people.urls")),
    path("accounts/", include("people.sign_in_urls")),
    path("attachments/", include("attachments.urls")),
    path("access-requests/", include("access_requests.urls")),
    path("incidents/", include("incidents.urls")),
    path("investigations/", include("investigations.urls")),
    path("notices/", include("notifications.urls")),
    path("policies/", include("policies.urls")),
    path("report/", include("incidents.public_urls")),
    path("settings/", include("workflow.urls")),
    *([path("demo/", include("demo.urls"))] if settings.DEMO else []),
]
