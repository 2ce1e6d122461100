"""As much of a browser as a donor needs: a page, its form, its way on. It knows nothing of the site's inside."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urljoin, urlsplit

SECONDS = 30.0
"""How long somebody looks at an empty page before pressing the button again."""
_REFRESH = re.compile(r'http-equiv="refresh" content="\d+;url=([^"]+)"')
_HIDDEN = re.compile(
    r'<input\b(?=[^>]*\btype="hidden")(?=[^>]*\bname="([^"]+)")(?=[^>]*\bvalue="([^"]*)")[^>]*>'
)
_AGAIN = re.compile(r'action="(/(?:en/)?pay/[^"]+/again)"')
_CODE = re.compile(r'href="/r/([0-9A-Za-z-]+)"')


class NoPage(Exception):
    """No answer came, or one that a browser shows as an error."""


@dataclass(frozen=True)
class Page:
    """What came: `address` is where it came from, `onward` where its header sends the browser."""

    address: str
    status: int
    text: str
    onward: str = ""

    @property
    def refresh(self) -> str:
        """Where the page goes on to by itself."""
        found = _REFRESH.search(self.text)
        return urljoin(self.address, html.unescape(found[1])) if found else ""

    @property
    def again(self) -> str:
        """Where its button for another try leads."""
        found = _AGAIN.search(self.text)
        return urljoin(self.address, found[1]) if found else ""

    @property
    def code(self) -> str:
        """The tracking code that is written on it."""
        found = _CODE.search(self.text)
        return found[1] if found else ""

    @property
    def hidden(self) -> dict[str, str]:
        return {name: html.unescape(value) for name, value in _HIDDEN.findall(self.text)}


def get(address: str) -> Page:
    return _ask("GET", address, None)


def post(address: str, form: Mapping[str, str]) -> Page:
    return _ask("POST", address, form)


def _ask(method: str, address: str, form: Mapping[str, str] | None) -> Page:
    """Raises `NoPage`. Follows nothing: the donor does."""
    url = urlsplit(address)
    path = f"{url.path}?{url.query}" if url.query else url.path
    headers = {"Sec-Fetch-Site": "same-origin", "Connection": "close"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = HTTPConnection(url.hostname or "", url.port, timeout=SECONDS)
    try:
        connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    except (OSError, HTTPException) as error:
        raise NoPage(type(error).__name__) from error
    finally:
        connection.close()
    onward = answer.getheader("Location")
    return Page(address, answer.status, text, urljoin(address, onward) if onward else "")
