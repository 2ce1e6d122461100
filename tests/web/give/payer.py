"""Sara, who gives: fills in the form, goes to the practice bank as her browser would, and comes back."""

import html
import re
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.tokens import sign
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.sweeper import sweep
from campaigns.web.give.formkey import PURPOSE
from campaigns.web.ways import every_gateway

PAGES = {"zarinpal": "/pg/StartPay/", "zibal": "/start/", "sep": "/OnlinePG/pay/"}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


class Payer:
    """One browser with one gift in mind."""

    def __init__(self, app: Flask, campaign: Campaign, bank_url: str, tomans: int = 50_000) -> None:
        self.client = app.test_client(use_cookies=False)
        self.slug, self.campaign_id = campaign.slug, campaign.public_id
        self.bank_url, self.tomans = bank_url, tomans
        self.hop_path = ""

    def details(self) -> TestResponse:
        """The second page of the form."""
        return self.client.get(f"/en/c/{self.slug}/give?other={self.tomans}&intent=sadaqah")

    def send(self, key: str = "key-1", **more: str) -> TestResponse:
        """Sends it, after it lay open for ten seconds. Remembers where it led."""
        token = sign(PURPOSE, [self.campaign_id, key, int(time.time()) - 10])
        form = {"form_key": token, "amount": str(self.tomans), "intent": "sadaqah", "shown_as": "anonymous"}
        sent = self.client.post(f"/en/c/{self.slug}/give", data=form | more)
        self.hop_path = sent.headers.get("Location") or self.path()
        return sent

    def again(self, **form: str) -> TestResponse:
        """Tries once more from the page that says that it did not begin."""
        answer = self.client.post(f"{self.hop_path}/again", data=form)
        self.hop_path = answer.headers.get("Location") or self.path()
        return answer

    def path(self) -> str:
        """Where the newest attempt goes on, if there is one."""
        newest = select(PaymentAttempt.public_id).order_by(PaymentAttempt.id.desc()).limit(1)
        public_id = db.session.scalar(newest)
        db.session.commit()
        return f"/en/pay/{public_id}"

    def hop(self) -> TestResponse:
        return self.client.get(self.hop_path)

    def arrive(self, referer: str = "http://localhost/") -> requests.Response:
        """Follows the hop page to the bank: its refresh, or its form."""
        page = self.hop().text
        found = re.search(r'http-equiv="refresh" content="0;url=([^"]*)"', page)
        if found:
            return requests.get(html.unescape(found[1]), headers={"Referer": referer}, timeout=10)
        action = re.search(r'<form method="post" action="([^"]*)"', page)
        assert action, page
        return requests.post(
            html.unescape(action[1]), data=fields(page), headers={"Referer": referer}, timeout=10
        )

    def press(self, button: str = "pay") -> requests.Response:
        attempt = self.attempt()
        address = f"{self.bank_url}{PAGES[attempt.gateway]}{attempt.gateway_ref}"
        return requests.post(address, data={"act": button}, timeout=10, allow_redirects=False)

    def come_back(self, pressed: requests.Response, **changes: str) -> TestResponse:
        """What the bank's answer makes her browser do at our address, with some of it changed."""
        if pressed.status_code == 303:
            parts = urlsplit(pressed.headers["Location"])
            return self.client.get(f"{parts.path}?{parts.query}")
        action = re.search(r'<form method="post" action="([^"]*)"', pressed.text)
        assert action, pressed.text
        path = urlsplit(html.unescape(action[1])).path
        headers = {"Sec-Fetch-Site": "cross-site", "Origin": self.bank_url}
        return self.client.post(path, data=fields(pressed.text) | changes, headers=headers)

    def later(self, **time: float) -> None:
        """The worker looks, so much later."""
        with clock.at(now() + timedelta(**time)):
            sweep(every_gateway(), 72)

    def attempt(self) -> PaymentAttempt:
        """The newest one, as the table has it."""
        query = select(PaymentAttempt).order_by(PaymentAttempt.id.desc()).limit(1)
        found = db.session.scalars(query.execution_options(populate_existing=True)).one()
        db.session.commit()
        return found


def fields(page: str) -> dict[str, Any]:
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(page)}
