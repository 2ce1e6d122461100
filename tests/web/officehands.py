"""Hands for the offices: opens a page as a browser would, changes a few fields of its form, sends all of it."""

from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from campaigns.domain.accounts.models import User
from campaigns.domain.factors.queries import has_any
from tests.support.entering import come_in
from tests.web.account.browser import Browser, hidden


class Hands(Browser):
    """A signed-in person's browser."""

    def __init__(self, app: Flask, user: User) -> None:
        super().__init__(app)
        if has_any(user.id):
            assert self.sign_in(user.email or "").status_code == 303
        else:
            come_in(app, self.client, user.id)
        self.user = user

    @property
    def token(self) -> str:
        """A form token of this person's session."""
        return hidden(self.get("/account/details"), "csrf_token")

    def fill(self, path: str, to: str = "", **changes: Any) -> TestResponse:
        """Opens `path` and sends its form with these fields changed; a list stands for several values.

        `to`: where that form goes, if not to the page's own address. A name with a hyphen is written with `__`.
        """
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return self.post(to or path, filled(page, **changes))

    def seen(self, path: str) -> str:
        """The text of a page that must be there."""
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return page.text

    def after(self, answer: TestResponse) -> str:
        """The page a finished step leads to."""
        assert answer.status_code == 303, answer.text
        return self.seen(answer.headers["Location"])


def filled(page: TestResponse, **changes: Any) -> MultiDict[str, str]:
    """What a browser would send of the page's forms that are posted, with these fields changed."""
    reader = _Controls()
    reader.feed(page.text)
    for name, value in changes.items():
        known = name if name in reader.values else name.replace("__", "-")
        reader.values.setlist(known, value if isinstance(value, list) else [value])
    return reader.values


class _Controls(HTMLParser):
    """Collects the successful controls of every form with `method=post`."""

    def __init__(self) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self._inside = False
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._inside = found.get("method") == "post"
        elif self._inside and tag == "input":
            self._input(found)
        elif self._inside and tag == "textarea":
            self._area = found.get("name") or ""
            self.values.add(self._area, "")
        elif self._inside and tag == "select":
            self._select = found.get("name") or ""
        elif self._select and tag == "option":
            self._option(found)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] = (self.values[self._area] + data).removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""

    def _input(self, found: dict[str, str | None]) -> None:
        chosen = found.get("type") not in {"radio", "checkbox"} or "checked" in found
        if chosen and found.get("name"):
            self.values.add(found["name"] or "", found.get("value") or "")

    def _option(self, found: dict[str, str | None]) -> None:
        if "selected" in found or self._select not in self.values:
            self.values[self._select] = found.get("value") or ""
