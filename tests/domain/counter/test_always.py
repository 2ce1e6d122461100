"""Whatever clerks do, in any order: the sheet is the book, the numbers have no gap, and everything adds up."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.counter import deposits, gifts, sheets
from campaigns.domain.counter.book import in_drawer
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Deposit, Receipt, Sheet
from campaigns.domain.counter.reasons import VoidReason
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance, received
from tests.domain.counter.desk import READER, SHEBA, an_office, handed, placed
from tests.giving import live_campaign
from tests.support.effort import effort

CASH = accounts.cash("KRM1")
VERBS = (
    *("cash", "cash", "card", "void", "void", "tomorrow", "count", "count"),
    *("confirm", "back", "again", "send", "send", "seen", "home"),
)
steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.sampled_from([10_000, 70_000, 500_000])),
    max_size=30,
)


@effort(examples=10, steps=1)
@given(story=steps)
def test_after_any_story_the_sheet_is_the_book(app, database_house, story):
    db.session.remove()
    database_house.clear()
    people, campaign, day = an_office(), live_campaign(), 0
    for turn, (verb, which, rials) in enumerate(story):
        day += verb == "tomorrow"
        with clock.at(now() + timedelta(days=day)):
            try:
                act(verb, which, rials, turn, people, campaign)
                db.session.commit()
            except Refused:
                db.session.rollback()
            agrees(people.office, campaign)
    placed()
    assert watch.look(watch.everything()) == []


def act(verb, which, rials, turn, people, campaign) -> None:
    office, zahra, hamed, farid = people.office, people.zahra, people.hamed, people.farid
    if verb == "cash":
        gifts.take(office, handed(campaign, rials), zahra, f"form {turn}")
    elif verb == "card":
        gifts.take(office, handed(campaign, rials, reader=READER, trace=str(which)), zahra, f"form {turn}")
    elif verb == "void" and (receipt := pick(Receipt, which)):
        gifts.void(receipt, hamed, VoidReason.SUM, "")
    elif verb == "count":
        counted = sheets.open_figures(office).expected_rials + (which - 2) * 10
        sheets.count(office, max(0, counted), "mistaken", zahra)
    elif verb == "send":
        deposits.send(office, rials, SHEBA, f"S-{turn}", zahra)
    elif verb in {"confirm", "back", "again"} and (sheet := pick(Sheet, which)):
        if verb == "confirm":
            sheets.confirm(sheet, farid)
        elif verb == "back":
            sheets.send_back(sheet, farid, "look again")
        else:
            sheets.count_again(sheet, max(0, sheet.expected_rials + which), "still", hamed)
    elif verb in {"seen", "home"} and (deposit := pick(Deposit, which)):
        if verb == "seen":
            deposits.confirm(deposit, farid)
        else:
            deposits.give_back(deposit, farid, "closed")


def pick(table, which):
    rows = db.session.scalars(select(table).order_by(table.id.desc())).all()
    return rows[which % len(rows)] if rows else None


def agrees(office, campaign) -> None:
    db.session.expire_all()
    open_now = sheets.open_figures(office)
    assert open_now.expected_rials == in_drawer(office)
    every = db.session.scalars(select(Sheet).order_by(Sheet.id)).all()
    for sheet in every:
        figures = sheets.figures_of(sheet)
        assert (figures.expected_rials, figures.opening_rials) == (sheet.expected_rials, sheet.opening_rials)
    for figures in (open_now, *map(sheets.figures_of, every)):
        assert all(numbers.gapless for numbers in figures.numbers)
    rows = db.session.scalars(select(Receipt).order_by(Receipt.year, Receipt.number)).all()
    for year in {row.year for row in rows}:
        numbers = [row.number for row in rows if row.year == year]
        assert numbers == list(range(1, len(numbers) + 1))
    standing = [row for row in rows if row.voided_at is None]
    by_card = sum(row.rials for row in standing if row.reader_id)
    assert balance(accounts.card_reader(READER)) == by_card
    assert received(campaign.id) == sum(row.rials for row in standing)
    gone = balance(accounts.transit(office.code)) + balance(accounts.bank(SHEBA))
    assert balance(CASH) + gone + balance(accounts.over_short(office.code)) == received(campaign.id) - by_card
