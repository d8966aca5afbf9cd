"""The address of the settings."""

from django.urls import path

from workflow import views

app_name = "workflow"

urlpatterns = [path("", views.settings_page, name="settings")]
