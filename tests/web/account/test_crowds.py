"""Limits that hold when everybody tries at the same moment."""

from collections import Counter

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import LoginSession
from campaigns.domain.accounts.resets import new_link
from tests.cast import mina
from tests.support.crowds import at_once
from tests.web.account.browser import Browser


def test_of_many_who_follow_one_link_at_once_one_gets_through(app):
    secret = new_link(mina())
    words = [f"boat winter seven doors {number}" for number in range(8)]
    codes = at_once(
        app, 8, lambda n: Browser(app).post(f"/reset/{secret}", {"password": words[n]}).status_code
    )
    assert Counter(codes) == {303: 1, 410: 7}
    winner = words[codes.index(303)]
    assert Browser(app).sign_in(password=winner).status_code == 303


def test_thirty_tries_at_once_are_still_ten(app, change_settings):
    change_settings(rate_limits=True)
    mina()
    codes = at_once(app, 30, lambda n: Browser(app).sign_in(password=f"wrong words {n}").status_code)
    assert Counter(codes) == {422: 10, 429: 20}


def test_mina_may_sign_in_on_many_devices_at_once(app):
    mina()
    assert at_once(app, 8, lambda _: Browser(app).sign_in().status_code) == [303] * 8
    assert len(db.session.scalars(select(LoginSession)).all()) == 8
