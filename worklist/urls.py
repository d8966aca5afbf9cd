"""The addresses of the home page, of a supervisor's people, and of the health checks."""

from django.urls import path

from worklist import health, views

app_name = "worklist"

urlpatterns = [
    path("", views.home, name="home"),
    path("team/", views.team, name="team"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
