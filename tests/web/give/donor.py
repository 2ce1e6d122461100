"""Sara at the pages of giving: chooses, fills in, sends, as a browser without script would."""

import html
import re
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.web.give import formkey
from tests.web.officehands import filled

FIFTY_THOUSAND = "۵۰۰۰۰"


class Donor:
    """`slug` and `public_id` are those of the campaign she gives to."""

    def __init__(self, app: Flask, campaign: Campaign) -> None:
        self.client = app.test_client(use_cookies=False)
        self.slug, self.public_id = campaign.slug, campaign.public_id
        self.page = f"/c/{campaign.slug}/give"

    def choose(self, **values: str) -> TestResponse:
        """Sends the first page."""
        return self.client.get(self.page, query_string=values)

    def form(self, seconds_ago: float = 60, **changes: Any) -> MultiDict[str, str]:
        """The second page's form for 50,000 tomans, opened so long ago, with these fields changed."""
        asked = {name: changes[name] for name in ("repeat", "again") if name in changes}
        page = self.choose(other=FIFTY_THOUSAND, intent="sadaqah", **asked)
        assert page.status_code == 200, page.status_code
        form = filled(page, **changes)
        if "form_key" not in changes:
            form["form_key"] = self.key(seconds_ago)
        return form

    def key(self, seconds_ago: float = 60) -> str:
        """What the hidden field holds of a page that was opened so long ago."""
        with clock.at(clock.now() - timedelta(seconds=seconds_ago)):
            return formkey.new(self.public_id)

    def send(self, form: MultiDict[str, str], **headers: str) -> TestResponse:
        return self.client.post(self.page, data=form, headers=headers)

    def give(self, **changes: Any) -> str:
        """Fills in and sends both pages; the address at which the page that leads to the bank stands as well."""
        answer = self.send(self.form(**changes))
        assert answer.status_code in {200, 303}, answer.text
        return answer.headers.get("Location") or self.hop()

    def hop(self) -> str:
        """Where the newest attempt goes on."""
        prefix = self.page.partition("/c/")[0]
        return f"{prefix}/pay/{attempts()[-1].public_id}"


def leads_to_the_bank(page: TestResponse) -> bool:
    """Whether this page goes on to the bank by itself, and by a link, for the newest attempt."""
    refresh = re.search(r'http-equiv="refresh" content="0;url=', page.text)
    way = str(attempts()[-1].redirect_url)
    return page.status_code == 200 and bool(refresh) and html.unescape(page.text).count(way) == 2


def value_of(page: TestResponse, name: str) -> str | None:
    """What stands in a text control."""
    control = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)
    found = re.search(r'value="([^"]*)"', control[0]) if control else None
    return found[1] if found else None


def gifts() -> list[Contribution]:
    return list(db.session.scalars(select(Contribution).order_by(Contribution.id)))


def attempts() -> list[PaymentAttempt]:
    query = select(PaymentAttempt).order_by(PaymentAttempt.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
