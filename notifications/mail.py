"""From a notice to a message in the mail server's hands."""

import smtplib
from types import TracebackType
from typing import NoReturn, Self

from django.core.mail import EmailMessage, get_connection

from notifications import words
from notifications.models import Notice

LONGEST_REASON = 300
SHUTTING_DOWN = 421

# What a server says of one message; anything else it says, or fails to say, is about the server.
_ABOUT_ONE_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


class Refused(Exception):
    """This message will never be taken; says why."""


class Deferred(Exception):
    """This message is not taken now; says why."""


class Unreachable(Exception):
    """There is no talking to the mail server now; says why."""


class Courier:
    """One connection to the mail server, opened with the first message and good for many."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None) -> None:
        self._hang_up()

    def carry(self, notice: Notice) -> None:
        """Hand one message over; raises Refused, Deferred or Unreachable."""
        message = _composed(notice)
        try:
            self._call()
            self._connection.send_messages([message])
        except OSError as problem:
            if _is_about_the_server(problem):
                self._hang_up()
            _explain(problem)

    def _call(self) -> None:
        if not self._open:
            self._connection.open()
            self._open = True

    def _hang_up(self) -> None:
        self._open = False
        try:
            self._connection.close()
        except OSError:
            self._connection = get_connection()


def compose(notice: Notice) -> EmailMessage:
    """The message of a notice: plain text, a link, and the same Message-ID however often it is sent."""
    return EmailMessage(
        subject=words.subject(notice),
        body=words.text(notice),
        to=[notice.recipient.email],
        headers={
            "Message-ID": notice.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def _composed(notice: Notice) -> EmailMessage:
    try:
        message = compose(notice)
        message.message()
    except ValueError as problem:  # a line break in the subject, an address that is none
        raise Refused(_reason(problem)) from problem
    return message


def _explain(problem: OSError) -> NoReturn:
    if _is_about_the_server(problem):
        raise Unreachable(_reason(problem)) from problem
    raise (Refused if _code(problem) >= 500 else Deferred)(_reason(problem)) from problem


def _is_about_the_server(problem: OSError) -> bool:
    return not isinstance(problem, _ABOUT_ONE_MESSAGE) or _code(problem) == SHUTTING_DOWN


def _code(problem: OSError) -> int:
    return _answer(problem)[0]


def _answer(problem: OSError) -> tuple[int, bytes | str]:
    """The mail server's code and words; of several recipients' the gravest, and code 0 where it said nothing."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return max(problem.recipients.values(), default=(0, ""))
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code, problem.smtp_error
    return 0, ""


def _reason(problem: Exception) -> str:
    code, said = _answer(problem) if isinstance(problem, OSError) else (0, "")
    if not code:
        return _one_line(f"{type(problem).__name__}: {problem}")
    return _one_line(f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}")


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:LONGEST_REASON]
