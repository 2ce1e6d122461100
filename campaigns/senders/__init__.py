"""The plugs for providers of text messages: one file each, and one line here."""

from collections.abc import Callable
from typing import Any

from campaigns.base.texts import Sender
from campaigns.senders import http

PLUGS: dict[str, Callable[[Any], Sender]] = {"http": http.from_settings}


class UnknownSender(Exception):
    """`SMS_SENDER` names no plug."""


def build_sender(settings: Any) -> Sender | None:
    """The one of `campaigns.config.Settings`; None where no text messages are sent. Raises `UnknownSender`, and
    `ValueError` for settings that do not fit.
    """
    name = settings.sms_sender
    if not name:
        return None
    if name not in PLUGS:
        raise UnknownSender(f"SMS_SENDER names {name}; there is {', '.join(PLUGS)}")
    return PLUGS[name](settings)
