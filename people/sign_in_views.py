"""Where the portal's sign-in differs from allauth's own pages."""

import logging
from http import HTTPStatus
from smtplib import SMTPException

from allauth.account.views import PasswordResetView
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.http import HttpResponse

from people.sign_in_forms import ResetPasswordForm

NO_MAIL = "We cannot send mail right now. Try again in a few minutes. If it fails again, call the help desk."
log = logging.getLogger(__name__)


class PasswordReset(PasswordResetView):  # type: ignore[misc]
    """Mails a link, and says so plainly where no mail can leave."""

    def form_valid(self, form: ResetPasswordForm) -> HttpResponse:
        """On to the page that says to look for the mail; back to the form with a sentence where none can leave."""
        try:
            response: HttpResponse = super().form_valid(form)
            if response.status_code == HTTPStatus.FOUND and not form.users:
                _reach_mail_server()
        except (SMTPException, OSError):
            log.exception("A password link could not be mailed")
            form.add_error(None, NO_MAIL)
            response = self.form_invalid(form)
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return response


def _reach_mail_server() -> None:
    """Raise what sending would raise: nobody learns from a mail server that is down whose address is known."""
    connection = get_connection()
    if isinstance(connection, EmailBackend):
        with connection:
            pass
