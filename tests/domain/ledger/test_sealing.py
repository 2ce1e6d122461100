"""Places are sealed: what is sealed, in which order, by however many at once, whatever dies on the way."""

import signal
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from campaigns.base import chain, clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.contributions import commitment
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts, publishing, rollup, tree
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerPlace, LedgerTxn, LedgerUnplaced
from campaigns.domain.ledger.queries import disagreements
from campaigns.domain.ledger.seal_models import LedgerDay, LedgerSubtree
from campaigns.domain.ledger.tree import KeptTree
from tests.domain.ledger.book import BANK, capture, mirror
from tests.domain.ledger.seals import leaves, placed, verified
from tests.giving import live_campaign
from tests.support.crowds import at_once
from tests.support.processes import Launcher, wait_until
from tests.support.proofs import consistent
from tools.verify_ledger import check_proof


@pytest.fixture
def campaign(app):
    return live_campaign()


class TestLeaves:
    def test_a_gift_is_said_by_day_and_public_ids_alone(self, campaign):
        with clock.at(datetime(2026, 11, 20, 21, 30, tzinfo=UTC)):  # after midnight in Tehran
            capture(campaign, 500, "cap:1")
        placed()
        (leaf,) = leaves()
        txn = db.session.scalars(select(LedgerTxn)).one()
        own = f"liability:campaign:{campaign.public_id}:sadaqah"
        assert leaf == {
            "campaign": campaign.public_id,
            "commitment": None,
            "day": "2026-11-21",
            "kind": "capture",
            "legs": [{"credit": own, "debit": "asset:clearing:zarinpal", "rials": 500}],
            "reverses": None,
            "seq": 1,
            "txn": txn.public_id,
        }

    def test_a_mirror_names_what_it_mirrors(self, campaign):
        txn_id = capture(campaign, 500, "cap:1")
        mirror(campaign, 500, txn_id)
        placed()
        first, second = leaves()
        assert (first["reverses"], second["reverses"]) == (None, first["txn"])

    def test_accounts_of_others_are_told_apart_and_not_told(self, app):
        two = ["asset:bank:IR060120000000003100000001", "asset:bank:IR060120000000003100000002"]
        for code in two:
            post(f"x:{code}", "deposit", [Leg(code, accounts.UNALLOCATED, 5)], occurred_at=now())
        placed()
        debits = [leaf["legs"][0]["debit"] for leaf in leaves()]
        assert len(set(debits)) == 2
        assert all(code.startswith("asset:bank:~") and "IR06" not in code for code in debits)


class TestCommitments:
    def test_only_who_has_the_salt_can_show_that_a_line_is_their_gift(self, campaign):
        salt = b"s" * 16
        made = commitment.committed(salt, "ABCDEFGHJKM")
        leg = Leg(BANK, accounts.campaign(campaign.id, "sadaqah"), 5)
        post("cap:1", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign.id, commitment=made)
        placed()
        assert leaves()[0]["commitment"] == made.hex() == chain.commitment(salt, "ABCDEFGHJKM").hex()
        (entry,) = publishing.proofs(made)
        proof = {"code": "ABCDEFGHJKM", "salt": salt.hex(), "entries": [entry]}
        assert list(check_proof(proof)) == [1]

    def test_a_gift_without_a_salt_promises_nothing(self):
        assert commitment.committed(None, "ABCDEFGHJKM") is None


