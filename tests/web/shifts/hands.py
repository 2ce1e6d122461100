"""Somebody at the pages of shifts, as a browser without script would be."""

import re
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from campaigns.base import clock
from campaigns.domain.volunteers.shift_models import Shift, VolunteerRole
from campaigns.web.shifts import formkey


class Person:
    """Opens the form of a role a minute ago, and sends it."""

    def __init__(self, app: Flask, role: VolunteerRole) -> None:
        self.client = app.test_client(use_cookies=False)
        self.slug, self.role = role.campaign.slug, role.public_id
        self.page = f"/c/{self.slug}/volunteer/{self.role}"

    def key(self, seconds_ago: float = 60) -> str:
        with clock.at(clock.now() - timedelta(seconds=seconds_ago)):
            return formkey.new(self.role)

    def send(self, *shifts: Shift, **changes: Any) -> TestResponse:
        typed = {
            "form_key": self.key(),
            "name": "سارا محمدی",
            "mobile": "۰۹۱۲ ۳۴۵ ۶۷۸۹",
            "province": "IR-08",
            "email": "",
            "shifts": [one.public_id for one in shifts],
        }
        return self.client.post(self.page, data=typed | changes)

    def sign_up(self, *shifts: Shift, **changes: Any) -> str:
        """The address of her own page."""
        answer = self.send(*shifts, **changes)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


def code_of(address: str) -> str:
    found = re.search(r"/shifts/([0-9A-Z]{11})", address)
    assert found, address
    return found[1]
