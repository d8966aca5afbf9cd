"""The sign-in pages there are; allauth's others (sign-up, several addresses, login by code) do not exist here."""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from people.sign_in_views import PasswordReset

# Someone who has no password yet gets one by mail, which proves who they are.
first_password = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", first_password, name="account_set_password"),
    path("password/reset/", PasswordReset.as_view(), name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[^/]{1,200})/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
