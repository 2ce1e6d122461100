"""Each invariant holds in a house that lives, and is named when somebody breaks it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.counter.batch_models import BatchLine
from campaigns.domain.counter.batches import Channel, Line, Statement, book, propose
from campaigns.domain.counter.papers import read as read_paper
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import CampaignRollup, LedgerPlace, LedgerTransfer, LedgerTxn
from campaigns.domain.ledger.seal_models import LedgerCheckpoint, LedgerDay, LedgerSubtree
from campaigns.domain.payments.models import PaymentAttempt
from tests.domain.counter.desk import an_office, taken
from tests.domain.invariants.breaking import GIFT, broken, paid, tamper
from tests.domain.ledger.book import BANK
from tests.domain.ledger.seals import placed, sleeping_triggers


@pytest.mark.usefixtures("house")
class TestAHouseThatLives:
    def test_everything_holds(self) -> None:
        assert broken() == {}

    def test_everything_holds_while_a_gift_waits_for_its_place(self, campaign: Campaign) -> None:
        paid(campaign, 9)
        assert broken() == {}

    def test_every_look_says_which_invariants_it_looks_at(self) -> None:
        assert {name for one in watch.LOOKS for name in one.names} <= set(watch.INVARIANTS)
        assert set(watch.INVARIANTS) - {name for one in watch.LOOKS for name in one.names} == set()

    def test_looking_takes_no_lock_of_a_writer(self, app: Flask) -> None:
        db.session.rollback()
        watch.look(watch.everything())
        assert not db.session().in_transaction()


@pytest.mark.fault("F48")
@pytest.mark.usefixtures("house")
class TestTheBook:
    @pytest.mark.parametrize(
        ("table", "values", "says"),
        [
            (LedgerTransfer, {"rials": 5}, "entry 1 is not what was sealed"),
            (LedgerTxn, {"kind": "gift"}, "entry 1 is not what was sealed"),
            (LedgerTxn, {"commitment": b"c" * 32}, "entry 1 is not what was sealed"),
            (LedgerTxn, {"occurred_at": now() - timedelta(days=9)}, "entry 1 is not what was sealed"),
            (LedgerPlace, {"hash": b"h" * 32}, "entry 1 is not what was sealed"),
            (LedgerPlace, {"prev_hash": b"h" * 32}, "entry 1 is not what was sealed"),
            (LedgerPlace, {"leaf_hash": b"h" * 32}, "entry 1 is not what was sealed"),
            (LedgerCheckpoint, {"tree_size": 3}, "the signature of"),
            (LedgerCheckpoint, {"root": b"h" * 32}, "the book is not the one that was signed on"),
            (LedgerCheckpoint, {"signature": b"s" * 64}, "the signature of"),
        ],
    )
    def test_what_was_changed_is_named(self, table: type, values: dict[str, object], says: str) -> None:
        tamper(table, **values)
        assert any(detail.startswith(says) for detail in broken()["I7"]), broken()

    def test_an_entry_that_was_torn_out_is_named(self) -> None:
        with sleeping_triggers("ledger_place"):
            db.session.execute(delete(LedgerPlace).where(LedgerPlace.seq == 3))
        found = broken()
        assert found.pop("I7")[0] == "entry 3 is missing"
        assert found == {
            "I5": [f"the rollup of campaign {_only_campaign()} differs from the book by 5000000 rials"],
            "I6": [
                "1 of the places up to the newest are missing",
                "1 transactions have no place and wait for none",
            ],
            "I10": ["the days of account asset:clearing:zarinpal differ from the book by 5000000 rials"],
        }

    def test_an_entry_without_a_transfer_is_named(self) -> None:
        with sleeping_triggers("ledger_transfer"):
            db.session.execute(delete(LedgerTransfer).where(LedgerTransfer.id == _last(LedgerTransfer)))
        assert broken()["I1"] == ["entry 6 moves no money"]

    def test_a_mirror_that_mirrors_something_else_is_named(self) -> None:
        with sleeping_triggers("ledger_transfer"):
            last = LedgerTransfer.id == _last(LedgerTransfer)
            db.session.execute(update(LedgerTransfer).where(last).values(rials=GIFT + 1))
        assert len(broken()["I16"]) == 1

    @pytest.mark.parametrize("wrong", [{"received_rials": 1}, {"gifts": 99}])
    def test_a_bar_somebody_touched_is_named(self, wrong: dict[str, int]) -> None:
        tamper(CampaignRollup, **wrong)
        assert len(broken()["I5"]) == 1

    def test_a_day_of_the_open_book_that_somebody_touched_is_named(self) -> None:
        tamper(LedgerDay, rials=1)
        assert len(broken()["I12"]) == 1

    def test_a_bucket_below_zero_is_named(self, campaign: Campaign) -> None:
        empty = accounts.campaign(campaign.id, "zakat")
        post("d:1", Kind.SPENDING, [Leg(empty, "liability:payable", 5)], occurred_at=now())
        placed()
        assert broken() == {"I4": [f"account {empty} is below zero"]}

    def test_a_worker_that_does_not_place_is_named(self, campaign: Campaign) -> None:
        with clock.at(now() - timedelta(seconds=90)):
            paid(campaign, 9)
        assert broken() == {"I6": ["a transaction has waited for its place for more than a minute"]}

    def test_a_trigger_that_is_gone_is_named(self, app: Flask) -> None:
        name = "no_change" if db.engine.dialect.name == "postgresql" else "no_update"
        on = " ON ledger_txn" if db.engine.dialect.name == "postgresql" else ""
        db.session.execute(text(f"DROP TRIGGER ledger_txn_{name}{on}"))
        found = broken()
        assert found == {"I7": [f"trigger ledger_txn_{name} is gone or asleep"]}

    def test_a_trigger_that_was_put_to_sleep_is_named(self, app: Flask) -> None:
        if db.engine.dialect.name != "postgresql":
            return  # SQLite's triggers do not sleep
        db.session.execute(text("ALTER TABLE ledger_txn DISABLE TRIGGER ALL"))
        assert set(broken()) == {"I6", "I7"}

    def test_money_that_is_no_whole_number_is_named(self) -> None:
        if db.engine.dialect.name == "postgresql":
            return  # its columns hold nothing else
        db.session.execute(text("UPDATE contribution SET rials = 0.5"))
        assert broken() == {"I14": ["contribution.rials holds something that is no whole number"]}


def test_higher_levels_of_the_tree_are_looked_at_as_well(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("campaigns.domain.ledger.tree", "campaigns.domain.invariants.entries"):
        monkeypatch.setattr(f"{module}.STEP", 2)
        monkeypatch.setattr(f"{module}.GROUP", 4)
    monkeypatch.setattr("campaigns.domain.invariants.entries.CHUNK", 8)
    for _ in range(37):
        own = accounts.campaign(campaign.id, "sadaqah")
        post(public_id(), Kind.CAPTURE, [Leg(BANK, own, 5)], occurred_at=now(), campaign_id=campaign.id)
    placed()
    assert broken() == {}
    for level, number in ((2, 8), (4, 1)):
        where = (LedgerSubtree.level == level, LedgerSubtree.number == number)
        kept = db.session.execute(select(LedgerSubtree.hash).where(*where)).scalar_one()
        with sleeping_triggers("ledger_subtree"):
            db.session.execute(update(LedgerSubtree).where(*where).values(hash=b"h" * 32))
        assert f"subtree {number} of level {level} is not that of its" in broken()["I7"][0]
        with sleeping_triggers("ledger_subtree"):
            db.session.execute(update(LedgerSubtree).where(*where).values(hash=kept))
    assert broken() == {}


def test_old_entries_are_looked_at_in_turn(
    app: Flask, campaign: Campaign, house: list[PaymentAttempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "WINDOW", 2)
    monkeypatch.setattr("campaigns.domain.invariants.entries.CHUNK", 1)
    seen: set[int] = set()
    for turn in range(2):
        with clock.at(now() + turn * timedelta(seconds=watch.PERIOD_SECONDS)):
            spans = watch.in_turn()
        assert list(range(spans[0].first, spans[0].last + 1)) == [5, 6]
        seen |= set(range(spans[1].first, spans[1].last + 1))
    assert seen == {1, 2, 3, 4}


def _last(table: type[LedgerTransfer]) -> int:
    return db.session.scalars(select(table.id).order_by(table.id.desc()).limit(1)).one()


def _only_campaign() -> int:
    return db.session.scalars(select(Campaign.id)).one()


class TestOfficesAndBatches:
    def test_a_drawer_that_differs_from_its_papers_is_named(self, app: Flask, campaign: Campaign) -> None:
        people = an_office()
        receipt = taken(people, campaign)
        placed()
        assert broken() == {}
        receipt.rials += 10
        db.session.commit()
        assert broken()["I19"] == ["the book has -10 rials more in the drawer of KRM1 than its papers"]

    def test_a_missing_number_is_named(self, app: Flask, campaign: Campaign) -> None:
        people = an_office()
        receipt = taken(people, campaign)
        placed()
        receipt.number = 7
        db.session.commit()
        assert broken()["I19"] == [f"the numbers of KRM1 in {receipt.year} have a gap"]

    def test_a_batch_that_says_something_else_is_named(self, app: Flask, campaign: Campaign) -> None:
        people, today = an_office(), tehran_day(now())
        paper = read_paper(b"a;b\n")
        line = Line(campaign.id, "sadaqah", 3, 30_000)
        statement = Statement(Channel.SMS, "hamgam", today, today, [line], "a.csv", paper)
        batch = propose(statement, people.farid)
        db.session.commit()
        book(batch, people.negar)
        placed()
        assert broken() == {}
        db.session.execute(update(BatchLine).values(gifts=4))
        db.session.commit()
        (found,) = broken()["I20"]
        assert found.endswith("is not what the book says")
