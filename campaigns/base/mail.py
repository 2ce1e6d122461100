"""Sending one plain-text mail over SMTP, with the standard library."""

import smtplib
import ssl
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class MailSettings(Protocol):
    """What of the settings mail needs. `smtp_url`: `smtp://user:password@host:port` or `smtps://…`."""

    @property
    def smtp_url(self) -> str: ...

    @property
    def mail_from(self) -> str: ...


class MailError(Exception):
    """The mail was not handed over. The message says why, without the password."""


@dataclass(frozen=True)
class Mail:
    """`message_id` (without the domain) stays the same when a mail is sent again, so that readers see it
    once. `unsubscribe_url`: one POST there ends letters of this kind (RFC 8058); empty for letters that cannot end.
    """

    to: str
    subject: str
    body: str
    language: str
    message_id: str
    written_at: datetime
    unsubscribe_url: str = ""


def send(mail: Mail, settings: MailSettings) -> None:
    """Hands the mail to the server and returns once it has taken it. Raises `MailError`."""
    try:
        message = _message(mail, settings.mail_from)
        with _connected(settings.smtp_url) as server:
            server.send_message(message)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise MailError(f"{type(error).__name__}: {error}"[:200]) from error


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<{mail.message_id}@{sender.rpartition('@')[2].strip('<> ')}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)  # forgets every Content-… header set before
    message["Content-Language"] = mail.language
    return message


def _connected(url: str) -> AbstractContextManager[smtplib.SMTP]:
    """A connection, encrypted where the server can. A password never crosses a network in clear."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "smtps"
    if parts.scheme not in {"smtp", "smtps"} or not host:
        raise ValueError("SMTP_URL must look like smtp://user:password@host:port")
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if secure:
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_SECONDS)
    try:
        server.ehlo()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            secure = True
        if parts.username:
            if not secure and host not in LOCAL:
                raise ValueError("the mail server offers no encryption, so the password was not sent")
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server
