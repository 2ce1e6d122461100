"""Each open claim of an account is asked for an amount of its own, whoever declares at once."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.codes import new_code, new_salt, public_id
from campaigns.base.extensions import db
from campaigns.domain.claims.amounts import MOST, SUFFIXES, free
from campaigns.domain.claims.decisions import refuse, undo
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.expiry import expire
from campaigns.domain.claims.models import BankAccount, TransferClaim
from campaigns.domain.claims.states import OPEN, State
from campaigns.domain.claims.submit import Told, submit
from campaigns.domain.contributions.models import Contribution
from tests.giving import live_campaign, pledged
from tests.support.crowds import at_once
from tests.transfers import GIFT, HOURS, OTHER_CARD, credited, declare, declared, receiving, two_people

NOTHING = Told(None, None, None)
amounts = st.sets(st.integers(1, 1_100).map(lambda tomans: GIFT + tomans * 10))


def all_claims() -> list[TransferClaim]:
    query = select(TransferClaim).order_by(TransferClaim.id).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def agrees() -> None:
    """No two open claims that hold their amount were asked for the same; each is a little more than its gift."""
    held = [claim for claim in all_claims() if claim.state in OPEN and claim.holds_amount]
    assert len({(claim.bank_account_id, claim.expected_rials) for claim in held}) == len(held)
    for claim in all_claims():
        assert claim.expected_rials == claim.base_rials + claim.suffix_rials
        assert claim.suffix_rials in SUFFIXES or not claim.holds_amount


def all_taken(campaign, account) -> None:
    """999 people have declared the same gift."""
    moment, rows = now(), []
    for number in range(MOST):
        gift = {"campaign_id": campaign.id, "rials": GIFT, "intent": "sadaqah", "form_key": f"f-{number}"}
        rows.append(gift | {"code": new_code(), "salt": new_salt(), "public_id": public_id()})
    db.session.execute(insert(Contribution), rows)
    ids = db.session.scalars(select(Contribution.id).where(Contribution.form_key.startswith("f-"))).all()
    whole = {"bank_account_id": account.id, "base_rials": GIFT, "deadline": moment + timedelta(hours=HOURS)}
    db.session.execute(
        insert(TransferClaim),
        [
            whole | {"contribution_id": gift_id, "suffix_rials": suffix, "expected_rials": GIFT + suffix}
            for gift_id, suffix in zip(ids, SUFFIXES, strict=True)
        ],
    )
    db.session.commit()


@given(held=amounts, recent=amounts)
def test_a_free_amount_is_held_by_nobody_and_rather_was_not_lately(held, recent):
    found = {GIFT + suffix for suffix in free(GIFT, held, recent)}
    everything = {GIFT + suffix for suffix in SUFFIXES}
    assert found == (everything - held - recent or everything - held)


def test_a_gift_is_asked_for_with_one_to_999_tomans_more(campaign, account):
    claim = declared(campaign, account)
    assert claim.expected_rials - GIFT in range(10, 10_000, 10)
    assert claim.holds_amount


def test_twenty_people_who_declare_at_once_are_asked_for_twenty_amounts(app, campaign, account):
    account_id, gifts = account.id, [pledged(campaign, GIFT) for _ in range(20)]
    ids = [gift.id for gift in gifts]

    def one(number: int) -> int:
        claim = declare(db.session.get_one(Contribution, ids[number]), [account_id], HOURS)
        rials = claim.expected_rials
        db.session.commit()
        return rials

    assert len(set(at_once(app, 20, one))) == 20
    agrees()


def test_five_people_at_once_and_three_amounts_left(app, campaign, account):
    """Three get one of their own; the others are found by their card and the day."""
    all_taken(campaign, account)
    for claim in all_claims()[100:103]:
        claim.state, claim.ended_at = State.EXPIRED.value, now()
    db.session.commit()
    account_id, ids = account.id, [pledged(campaign, GIFT).id for _ in range(5)]

    def one(number: int) -> bool:
        claim = declare(db.session.get_one(Contribution, ids[number]), [account_id], HOURS)
        holds = claim.holds_amount
        db.session.commit()
        return holds

    assert sorted(at_once(app, 5, one)) == [False, False, True, True, True]
    agrees()


@pytest.mark.fault("O6")
def test_when_all_are_taken_the_next_account_is_used_and_then_the_bare_amount(campaign, account, people):
    all_taken(campaign, account)
    bare = declared(campaign, account)
    assert (bare.expected_rials, bare.suffix_rials, bare.holds_amount) == (GIFT, 0, False)
    other = receiving(*people, card=OTHER_CARD, sheba=None)
    claim = declare(pledged(campaign, GIFT), [account.id, other.id], HOURS)
    assert (claim.bank_account_id, claim.holds_amount) == (other.id, True)
    db.session.commit()
    agrees()


def test_two_accounts_may_be_asked_for_the_same(campaign, account, people):
    all_taken(campaign, account)
    other = receiving(*people, card=OTHER_CARD, sheba=None)
    assert declared(campaign, other).holds_amount


def test_an_amount_that_lapsed_is_given_again_only_when_no_other_is_left(campaign, account):
    all_taken(campaign, account)
    early, late = all_claims()[:2]
    early.state, early.ended_at = State.EXPIRED.value, now()
    early.declared_at = now() - timedelta(days=40)
    late.state, late.ended_at = State.EXPIRED.value, now()
    db.session.commit()
    assert declared(campaign, account).expected_rials == early.expected_rials
    assert declared(campaign, account).expected_rials == late.expected_rials
    agrees()


def test_who_is_late_and_lost_the_amount_to_another_is_found_by_card_and_day(campaign, account):
    all_taken(campaign, account)
    claim = all_claims()[7]
    claim.state, claim.ended_at = State.EXPIRED.value, now()
    db.session.commit()
    other = declared(campaign, account)
    assert other.expected_rials == claim.expected_rials
    submit(claim, NOTHING)
    db.session.commit()
    assert (claim.state, claim.holds_amount) == (State.SUBMITTED, False)
    agrees()


STORY = st.lists(
    st.tuples(
        st.sampled_from(["declare", "submit", "expire", "refuse", "undo", "credit"]), st.integers(0, 9)
    ),
    max_size=20,
)


@settings(max_examples=25)
@given(story=STORY)
def test_after_any_story_no_amount_is_held_twice(app, database_house, story):
    db.session.remove()
    database_house.clear()
    campaign, (farid, negar) = live_campaign(), two_people()
    account = receiving(farid, negar)
    hours = 0
    for verb, number in story:
        claims = all_claims()
        hours += HOURS + 1 if verb == "expire" else 0
        with clock.at(now() + timedelta(hours=hours)):
            try:
                act(verb, number, claims, campaign, account, negar)
                db.session.commit()
            except Refused:
                db.session.rollback()
        agrees()


def act(verb: str, number: int, claims: list[TransferClaim], campaign, account: BankAccount, negar) -> None:
    claim = claims[number % len(claims)] if claims else None
    if verb == "declare":
        declared(campaign, account, GIFT + number % 3 * 1_000)
    elif verb == "expire":
        expire()
    elif claim is None:
        return
    elif verb == "submit":
        submit(claim, Told(f"1000{number}", None, None))
    elif verb == "refuse":
        refuse(claim, negar, "nothing came")
    elif verb == "undo":
        undo(claim, negar)
    elif claim.state != State.CREDITED:
        credited(claim)
