"""The addresses of access requests."""

from django.urls import path

from access_requests.views import asking, deciding, feed, figures, lists, security

app_name = "access_requests"

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("new/", asking.new, name="new"),
    path("awaiting/", deciding.awaiting, name="awaiting"),
    path("awaiting/together/", deciding.together, name="together"),
    path("review/", deciding.review, name="review"),
    path("register/", lists.register, name="register"),
    path("security/", security.queue, name="security"),
    path("security/in-force.csv", security.in_force_csv, name="in_force_csv"),
    path("security/in-force.json", security.in_force_json, name="in_force_json"),
    path("security/machines/", security.machines, name="machines"),
    path("security/machines/<int:pk>/revoke/", security.revoke_token, name="revoke_token"),
    path("figures/", figures.page, name="figures"),
    path("figures.csv", figures.as_csv, name="figures_csv"),
    path("feed/", feed.grants, name="feed"),
    path("<int:pk>/", asking.one, name="request"),
    path("<int:pk>/write/", asking.write, name="write"),
    path("<int:pk>/withdraw/", asking.withdraw, name="withdraw"),
    path("<int:pk>/copy/", asking.copy, name="copy"),
    path("<int:pk>/finish/", asking.finish, name="finish"),
    path("<int:pk>/decide/", deciding.decide, name="decide"),
    path("<int:pk>/revoke/", deciding.revoke, name="revoke"),
    path("<int:pk>/grant/", security.grant, name="grant"),
    path("<int:pk>/remove/", security.remove, name="remove"),
]
