"""The practice bank's own report laid beside our payments and the book, whatever went wrong on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
import requests
from sqlalchemy import select, update

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.contract import Outcome, ReportRow
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.payments.settlement import settle
from campaigns.domain.reports.compare import compare, look_at_days
from campaigns.domain.reports.models import GatewayReport, ReportLine
from campaigns.domain.reports.queries import counts, newest
from campaigns.gateways import build_gateways
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import look


@pytest.fixture
def bank(app, practice_bank, change_settings):
    """Both gateways that give a report over the network, each the practice bank, which knows us by «practice»."""
    names = ("zarinpal", "zibal")
    urls = {f"{name}_{kind}_url": practice_bank.url for name in names for kind in ("base", "report")}
    opened = {"zarinpal_access_token": "practice", "zibal_access_token": "practice"}
    merchant = {"zarinpal_terminal": "00000000-0000-4000-8000-000000000000"}
    app.extensions["gateways"], before = (
        build_gateways(change_settings(gateways=names, **urls, **opened, **merchant)),
        app.extensions["gateways"],
    )
    yield app.extensions["gateways"]
    app.extensions["gateways"] = before


@pytest.fixture(params=["zarinpal", "zibal"])
def paid(request, app, bank, paying):
    """Opens a session at one of the gateways and pays; settles it unless told otherwise."""
    gateway = bank[request.param]

    def pay(settled=True, button="pay", rials=GIFT):
        mine = replace(paying, gateway=gateway)
        attempt_id = mine.attempt(pledged(live_campaign(), rials))
        page = {"zarinpal": "/pg/StartPay/", "zibal": "/start/"}[gateway.name]
        press(mine, page, attempt_id, button)
        if settled:
            assert settle(attempt_id, gateway, "callback") == "paid"
        return attempt_id

    pay.gateway = gateway
    return pay


def press(paying, page, attempt_id, button):
    ref = look(attempt_id).gateway_ref
    db.session.commit()
    address = f"{paying.url}{page}{ref}"
    answer = requests.post(address, data={"act": button}, timeout=10, allow_redirects=False)
    assert answer.status_code < 400


def looked(gateway, day=None, rows=None):
    """The buckets of a day, today's where nothing else is said."""
    day = day or tehran_day(now())
    if rows is None:
        rows = gateway.report(day - timedelta(days=1), day + timedelta(days=1))
    report = compare(gateway.name, gateway, day, rows, "protocol")
    return {bucket: number for bucket, number in counts(report).items() if number}


def items():
    db.session.expire_all()
    return sorted(db.session.scalars(select(ReviewItem.kind)))


def test_what_everybody_knows_matches_and_asks_nobody(paid):
    paid()
    paid(settled=False, button="cancel")
    assert looked(paid.gateway) == {"matched": 1} and items() == []


def test_money_that_everybody_missed_is_settled_and_a_person_hears_of_it_once(paid):
    attempt_id = paid(settled=False)
    for _again in range(2):
        found = looked(paid.gateway)
        assert found in ({"status_diff": 1}, {"matched": 1})
    assert look(attempt_id).state == "paid"
    assert balance(accounts.clearing(paid.gateway.name)) > GIFT - 100_000
    assert len(items()) <= 1


def test_a_forged_report_books_nothing(paid):
    """A row says «paid»; the gateway itself, asked, says no."""
    attempt_id = paid(settled=False, button="cancel")
    row = look(attempt_id)
    forged = ReportRow(GIFT, Outcome.ALREADY, now(), gateway_ref=row.gateway_ref)
    assert looked(paid.gateway, rows=[forged]) == {"status_diff": 1}
    assert look(attempt_id).state != "paid" and balance(accounts.clearing(paid.gateway.name)) == 0
    assert items() == ["report_status"]


def test_each_difference_asks_a_person_once(paid):
    one, two = paid(), paid()
    known = [look(one), look(two)]
    rows = [
        ReportRow(GIFT - 10, Outcome.ALREADY, now(), receipt_ref=known[0].receipt_ref),
        ReportRow(GIFT, Outcome.ALREADY, now(), gateway_ref="77" * 18),
        ReportRow(GIFT, Outcome.ALREADY, now(), gateway_ref="77" * 18),
    ]
    for _again in range(2):
        found = looked(paid.gateway, rows=rows)
        assert found == {"amount_diff": 1, "missing_local": 1, "duplicate": 1, "missing_remote": 1}
    assert items() == ["report_amount", "report_missing", "report_twice", "unknown_money"]


