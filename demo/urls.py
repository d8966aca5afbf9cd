"""The addresses of the demonstration; part of the portal only while DEMO is on."""

from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [
    path("", views.people, name="people"),
    path("mail/", views.mail, name="mail"),
    path("sign-in/<slug:slug>/", views.sign_in, name="sign_in"),
]
