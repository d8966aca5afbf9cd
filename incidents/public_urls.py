"""The addresses anyone may use without signing in."""

from django.urls import path

from incidents.views import public, public_return

app_name = "report"

urlpatterns = [
    path("", public.start, name="start"),
    path("saved/", public.saved, name="saved"),
    path("lost/", public.lost, name="lost"),
    path("return/", public_return.come_back, name="come_back"),
    path("return/write/", public_return.write, name="write"),
    path("return/close/", public_return.close, name="close"),
]
