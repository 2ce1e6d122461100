"""The day ends: what the book says, what was counted, a second person, and the cash on its way to the bank."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.counter import deposits, gifts, sheets
from campaigns.domain.counter.book import in_drawer
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Receipt
from campaigns.domain.counter.reasons import VoidReason
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from tests.domain.counter.desk import READER, SHEBA, an_office, taken
from tests.giving import live_campaign


@pytest.fixture
def people(app):
    return an_office()


@pytest.fixture
def campaign(app):
    return live_campaign()


def refused(act) -> str:
    with pytest.raises(Refused) as why:
        act()
    db.session.rollback()
    return why.value.code


def counted(people, rials: int, reason: str = ""):
    sheet = sheets.count(people.office, rials, reason, people.zahra)
    db.session.commit()
    return sheet


def confirmed(people, sheet):
    sheets.confirm(sheet, people.farid)
    db.session.commit()


class TestTheSheet:
    def test_it_says_what_the_book_says(self, people, campaign):
        taken(people, campaign, 300_000)
        wrong = taken(people, campaign, 900_000)
        taken(people, campaign, 500_000, reader=READER, trace="1")
        gifts.void(wrong, people.hamed, VoidReason.SUM, "")
        db.session.commit()
        figures = sheets.open_figures(people.office)
        assert (figures.moves.taken, figures.moves.voided) == (1_200_000, 900_000)
        assert figures.expected_rials == balance(accounts.cash("KRM1")) == 300_000
        assert figures.card_rials == balance(accounts.card_reader(READER)) == 500_000
        (numbers,) = figures.numbers
        assert (numbers.first, numbers.last, numbers.written, numbers.voided) == (1, 3, 3, 1)
        assert numbers.gapless
        sheet = counted(people, 300_000)
        assert sheets.figures_of(sheet) == figures
        assert (sheet.expected_rials, sheet.difference_rials) == (300_000, 0)

    def test_after_it_gifts_are_the_next_days(self, people, campaign):
        first = taken(people, campaign)
        counted(people, 500_000)
        evening = taken(people, campaign)
        today = tehran_day(now())
        assert (first.day, evening.day) == (today, today + timedelta(days=1))
        assert refused(lambda: sheets.count(people.office, 1_000_000, "", people.zahra)) == "early"
        assert refused(lambda: gifts.void(first, people.hamed, VoidReason.SUM, "")) == "day"
        with clock.at(now() + timedelta(days=1)):
            sheet = counted(people, 1_000_000)
        assert (sheet.opening_rials, sheet.expected_rials) == (500_000, 1_000_000)

    def test_a_day_nobody_ended_is_on_the_next_sheet(self, people, campaign):
        taken(people, campaign)
        with clock.at(now() + timedelta(days=2)):
            taken(people, campaign)
            sheet = counted(people, 1_000_000)
        assert (sheet.last_day - sheet.first_day).days == 2
        assert {row.sheet_id for row in db.session.scalars(select(Receipt))} == {sheet.id}

    def test_a_difference_needs_a_reason_and_a_second_person(self, people, campaign):
        taken(people, campaign, 500_000)
        assert refused(lambda: sheets.count(people.office, 450_000, " ", people.zahra)) == "reason"
        sheet = counted(people, 450_000, "پول خرد اشتباه شد")
        assert balance(accounts.cash("KRM1")) == 500_000 and in_drawer(people.office) == 450_000
        assert refused(lambda: sheets.confirm(sheet, people.zahra)) == "own"
        confirmed(people, sheet)
        assert balance(accounts.cash("KRM1")) == 450_000 == in_drawer(people.office)
        assert balance(accounts.over_short("KRM1")) == 50_000
        assert refused(lambda: sheets.confirm(sheet, people.negar)) == "moved"

    def test_too_much_is_posted_the_other_way(self, people, campaign):
        taken(people, campaign, 500_000)
        confirmed(people, counted(people, 520_000, "کسی بقیهٔ پولش را نگرفت"))
        assert balance(accounts.cash("KRM1")) == 520_000
        assert balance(accounts.over_short("KRM1")) == -20_000

    def test_sent_back_it_is_counted_once_more(self, people, campaign):
        taken(people, campaign, 500_000)
        sheet = counted(people, 50_000, "?")
        assert refused(lambda: sheets.count_again(sheet, 500_000, "", people.zahra)) == "moved"
        sheets.send_back(sheet, people.farid, "یک صفر کم است")
        db.session.commit()
        sheets.count_again(sheet, 500_000, "", people.zahra)
        db.session.commit()
        confirmed(people, sheet)
        assert balance(accounts.over_short("KRM1")) == 0

    def test_once_the_next_day_is_counted_it_is_not_sent_back(self, people, campaign):
        taken(people, campaign, 500_000)
        first = counted(people, 490_000, "?")
        with clock.at(now() + timedelta(days=1)):
            second = counted(people, 490_000)
        assert second.expected_rials == 490_000
        assert refused(lambda: sheets.send_back(first, people.farid, "-")) == "later"
        confirmed(people, first)
        confirmed(people, second)
        assert balance(accounts.cash("KRM1")) == 490_000


class TestTheBank:
    def test_two_people_bring_cash_to_the_bank(self, people, campaign):
        taken(people, campaign, 500_000)
        deposit = deposits.send(people.office, 400_000, SHEBA, "S-1", people.zahra)
        db.session.commit()
        assert (balance(accounts.cash("KRM1")), balance(accounts.transit("KRM1"))) == (100_000, 400_000)
        assert refused(lambda: deposits.confirm(deposit, people.zahra)) == "own"
        deposits.confirm(deposit, people.farid)
        db.session.commit()
        assert (balance(accounts.transit("KRM1")), balance(accounts.bank(SHEBA))) == (0, 400_000)
        assert refused(lambda: deposits.confirm(deposit, people.negar)) == "moved"
        assert sheets.open_figures(people.office).expected_rials == 100_000

    def test_no_more_than_is_there_and_no_slip_twice(self, people, campaign):
        taken(people, campaign, 500_000)
        assert refused(lambda: deposits.send(people.office, 500_010, SHEBA, "S-1", people.zahra)) == "amount"
        assert refused(lambda: deposits.send(people.office, 0, SHEBA, "S-1", people.zahra)) == "amount"
        deposit = deposits.send(people.office, 100_000, SHEBA, "S-1", people.zahra)
        db.session.commit()
        assert refused(lambda: deposits.send(people.office, 100_000, SHEBA, "S-1", people.zahra)) == "slip"
        deposits.give_back(deposit, people.farid, "بانک بسته بود")
        db.session.commit()
        assert balance(accounts.cash("KRM1")) == 500_000
        deposits.send(people.office, 100_000, SHEBA, "S-1", people.zahra)

    def test_what_is_at_the_bank_is_not_voided_any_more(self, people, campaign):
        receipt = taken(people, campaign, 500_000)
        deposits.send(people.office, 400_000, SHEBA, "S-1", people.zahra)
        db.session.commit()
        assert refused(lambda: gifts.void(receipt, people.hamed, VoidReason.SUM, "")) == "drawer"
