"""The addresses of my account and of people; included at the root."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/stand-in/", views.stand_in, name="stand_in"),
    path("account/stand-in/<int:pk>/end/", views.end_delegation, name="end_delegation"),
    path("people/", views.people, name="people"),
    path("people/find/", views.find, name="find"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/grant/", views.grant, name="grant"),
    path("people/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("people/grants/<int:pk>/revoke/", views.revoke, name="revoke"),
]