@pytest.mark.fault("F39")
def test_what_the_gateway_took_back_after_it_was_booked_is_for_a_person(paid):
    """The book keeps it until people have looked: a report alone moves no money."""
    attempt_id = paid()
    row = ReportRow(GIFT, Outcome.REVERSED, now(), receipt_ref=look(attempt_id).receipt_ref)
    assert looked(paid.gateway, rows=[row]) == {"status_diff": 1}
    assert items() == ["report_status"]
    assert look(attempt_id).state == "paid" and balance(accounts.clearing(paid.gateway.name)) > 0


def test_the_book_has_a_say_of_its_own(paid):
    attempt_id = paid()
    db.session.execute(
        update(PaymentAttempt).where(PaymentAttempt.id == attempt_id).values(captured_rials=GIFT - 10)
    )
    db.session.commit()
    rows = [ReportRow(GIFT - 10, Outcome.ALREADY, now(), gateway_ref=look(attempt_id).gateway_ref)]
    assert looked(paid.gateway, rows=rows) == {"amount_diff": 1}


@pytest.mark.fault("F41")
def test_around_midnight_a_day_more_or_less_is_no_difference(paid):
    attempt_id = paid()
    row = look(attempt_id)
    mine = tehran_day(row.paid_at)
    for shift in (-1, 1):
        at = day_start(mine + timedelta(days=shift)) + timedelta(hours=1)
        rows = [ReportRow(GIFT, Outcome.ALREADY, at, gateway_ref=row.gateway_ref)]
        assert looked(paid.gateway, day=mine, rows=rows) == {}
        assert looked(paid.gateway, day=mine + timedelta(days=shift), rows=rows) == {"matched": 1}
    assert items() == []


def test_the_daily_look_is_taken_once_for_each_day_that_is_over(bank, paid):
    attempt_id = paid()
    day = tehran_day(look(attempt_id).paid_at)
    with clock.at(now() + timedelta(days=2)):
        assert look_at_days(bank) == 8  # four days of two gateways
        assert look_at_days(bank) == 0
    of_day = [row for row in newest([paid.gateway.name]) if row.day == day]
    assert [(row.lines, row.different, row.source) for row in of_day] == [(1, 0, "protocol")]
    assert db.session.scalar(select(ReportLine.attempt_id)) == attempt_id


def test_a_gateway_that_does_not_answer_is_asked_again_later(bank, practice_bank, app, change_settings):
    wrong = build_gateways(
        change_settings(gateways=("zibal",), zibal_access_token="stolen", zibal_report_url=practice_bank.url)
    )
    assert look_at_days(wrong) == 0
    assert db.session.scalars(select(GatewayReport)).all() == []


def test_a_file_of_saman_brings_what_no_browser_brought(app, paying, three_gateways):
    """The tab was closed: only the report knows the receipt. Saman itself is asked about it, then it is booked."""
    gateway = app.extensions["gateways"]["sep"]
    mine = replace(paying, gateway=gateway, url=three_gateways.url)
    attempt_id = mine.attempt(pledged(live_campaign(), GIFT))
    press(mine, "/OnlinePG/pay/", attempt_id, "pay")
    with three_gateways.bank.store.transaction() as book:
        (receipt,) = book.execute(
            "SELECT receipt FROM session WHERE authority = ?", (look(attempt_id).gateway_ref,)
        ).fetchone()
    number = look(attempt_id).numeric_ref
    row = ReportRow(GIFT, Outcome.ALREADY, now(), receipt_ref="forged", numeric_ref=number)
    assert looked(gateway, rows=[row]) == {"status_diff": 1}
    assert look(attempt_id).state != "paid"
    assert looked(gateway, rows=[replace(row, receipt_ref=receipt)]) == {"matched": 1}
    assert look(attempt_id).state == "paid" and items() == ["report_status"]
