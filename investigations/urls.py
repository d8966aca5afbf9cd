"""The addresses of investigations."""

from django.urls import path

from investigations import views

app_name = "investigations"
urlpatterns = [
    path("", views.investigations, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/members/add/", views.add_member, name="add_member"),
    path("<int:pk>/members/<int:member>/remove/", views.remove_member, name="remove_member"),
]
