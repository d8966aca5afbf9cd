"""Signing in, out, and setting a password by mail."""

import re
import smtplib
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from pytest_django import Settings

from people.models import User
from people.sign_in_views import NO_MAIL
from tests.personas import PASSWORD, employee

pytestmark = pytest.mark.django_db
LOGIN, RESET, CHANGE = "/accounts/login/", "/accounts/password/reset/", "/accounts/password/change/"
NEW = "seven purple lanterns at dawn"


@pytest.fixture
def erin() -> User:
    """An employee."""
    return employee()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> bool:
    """Fill in the form; whether it let the person in."""
    client.post(LOGIN, {"login": email, "password": password})
    return "_auth_user_id" in client.session


def link_in_the_mail() -> str:
    """The path of the link that was mailed last."""
    found = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def set_password(client: Client, link: str, password: str = NEW) -> int:
    """Follow the link and choose a password; the status of the answer."""
    form = client.get(link, follow=True)
    assert form.status_code == 200
    page = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(page, {"password1": password, "password2": password}).status_code


def test_an_employee_signs_in_with_their_address_in_any_capitals(client: Client, erin: User) -> None:
    answer = client.post(f"{LOGIN}?next=/account/", {"login": f" {erin.email.upper()} ", "password": PASSWORD})
    assert answer.headers["Location"] == "/account/"
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "next_url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_off_the_site(client: Client, erin: User, next_url: str) -> None:
    answer = client.post(LOGIN, {"login": erin.email, "password": PASSWORD, "next": next_url})
    assert "evil" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("erin@dhs.example", "wrong"),
        ("nobody@dhs.example", PASSWORD),
        ("", ""),
        ("erin@dhs.example\x00", PASSWORD),
        ("erin@dhs.example", "\x00"),
        ("e" * 5000, "p" * 100_000),
    ],
)
def test_a_wrong_address_and_a_wrong_password_read_the_same(client: Client, email: str, password: str) -> None:
    employee(email="erin@dhs.example")
    answer = client.post(LOGIN, {"login": email, "password": password})
    assert answer.status_code == 200
    assert not sign_in(client, email, password)
    if email and "\x00" not in email + password and len(email) < 100:
        assert "do not go together" in answer.content.decode()


def test_someone_deactivated_cannot_sign_in_and_reads_why(client: Client, erin: User) -> None:
    User.objects.filter(pk=erin.pk).update(is_active=False)
    answer = client.post(LOGIN, {"login": erin.email, "password": PASSWORD}, follow=True)
    assert "Your account is deactivated" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_someone_deactivated_is_turned_away_with_the_next_click(client: Client, erin: User) -> None:
    assert sign_in(client, erin.email)
    assert client.get("/account/").status_code == 200
    User.objects.filter(pk=erin.pk).update(is_active=False)
    assert client.get("/account/").headers["Location"] == f"{LOGIN}?next=/account/"


def test_six_wrong_passwords_are_too_many_until_the_password_is_reset(client: Client, erin: User) -> None:
    for _ in range(5):
        assert not sign_in(client, erin.email, "wrong")
    refused = client.post(LOGIN, {"login": erin.email, "password": PASSWORD})
    assert "Too many attempts" in refused.content.decode()
    client.post(RESET, {"email": erin.email})
    assert set_password(client, link_in_the_mail()) == 302
    assert sign_in(client, erin.email, NEW)


def test_others_sign_in_while_one_has_tried_too_often(client: Client, erin: User) -> None:
    for _ in range(6):
        sign_in(client, erin.email, "wrong")
    assert sign_in(client, employee("Sam Supervisor").email)


