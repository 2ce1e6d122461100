"""Sixteen clerks at once: no gap, no number twice, no gift twice."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.counter import gifts, sheets
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Office, Receipt, Sheet
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from tests.domain.counter.desk import an_office, handed
from tests.giving import live_campaign
from tests.support.crowds import at_once

CLERKS, EACH = 16, 4


def numbers() -> list[int]:
    return list(db.session.scalars(select(Receipt.number).order_by(Receipt.number)))


def test_numbers_have_no_gap_under_sixteen_clerks_and_their_mistakes(app):
    people, campaign = an_office(), live_campaign()
    office_id, clerk_id, wish = people.office.id, people.zahra.id, handed(campaign)

    def act(number: int) -> None:
        for turn in range(EACH):
            office, clerk = db.session.get_one(Office, office_id), db.session.get_one(User, clerk_id)
            gifts.take(office, wish, clerk, f"{number}:{turn}")
            if (number + turn) % 3 == 0:
                db.session.rollback()
            else:
                db.session.commit()

    at_once(app, CLERKS, act)
    done = sum((number + turn) % 3 != 0 for number in range(CLERKS) for turn in range(EACH))
    assert numbers() == list(range(1, done + 1))
    assert balance(accounts.cash("KRM1")) == done * 500_000


def test_a_form_sent_by_sixteen_at_once_is_one_gift(app):
    people, campaign = an_office(), live_campaign()
    office_id, clerk_id, wish = people.office.id, people.zahra.id, handed(campaign)

    def act(_number: int) -> str:
        office, clerk = db.session.get_one(Office, office_id), db.session.get_one(User, clerk_id)
        receipt, _new = gifts.take(office, wish, clerk, "the same")
        name = receipt.named
        db.session.commit()
        return name

    assert len(set(at_once(app, CLERKS, act))) == 1
    assert numbers() == [1] and balance(accounts.cash("KRM1")) == 500_000


def test_a_day_that_ends_among_gifts_has_one_sheet_that_is_right(app):
    people, campaign = an_office(), live_campaign()
    office_id, clerk_id, wish = people.office.id, people.zahra.id, handed(campaign)

    def act(number: int) -> None:
        office, clerk = db.session.get_one(Office, office_id), db.session.get_one(User, clerk_id)
        try:
            if number in {5, 9}:
                sheets.count(office, 0, "in a hurry", clerk)
            else:
                gifts.take(office, wish, clerk, str(number))
            db.session.commit()
        except Refused:
            db.session.rollback()

    at_once(app, CLERKS, act)
    (sheet,) = db.session.scalars(select(Sheet)).all()
    on_it = len(db.session.scalars(select(Receipt).where(Receipt.sheet_id == sheet.id)).all())
    assert sheet.expected_rials == on_it * 500_000 == sheets.figures_of(sheet).expected_rials
    assert numbers() == list(range(1, CLERKS - 1))
    assert {
        row.day == sheet.last_day
        for row in db.session.scalars(select(Receipt).where(Receipt.sheet_id.is_(None)))
    } <= {False}
