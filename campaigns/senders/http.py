"""Any provider that takes a message by one POST: its address, its headers and what it wants to read are settings.

`SMS_BODY` is a JSON object or a form, with `{number}` (+989…), `{national}` (09…), `{text}` and `{reference}` where
those go; they are put in after it was read, so nothing written in a message can change its shape. An answer from
200 to 299 means taken. A provider that says so and refuses nevertheless needs a plug of its own.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import structlog

from campaigns.base.outside import NotAllowed, Unreachable, look_up, post
from campaigns.base.texts import Text, TextError

_PLACE = re.compile(r"\{(number|national|text|reference)\}")
log = structlog.get_logger("senders")


class HttpSender:
    def __init__(self, url: str, body: str, headers: Mapping[str, str], *, private: bool) -> None:
        """Raises `ValueError` when nothing can be made of `body`. `private`: as in `base.outside`, for practice."""
        self._url, self._headers, self._private = url, headers, private
        self._json = body.lstrip().startswith("{")
        self._shape: Any = json.loads(body) if self._json else parse_qsl(body, strict_parsing=True)
        if "{text}" not in body or not ("{number}" in body or "{national}" in body):
            raise ValueError("SMS_BODY must say where {number} or {national} goes, and where {text} does")

    def send(self, text: Text) -> None:
        made = _filled(self._shape, _values(text))
        body = json.dumps(made, ensure_ascii=False) if self._json else urlencode(made)
        kind = "application/json" if self._json else "application/x-www-form-urlencoded; charset=utf-8"
        headers = {"Content-Type": kind, **self._headers}
        try:
            status = post(look_up(self._url, private=self._private), body.encode(), headers)
        except NotAllowed as error:
            raise TextError(f"SMS_URL: {error.why}") from error
        except Unreachable as error:
            raise TextError(f"no answer: {error}") from error
        log.info("text_call", status=status, reference=text.reference)
        if not 200 <= status < 300:
            raise TextError(f"HTTP {status}")


def from_settings(settings: Any) -> HttpSender:
    name, colon, value = settings.sms_header.partition(":")
    headers = {name.strip(): value.strip()} if colon else {}
    return HttpSender(settings.sms_url, settings.sms_body, headers, private=not settings.production)


def _values(text: Text) -> dict[str, str]:
    national = f"0{text.number.removeprefix('+98')}"
    return {"number": text.number, "national": national, "text": text.body, "reference": text.reference}


def _filled(shape: Any, values: Mapping[str, str]) -> Any:
    """The same shape with every placeholder put in; what is put in is not looked at again."""
    if isinstance(shape, dict):
        return {name: _filled(part, values) for name, part in shape.items()}
    if isinstance(shape, list):
        return [_filled(part, values) for part in shape]
    if isinstance(shape, tuple):
        return tuple(_filled(part, values) for part in shape)
    return _PLACE.sub(lambda found: values[found[1]], shape) if isinstance(shape, str) else shape
