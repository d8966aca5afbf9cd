"""The addresses of files."""

from django.urls import path

from attachments import views

app_name = "attachments"
urlpatterns = [
    path("<uuid:attachment_id>/", views.file, name="file"),
    path("<uuid:attachment_id>/copy/", views.copy, name="copy"),
    path("<uuid:attachment_id>/preview/", views.preview, name="preview"),
]
