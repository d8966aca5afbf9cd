"""What nobody may write down here: the words people really type, on both sides of the line."""

import pytest

from policies.screening import holds_no_login, identifies_no_client, may_be_stored

LOGIN = "Do not enter a username, password or login here (II(B)(1); Ark. Code 11-2-124)."
CLIENT = "Remove names, numbers and case details. Describe what happened without identifying the client."


@pytest.mark.parametrize(
    "typed",
    [
        "password: Summer2024!",
        "My password is hunter2",
        "the password was sunshine.",
        "Passwort = geheim99",
        "pw=abc123",
        "username: jdoe",
        "login jdoe77/Spring#1",
        "user id - erin_w77",
        "PIN: 4821-x",
        "The pass is “Tr0ub4dor”",
        "erin@example.com:Hunter2!x",
        "https://erin:secret@example.com/feed",
        "ｐａｓｓｗｏｒｄ： Summer2024",
        "pass\u200bword: Summer2024",
        "credentials: admin1 / letmein9",
    ],
)
def test_a_login_is_stopped_however_it_is_written(typed: str) -> None:
    decision = holds_no_login(typed)
    assert not decision
    assert getattr(decision, "reason", "") == LOGIN


@pytest.mark.parametrize(
    "typed",
    [
        "My supervisor asked for my password and I said no.",
        "She wanted my username and password to look at my page.",
        "They said the password was required for the interview.",
        "The login page was shown in the picture.",
        "My password is private.",
        "He shared his password with nobody.",
        "Required to log in on the office computer at 10:30.",
        "The passenger pin board at the office was in the photo.",
        "See https://www.example.com/groups/1234567890/posts/42?ref=share",
        "I can be reached at erin@example.com about this.",
        "The post went up at 14:05 on 2026-03-02.",
        "Password sharing is against the policy.",
        "My password was compromised.",
        "",
    ],
)
def test_speaking_about_passwords_is_fine(typed: str) -> None:
    assert holds_no_login(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "SSN 123-45-6789",
        "123 45 6789",
        "123.45.6789",
        "it said 123456789",
        "１２３－４５－６７８９",
        "123–45–6789",
        "12\u200b3-45-6789",
    ],
)
def test_a_number_shaped_like_an_ssn_is_stopped(typed: str) -> None:
    decision = identifies_no_client(typed)
    assert not decision
    assert getattr(decision, "reason", "") == CLIENT


@pytest.mark.parametrize(
    "typed",
    [
        "Call 501-682-1001",
        "2026-03-02 10:15",
        "post 10161234567890123",
        "about 12,345 people",
        "123-456-7890",
        "12345678",
    ],
)
def test_other_numbers_are_fine(typed: str) -> None:
    assert identifies_no_client(typed)


def test_the_login_is_named_first_where_both_are_there() -> None:
    assert getattr(may_be_stored("password: Summer24! for 123-45-6789"), "reason", "") == LOGIN


def test_a_long_text_is_screened_quickly() -> None:
    assert may_be_stored("password " * 5_000 + "a" * 50_000)