def test_signing_out_takes_a_post(client: Client, erin: User) -> None:
    sign_in(client, erin.email)
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/").headers["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_a_newcomer_without_password_gets_one_by_mail(client: Client) -> None:
    nora = employee("Nora Newcomer")
    nora.set_unusable_password()
    nora.save()
    assert client.post(RESET, {"email": nora.email.upper()}).headers["Location"] == f"{RESET}done/"
    [message] = mail.outbox
    assert message.to == [nora.email]
    assert message.subject == "Set your password"
    link = link_in_the_mail()
    assert set_password(client, link) == 302
    assert sign_in(client, nora.email, NEW)
    client.logout()
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_the_mailed_link_goes_to_this_site_whatever_the_request_claims(
    client: Client, erin: User, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://portal.dhs.example"
    client.post(RESET, {"email": erin.email}, headers={"Host": "evil.example"})
    assert "https://portal.dhs.example/accounts/password/reset/key/" in str(mail.outbox[0].body)
    assert "evil" not in str(mail.outbox[0].body)


def test_a_link_made_up_or_cut_short_is_refused(client: Client, erin: User) -> None:
    for key in ("1-abc", "zzzzzzzzzzzzz-abc-def", f"{erin.pk}-set-password"):
        assert "This link no longer works" in client.get(f"{RESET}key/{key}/").content.decode()


def test_a_changed_address_ends_a_link_mailed_to_the_old_one(client: Client, erin: User) -> None:
    client.post(RESET, {"email": erin.email})
    User.objects.filter(pk=erin.pk).update(email="renamed@dhs.example")
    assert "This link no longer works" in client.get(link_in_the_mail(), follow=True).content.decode()


def test_a_former_address_neither_signs_in_nor_gets_mail(client: Client, erin: User) -> None:
    former = erin.email
    client.post(RESET, {"email": former})
    assert sign_in(client, former)
    client.logout()
    User.objects.filter(pk=erin.pk).update(email="renamed@dhs.example")
    mail.outbox.clear()
    assert not sign_in(client, former)
    client.post(RESET, {"email": former})
    assert mail.outbox == []
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("email", ["nobody@dhs.example", "lee@dhs.example"])
def test_an_address_nobody_uses_reads_the_same_and_gets_no_mail(client: Client, email: str) -> None:
    employee("Lee Leaver", email="lee@dhs.example", is_active=False)
    assert client.post(RESET, {"email": email}).headers["Location"] == f"{RESET}done/"
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["erin@dhs.example", "nobody@dhs.example"])
def test_without_a_mail_server_everyone_reads_so(
    client: Client, email: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: object, **_kwargs: object) -> None:
        raise ConnectionRefusedError

    employee(email="erin@dhs.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr(smtplib, "SMTP", refuses)
    answer = client.post(RESET, {"email": email})
    assert answer.status_code == 503
    assert NO_MAIL in answer.content.decode()


@pytest.mark.parametrize("weak", ["short", "password12345678"[:14], "111111111111111", "erin.employee.dhs"])
def test_a_weak_password_is_refused(client: Client, weak: str) -> None:
    employee(email="erin.employee.dhs@dhs.example")
    client.post(RESET, {"email": "erin.employee.dhs@dhs.example"})
    assert set_password(client, link_in_the_mail(), weak) == 200


def test_a_changed_password_signs_out_everywhere_else_at_once(client: Client, erin: User) -> None:
    elsewhere = Client()
    sign_in(client, erin.email)
    sign_in(elsewhere, erin.email)
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(CHANGE, change).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").headers["Location"].startswith(LOGIN)


def test_a_password_changes_only_with_the_current_one(client: Client, erin: User) -> None:
    sign_in(client, erin.email)
    answer = client.post(CHANGE, {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert "This is not your current password." in answer.content.decode()
    assert User.objects.get(pk=erin.pk).check_password(PASSWORD)


def test_someone_without_a_password_is_sent_to_the_mail(client: Client) -> None:
    nora = employee("Nora Newcomer")
    nora.set_unusable_password()
    nora.save()
    client.force_login(nora)
    assert client.get(CHANGE, follow=True).redirect_chain[-1][0] == RESET


def addresses_under(prefix: str, resolver: URLResolver | None = None, path: str = "") -> Iterator[str]:
    """Every named address beneath a prefix, by walking the resolver."""
    for pattern in (resolver or get_resolver()).url_patterns:
        below = f"{path}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses_under(prefix, pattern, below)
        elif below.startswith(prefix):
            yield str(pattern.name)


def test_no_other_door_is_there_than_these() -> None:
    assert set(addresses_under("accounts/")) == {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    }
    for name in ("account_signup", "account_email", "account_request_login_code", "account_reauthenticate"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize(
    "path", ["", "signup/", "email/", "confirm-email/", "login/code/", "reauthenticate/", "phone/change/"]
)
def test_the_doors_that_are_not_there_are_not_found(client: Client, erin: User, path: str) -> None:
    client.force_login(erin)
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}", {"email": "x@dhs.example"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["login/", "inactive/", "password/reset/", "password/reset/done/", "password/reset/key/done/"]
)
def test_the_pages_before_sign_in_are_open_and_not_kept(client: Client, path: str) -> None:
    answer = client.get(f"/accounts/{path}")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.decode().count("<h1>") == 1
