"""The first page of finance says what waits, and only that."""

from datetime import timedelta

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.settlements.actions import enter
from tests.cast import person
from tests.domain.refunds.money import asked, of_nobody
from tests.domain.settlements.held import advice, took
from tests.giving import live_campaign
from tests.web.officehands import Hands

HOME = "/en/finance/"


def test_nothing_waits(app):
    assert "Nothing waits." in Hands(app, person("Farid", Role.FINANCE)).seen(HOME)


def test_everything_that_waits_is_said_once(app, change_settings):
    change_settings(clearing_days=3)
    user, today = person("Farid", Role.FINANCE), tehran_day(clock.now())
    attempt = took(app, live_campaign(), today, 1_000_000)
    took(app, live_campaign(), today - timedelta(days=5), 2_000_000)
    asked(attempt, user, 300_000)
    of_nobody()
    enter(advice(500_000, today, today, day=today), user)
    db.session.commit()
    page = Hands(app, user).seen(HOME)
    for words in (
        "1 payment does not fit",
        "1 refund waits for approval",
        "1 settlement waits for a second person",
    ):
        assert page.count(words) == 1
    assert "ZarinPal has held money for too long" in page and "200,000 toman" in page
    seed_provinces()
    shirin = Hands(app, person("Shirin", Role.FINANCE, province_code="IR-25"))
    assert "Nothing waits." in shirin.seen(HOME)
