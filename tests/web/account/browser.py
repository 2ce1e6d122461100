"""A browser with its own cookies, that fills in forms."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import PASSWORD


class Browser:
    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, data: dict[str, Any], site: str = "same-origin") -> TestResponse:
        return self.client.post(path, data=data, headers={"Sec-Fetch-Site": site})

    def sign_in(self, login: str = "mina@example.org", password: str = PASSWORD, **more: str) -> TestResponse:
        return self.post("/sign-in", {"login": login, "password": password, **more})

    def send(self, path: str, **data: str) -> TestResponse:
        """Opens the form at `path`, fills it in and sends it with its own CSRF token."""
        token = hidden(self.get(path), "csrf_token")
        return self.post(path, {"csrf_token": token, **data})

    @property
    def cookie(self) -> str | None:
        kept = self.client.get_cookie("pooyesh")
        return kept.value if kept else None

    @property
    def is_inside(self) -> bool:
        return self.get("/account").status_code == 200


def hidden(page: TestResponse, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page.text)
    assert found, f"the page has no {name}"
    return found[1]
