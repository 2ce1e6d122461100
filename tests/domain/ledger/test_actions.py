import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import AlreadyPosted, Leg, mirror, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerPlace, LedgerTransfer, LedgerTxn, LedgerUnplaced
from campaigns.domain.ledger.queries import balance
from campaigns.domain.ledger.rollup import place
from tests.cast import leila
from tests.domain.ledger.book import BANK, capture
from tests.giving import live_campaign
from tests.support.crowds import at_once

FEE = accounts.fee("zarinpal")


@pytest.fixture
def campaign(app):
    return live_campaign()


def rows(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


class TestPosting:
    def test_a_gift_moves_money_from_the_gateway_to_the_campaign(self, campaign):
        own = accounts.campaign(campaign.id, "sadaqah")
        legs = [Leg(BANK, own, 5_000_000), Leg(FEE, BANK, 25_000)]
        post(
            "cap:1", Kind.CAPTURE, legs, occurred_at=now(), campaign_id=campaign.id, reference=("attempt", 7)
        )
        assert (balance(own), balance(BANK), balance(FEE)) == (5_000_000, 4_975_000, 25_000)
        row = db.session.scalars(select(LedgerTxn)).one()
        assert (row.kind, row.reference_kind, row.reference_id) == ("capture", "attempt", 7)
        assert rows(LedgerUnplaced) == 1

    def test_the_same_event_twice_is_one_transaction(self, campaign):
        first = capture(campaign, 100, "cap:1")
        assert capture(campaign, 100, "cap:1") == first
        assert (rows(LedgerTxn), rows(LedgerTransfer), rows(LedgerUnplaced)) == (1, 1, 1)

    def test_another_event_with_the_same_key_is_refused(self, campaign):
        own = accounts.campaign(campaign.id, "sadaqah")
        capture(campaign, 100, "cap:1")
        with pytest.raises(AlreadyPosted):
            capture(campaign, 200, "cap:1")
        with pytest.raises(AlreadyPosted):
            capture(campaign, 100, "cap:1", intent="zakat")
        with pytest.raises(AlreadyPosted):
            post("cap:1", Kind.UNALLOCATED, [Leg(BANK, own, 100)], occurred_at=now(), campaign_id=campaign.id)
        db.session.rollback()
        assert rows(LedgerTransfer) == 1

    def test_what_is_taken_back_says_who_took_it_back(self, campaign):
        capture(campaign, 100, "cap:1")
        officer = leila()
        mirror("cap:1", Kind.REVERSAL, occurred_at=now(), actor_id=officer.id)
        assert db.session.scalars(select(LedgerTxn.actor_id).order_by(LedgerTxn.id)).all() == [
            None,
            officer.id,
        ]

    @pytest.mark.parametrize("rials", [0, -1, True, 1.0, "5"])
    def test_only_positive_whole_rials_move(self, campaign, rials):
        with pytest.raises(ValueError, match="positive whole"):
            post("x", Kind.CAPTURE, [Leg(BANK, accounts.UNALLOCATED, rials)], occurred_at=now())

    def test_money_does_not_move_from_an_account_to_itself(self, campaign):
        with pytest.raises(ValueError, match="two accounts"):
            post("x", Kind.CAPTURE, [Leg(BANK, BANK, 1)], occurred_at=now())

    def test_a_transaction_needs_a_transfer(self, campaign):
        with pytest.raises(ValueError, match="needs a transfer"):
            post("x", Kind.CAPTURE, [], occurred_at=now())

    def test_nothing_is_left_of_a_posting_whose_transaction_fails(self, campaign):
        post("x", Kind.CAPTURE, [Leg(BANK, accounts.UNALLOCATED, 1)], occurred_at=now())
        db.session.rollback()
        assert rows(LedgerTxn) == 0


def test_twenty_who_post_the_same_event_at_once_post_it_once(app, campaign):
    campaign_id = campaign.id

    def try_it(_number: int) -> int:
        leg = Leg(BANK, accounts.campaign(campaign_id, "sadaqah"), 100)
        txn_id = post("cap:1", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign_id)
        db.session.commit()
        return txn_id

    assert len(set(at_once(app, 20, try_it))) == 1
    assert (rows(LedgerTxn), rows(LedgerTransfer), rows(LedgerUnplaced)) == (1, 1, 1)


class TestAppendOnly:
    @pytest.fixture(autouse=True)
    def _a_placed_gift(self, campaign):
        capture(campaign, 100, "cap:1")
        place()
        db.session.commit()

    @pytest.mark.parametrize("table", [LedgerTxn, LedgerTransfer, LedgerPlace])
    def test_nobody_deletes_a_row_of_the_book(self, table):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(delete(table))
        db.session.rollback()
        assert rows(table) == 1

    @pytest.mark.parametrize(
        ("table", "change"),
        [(LedgerTxn, {"kind": "gift"}), (LedgerTransfer, {"rials": 1}), (LedgerPlace, {"seq": 9})],
    )
    def test_nobody_changes_a_row_of_the_book(self, table, change):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(update(table).values(change))
        db.session.rollback()

    def test_nobody_empties_the_book(self, app):
        if db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite has no TRUNCATE")
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text("TRUNCATE ledger_txn CASCADE"))
        db.session.rollback()