class TestTheTree:
    @pytest.fixture(autouse=True)
    def _small_groups(self, monkeypatch):
        """Four hashes a group instead of 256, so that a short book has several kept levels."""
        monkeypatch.setattr(tree, "STEP", 2)
        monkeypatch.setattr(tree, "GROUP", 4)

    @settings(max_examples=15)
    @given(batches=st.lists(st.integers(1, 23), min_size=1, max_size=6))
    def test_every_entry_is_proved_and_every_state_is_a_beginning(self, app, database_house, batches):
        db.session.remove()
        database_house.clear()
        campaign, roots = live_campaign(), {}
        for number, count in enumerate(batches):
            for gift in range(count):
                capture(campaign, 10, f"cap:{number}:{gift}")
            placed()
            book = verified()
            kept = KeptTree(db.session)
            roots[book.size] = kept.root(book.size)
            assert roots[book.size] == book.root()
        size = max(roots)
        for earlier, root in roots.items():
            assert consistent(earlier, size, root, roots[size], kept.consistency(earlier, size))
        assert db.session.scalar(select(func.count()).select_from(LedgerSubtree)) == sum(
            size // 4**power for power in range(1, 5)
        )

    def test_a_proof_reads_no_more_than_two_groups_a_level(self, campaign, monkeypatch):
        for number in range(70):
            capture(campaign, 10, f"cap:{number}")
        placed()
        asked = []
        real = KeptTree.group
        monkeypatch.setattr(
            KeptTree, "group", lambda self, *which: (asked.append(which), real(self, *which))[1]
        )
        for seq in (1, 33, 70):
            asked.clear()
            KeptTree(db.session).inclusion(seq, 70)
            levels = [level for level, _number in set(asked)]
            assert max(levels.count(level) for level in levels) <= 2


def test_the_sums_by_day_are_those_of_the_lines(campaign):
    with clock.at(datetime(2026, 11, 20, 8, tzinfo=UTC)):
        first = capture(campaign, 100, "cap:1")
        capture(campaign, 30, "cap:2")
        capture(campaign, 7, "cap:3", intent="zakat")
    with clock.at(datetime(2026, 11, 21, 8, tzinfo=UTC)):
        mirror(campaign, 100, first)
    placed()
    rows = db.session.scalars(select(LedgerDay).order_by(LedgerDay.day, LedgerDay.account_id)).all()
    found = [(row.day.isoformat(), row.kind, row.rials, row.entries) for row in rows]
    assert found == [
        ("2026-11-20", "capture", 130, 2),
        ("2026-11-20", "capture", 7, 1),
        ("2026-11-21", "reversal", -100, 1),
    ]


@pytest.mark.fault("F47")
def test_sealers_at_once_while_donors_give_make_one_chain(app, campaign):
    campaign_id = campaign.id

    def act(number: int) -> None:
        if number % 3 == 0:
            for _ in range(5):
                rollup.place()
                db.session.commit()
            return
        for gift in range(4):
            leg = Leg(BANK, accounts.campaign(campaign_id, "sadaqah"), 10)
            post(f"cap:{number}:{gift}", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign_id)
            db.session.commit()

    at_once(app, 12, act)
    placed()
    book = verified()
    assert book.size == 32
    assert book.received == {campaign.public_id: 320}


@pytest.mark.fault("F47")
@pytest.mark.server
def test_a_worker_killed_while_it_seals_leaves_a_whole_book(app, campaign, launcher: Launcher):
    """Killed again and again, wherever it happens to be; the next one goes on where the book ends."""
    for number in range(1_500):
        leg = Leg(BANK, accounts.campaign(campaign.id, "sadaqah"), 10)
        post(f"cap:{number}", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign.id)
    db.session.commit()

    def waiting() -> int:
        found = db.session.scalar(select(func.count()).select_from(LedgerUnplaced)) or 0
        db.session.rollback()
        return found

    kills = 0
    while waiting():
        before, worker = waiting(), launcher.worker()
        wait_until(lambda before=before: waiting() < before)
        worker.kill()
        assert worker.process.returncode == -signal.SIGKILL
        kills += 1
        assert verified().size == 1_500 - waiting()
        assert disagreements() == []
    assert kills >= 1
    assert verified().received == {campaign.public_id: 15_000}
    assert db.session.scalar(select(func.count()).select_from(LedgerPlace)) == 1_500


def test_what_is_left_of_a_gift_whose_salt_is_erased_is_a_line_nobody_can_claim(app, campaign):
    from_sara = Contribution(campaign_id=campaign.id, rials=500, intent="sadaqah", form_key="f")
    db.session.add(from_sara)
    db.session.flush()
    made = commitment.committed(from_sara.salt, from_sara.code)
    leg = Leg(BANK, accounts.campaign(campaign.id, "sadaqah"), 500)
    post("cap:1", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign.id, commitment=made)
    placed()
    before = verified()
    commitment.cut(from_sara.id)
    db.session.commit()
    assert commitment.committed(from_sara.salt, from_sara.code) is None
    assert verified().head == before.head
