"""What people say of a claim, and what becomes of it by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.claims import bank
from campaigns.domain.claims.decisions import accept, refuse, undo
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.expiry import expire
from campaigns.domain.claims.models import BankAccount, ClaimStep
from campaigns.domain.claims.pictures import read
from campaigns.domain.claims.queries import receipts, steps
from campaigns.domain.claims.receipts import FOLDER, MOST, data_of, forget_strays, keep, lookalikes
from campaigns.domain.claims.states import TABLE, State, before
from campaigns.domain.claims.submit import Told, may_submit, submit
from tests.domain.claims.files import saved, slip
from tests.transfers import CARD, OTHER_CARD, SHEBA, credited, declared, receiving, submitted


def said(claim) -> list[tuple[str, str, str]]:
    return [(step.verb, step.before, step.after) for step in steps(claim)]


def no(reason: str, act) -> None:
    with pytest.raises(Refused) as why:
        act()
    assert why.value.reason == reason
    db.session.rollback()


class TestPeople:
    def test_one_person_finds_a_receipt_right(self, campaign, account, people):
        claim = submitted(campaign, account)
        accept(claim, people[0], two_people=False, note="compared")
        assert claim.state == State.RECEIPT_OK
        assert [verb for verb, *_ in said(claim)] == ["declare", "submit", "accept"]
        assert (steps(claim)[-1].actor_id, steps(claim)[-1].note) == (people[0].id, "compared")

    def test_a_large_one_needs_two_people(self, campaign, account, people):
        farid, negar = people
        claim = submitted(campaign, account)
        accept(claim, farid, two_people=True)
        db.session.commit()
        assert claim.state == State.SUBMITTED
        no("twice", lambda: accept(claim, farid, two_people=True))
        accept(claim, negar, two_people=True)
        assert claim.state == State.RECEIPT_OK

    def test_what_the_donor_adds_is_looked_at_by_two_again(self, campaign, account, people):
        farid, negar = people
        claim = submitted(campaign, account)
        accept(claim, farid, two_people=True)
        submit(claim, Told("9988776", None, None))
        accept(claim, negar, two_people=True)
        assert claim.state == State.SUBMITTED

    @pytest.mark.fault("O8")
    def test_nobody_decides_on_a_gift_to_their_own_campaign(self, campaign, account):
        claim = submitted(campaign, account)
        db.session.commit()
        for act in (
            lambda: accept(claim, campaign.author, two_people=False),
            lambda: refuse(claim, campaign.author, "no"),
            lambda: undo(claim, campaign.author),
        ):
            no("own", act)

    def test_a_refusal_has_a_reason_and_can_be_taken_back(self, campaign, account, people):
        claim = submitted(campaign, account)
        no("reason", lambda: refuse(claim, people[0], "  "))
        refuse(claim, people[0], "No such transfer.")
        assert (claim.state, claim.reason, claim.ended_at is not None) == (
            State.REFUSED,
            "No such transfer.",
            True,
        )
        assert not may_submit(claim)
        undo(claim, people[1])
        assert (claim.state, claim.reason, claim.ended_at) == (State.SUBMITTED, "", None)

    def test_what_was_found_right_can_be_taken_back(self, campaign, account, people):
        claim = submitted(campaign, account)
        accept(claim, people[0], two_people=False)
        undo(claim, people[1], "too early")
        assert said(claim)[-1] == ("undo", "receipt_ok", "submitted")

    def test_a_refusal_frees_the_tracking_number_for_whom_it_belongs_to(self, campaign, account, people):
        thief = submitted(campaign, account, tracking="555111")
        refuse(thief, people[0], "not yours")
        submitted(campaign, account, tracking="555111")
        no("tracking", lambda: undo(thief, people[0]))
        assert thief.state == State.REFUSED

    @pytest.mark.fault("O1")
    def test_a_tracking_number_is_told_once(self, campaign, account):
        submitted(campaign, account, tracking="555111")
        other = declared(campaign, account)
        no("tracking", lambda: submit(other, Told("555111", None, None)))
        assert other.state == State.AWAITING

    def test_nothing_is_decided_about_what_is_in_the_book(self, campaign, account, people):
        claim = submitted(campaign, account)
        credited(claim)
        for act in (
            lambda: accept(claim, people[0], two_people=False),
            lambda: refuse(claim, people[0], "no"),
            lambda: undo(claim, people[0]),
            lambda: submit(claim, Told(None, None, None)),
        ):
            no("moved", act)

    def test_history_is_never_changed(self, campaign, account):
        claim = declared(campaign, account)
        step = db.session.scalars(select(ClaimStep).where(ClaimStep.claim_id == claim.id)).one()
        step.note = "otherwise"
        with pytest.raises(DBAPIError):
            db.session.commit()
        db.session.rollback()

    def test_only_credited_is_final(self):
        assert [state for state, to in TABLE.items() if not to] == [State.CREDITED]
        assert set(before(State.CREDITED)) == set(State) - {State.CREDITED}


class TestDeadline:
    def test_only_what_nothing_was_heard_of_expires(self, campaign, account):
        silent, told, early = (
            declared(campaign, account),
            submitted(campaign, account),
            declared(campaign, account),
        )
        for claim in (silent, told):
            claim.deadline = now() - timedelta(minutes=1)
        db.session.commit()
        assert expire() == 1
        db.session.commit()
        found = [claim.state for claim in (silent, told, early)]
        assert found == [State.EXPIRED, State.SUBMITTED, State.AWAITING]
        assert said(silent)[-1] == ("expire", "awaiting", "expired")
        assert expire() == 0

    def test_who_is_late_may_still_say_so(self, campaign, account):
        claim = declared(campaign, account)
        claim.deadline = now() - timedelta(days=3)
        db.session.commit()
        expire()
        submit(claim, Told("4443331", None, None))
        assert (claim.state, claim.holds_amount, claim.ended_at) == (State.SUBMITTED, True, None)


class TestReceipts:
    def test_a_receipt_is_kept_in_a_private_folder(self, campaign, account, tmp_path):
        claim = submitted(campaign, account)
        row = keep(claim, read(saved(slip())), tmp_path)
        path = tmp_path / FOLDER / row.stored
        assert path.stat().st_mode & 0o077 == 0 and path.parent.stat().st_mode & 0o077 == 0
        assert data_of(row, tmp_path) == path.read_bytes() and row.size == path.stat().st_size

    def test_the_same_file_twice_is_one_receipt_and_five_are_enough(self, campaign, account, tmp_path):
        claim = submitted(campaign, account)
        for number in (1, 1, *range(2, MOST + 1)):
            keep(claim, read(b"%%PDF-%d" % number), tmp_path)
        assert len(receipts(claim)) == MOST
        with pytest.raises(Refused):
            keep(claim, read(b"%PDF-9"), tmp_path)

    def test_a_file_whose_commit_failed_is_forgotten_after_a_day(self, campaign, account, tmp_path):
        claim = submitted(campaign, account)
        named = keep(claim, read(b"%PDF-1.7 named"), tmp_path).stored
        db.session.commit()
        lost = keep(claim, read(b"%PDF-1.7 lost"), tmp_path).stored
        db.session.rollback()
        assert forget_strays(tmp_path) == 0
        with clock.at(now() + timedelta(days=2)):
            assert forget_strays(tmp_path) == 1
        assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [named] != [lost]

    @pytest.mark.fault("O2")
    def test_the_same_receipt_for_two_gifts_is_marked(self, campaign, account, tmp_path):
        one, other, third = (submitted(campaign, account) for _ in range(3))
        first = keep(one, read(saved(slip())), tmp_path)
        again = keep(other, read(saved(slip(), "PNG")), tmp_path)
        keep(third, read(saved(slip("1,204,480"))), tmp_path)
        assert lookalikes(first) == [again] and lookalikes(again) == [first]
        papers = [keep(claim, read(b"%PDF-1.7 x"), tmp_path) for claim in (one, other)]
        assert lookalikes(papers[0]) == [papers[1]]


class TestAccounts:
    def test_donors_see_an_account_once_two_people_have(self, people):
        farid, negar = people
        account = bank.propose(None, CARD, SHEBA, "سازمان", "بانک", farid)
        db.session.commit()
        assert bank.receiving() == []
        no("own", lambda: bank.switch_on(account, farid))
        bank.switch_on(account, negar)
        assert [one.card_number for one in bank.receiving()] == [CARD]
        bank.switch_off(account)
        assert bank.receiving() == []
        no("moved", lambda: bank.switch_off(account))

    def test_a_card_or_sheba_stands_here_once(self, people):
        farid, negar = people
        receiving(farid, negar)
        no("taken", lambda: bank.propose(None, CARD, None, "x", "y", farid))
        no("taken", lambda: bank.propose(None, OTHER_CARD, SHEBA, "x", "y", farid))

    def test_what_was_refused_can_be_written_down_anew(self, people):
        farid, _negar = people
        bank.refuse(bank.propose(None, CARD, SHEBA, "wrong", "y", farid))
        account = bank.propose(None, CARD, SHEBA, "right", "y", farid)
        db.session.commit()
        assert db.session.get_one(BankAccount, account.id).holder == "right"
