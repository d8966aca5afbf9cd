"""The addresses of the notices."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("undelivered/retry/", views.retry_all, name="retry_all"),
    path("undelivered/<uuid:notice_id>/retry/", views.retry, name="retry"),
    path("<uuid:notice_id>/", views.open_notice, name="open"),
    path("<uuid:notice_id>/read/", views.read, name="read"),
]
