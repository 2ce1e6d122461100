"""Farid looks at each day's money: as a chart, and as the same numbers."""

import re
from datetime import date

import pytest

from campaigns.base.clock import now
from campaigns.base.jalali import jalali_fields, tehran_day
from campaigns.base.money import BILLION_TOMAN, MILLION_TOMAN, THOUSAND_TOMAN
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.insights.daily_money import Bar
from campaigns.domain.regions.actions import seed_provinces
from campaigns.web.finance.daychart import WIDTH, ceiling, drawing
from tests.cast import person
from tests.domain.settlements.held import took
from tests.giving import live_campaign
from tests.web.officehands import Hands

FIRST, LAST = date(2026, 10, 23), date(2026, 11, 21)


def drawn(rtl=True, bars=None):
    bars = bars or [Bar(FIRST, settled=1_000_000), Bar(LAST, pending=500_000, refunded=500_000)]
    return drawing(bars, FIRST, LAST, rtl=rtl)


def test_time_runs_with_the_language_of_the_page():
    persian, english = drawn(), drawn(rtl=False)
    assert persian.pieces[0].x > persian.pieces[1].x and english.pieces[0].x < english.pieces[1].x
    assert persian.axis_at > persian.days[0].at > persian.days[-1].at
    for one, other in zip(persian.pieces, english.pieces, strict=True):
        assert one.x == pytest.approx(WIDTH - other.x - other.width, abs=0.02)


def test_bars_stand_on_each_other_and_inside_the_drawing():
    pending, refunded = drawn().pieces[1:]
    assert pending.y == pytest.approx(refunded.y + refunded.height, abs=0.02)
    assert pending.height == refunded.height
    for piece in drawn().pieces:
        assert piece.x >= 0 and piece.x + piece.width <= WIDTH and piece.y > 0


@pytest.mark.parametrize(
    ("rials", "top"),
    [
        (0, 10 * THOUSAND_TOMAN),
        (1, 10 * THOUSAND_TOMAN),
        (110 * THOUSAND_TOMAN, 120 * THOUSAND_TOMAN),
        (MILLION_TOMAN, MILLION_TOMAN),
        (17 * MILLION_TOMAN, 20 * MILLION_TOMAN),
        (BILLION_TOMAN + 1, 12 * BILLION_TOMAN // 10),
    ],
)
def test_the_scale_ends_at_a_number_people_read_easily(rials, top):
    assert ceiling(rials) == top >= rials


@pytest.fixture
def farid(app):
    day = tehran_day(now())
    took(app, live_campaign(), day, 12_345_670)
    return Hands(app, person("Farid", Role.FINANCE))


def test_the_chart_says_in_words_and_numbers_what_it_draws(farid):
    page = farid.seen("/en/finance/days")
    assert "ZarinPal, day by day" in page and page.count('role="img"') == 1
    table = page.split("The same in numbers")[1].split("</table>")[0]
    assert table.count("1,234,567") == 4 and "pending 1,234,567" in table
    assert 'fill="url(#d1-pending)"' in page and 'id="d1-pending"' in page
    assert "style=" not in page


def test_a_month_of_the_calendar_can_be_chosen(farid):
    _day, month, year = jalali_fields(tehran_day(now()))
    assert "۱٬۲۳۴٬۵۶۷" in farid.seen(f"/finance/days?span={year}-{month:02}")
    before = f"{year}-{month - 1:02}" if month > 1 else f"{year - 1}-12"
    assert "۱٬۲۳۴٬۵۶۷" not in farid.seen(f"/finance/days?span={before}")
    for junk in ("", "7", "1405-13", "x-y"):
        assert "1,234,567" in farid.seen(f"/en/finance/days?span={junk}")
    assert re.search(r'<option value="90">', farid.seen("/en/finance/days"))


def test_in_a_province_without_money_nothing_is_drawn(app, farid):
    seed_provinces()
    page = Hands(app, person("Shirin", Role.FINANCE, province_code="IR-25")).seen("/en/finance/days")
    assert "No money came on these days." in page and "within your reach" in page
    assert Hands(app, person("Omid", Role.ORGANIZER)).get("/en/finance/days").status_code == 404
