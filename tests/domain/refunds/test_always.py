"""Whatever is asked for, agreed to or fails, in any order: the book balances and everything agrees."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.queries import wall
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.funds.actions import Plan
from campaigns.domain.funds.actions import approve as spend
from campaigns.domain.funds.actions import propose as propose_spending
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.refusals import TooLittle
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerAccount
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.refunds.actions import approve, fail, finish, refuse, request, send
from campaigns.domain.refunds.decisions import agree, propose
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.queries import standing_proposal
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.states import WrongStep
from tests.domain.refunds.money import bar, farid, negar, of_another_sum, paid, whole
from tests.giving import live_campaign, pledged
from tests.support.effort import effort

GIFT = 100_000
steps = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "ask",
                "ask",
                "approve",
                "approve",
                "approve",
                "refuse",
                "send",
                "finish",
                "fail",
                "fail",
                "decide",
                "spend",
            ]
        ),
        st.integers(0, 7),
        st.sampled_from([20_000, 40_000, 50_000, 60_000, 100_000]),
    ),
    max_size=24,
)


@effort(examples=12, steps=1)
@given(story=steps)
def test_after_any_story_everything_agrees(app, database_house, story):
    db.session.remove()
    database_house.clear()
    campaign, one, other = live_campaign(), farid(), negar()
    twice = pledged(campaign, GIFT)
    attempts = [whole(app, campaign, GIFT), paid(app, twice), paid(app, twice)]
    attempts.append(of_another_sum(app, campaign, 90_000).attempt)
    db.session.commit()
    for verb, which, rials in story:
        try:
            act(verb, which, rials, attempts, campaign, one, other)
            db.session.commit()
        except (Refused, WrongStep, TooLittle):
            db.session.rollback()
        agrees(campaign)


def act(verb, which, rials, attempts, campaign, one, other) -> None:
    refunds = db.session.query(Refund).order_by(Refund.id).all()
    if verb == "ask":
        request(attempts[which % len(attempts)], one, rials, Reason.DONOR, "she wrote")
    elif verb == "decide":
        waiting = db.session.query(ReviewItem).filter_by(state="open").order_by(ReviewItem.id).all()
        if waiting:
            item, outcome = waiting[which % len(waiting)], "allocate" if rials > 50_000 else "return"
            propose(item, one, outcome, "seen", campaign)
            agree(item, other, standing_proposal(item).public_id)
    elif verb == "spend":
        plan = Plan(
            Intent.SADAQAH, Purpose.PROJECT, rials, "فروشگاه کویر", "یک پتو", f"F-{count_of(Spending)}"
        )
        spend(propose_spending(campaign, plan, one), other)
    elif refunds:
        refund = refunds[which % len(refunds)]
        if verb == "approve":
            approve(refund, other)
        elif verb == "send":
            send(refund, one, f"P{refund.id}")
        else:
            {"refuse": refuse, "finish": finish, "fail": fail}[verb](refund, other, "the bank says so")


def count_of(table: type) -> int:
    return db.session.query(table).count()


def agrees(campaign) -> None:
    db.session.expire_all()
    received, gifts = bar(campaign)  # which also compares rollup and book
    assert gifts == len(wall(campaign.id, 99))
    assert (gifts > 0) == (received > 0)
    payable = balance(accounts.PAYABLE)
    assert payable == sum(row.rials for row in db.session.query(Spending).filter_by(state="approved"))
    assert balance(accounts.REFUND_PAYABLE) == rials_of("approved", "sent")
    assert balance(accounts.clearing("zarinpal")) == received + balance(accounts.UNALLOCATED) + balance(
        accounts.REFUND_PAYABLE
    )
    for attempt in db.session.query(PaymentAttempt):
        kept = select(func.coalesce(func.sum(Refund.rials), 0)).where(
            Refund.attempt_id == attempt.id, Refund.state.not_in(("failed", "refused"))
        )
        assert attempt.refund_reserved_rials == db.session.scalar(kept) <= attempt.captured_rials
    for account in db.session.query(LedgerAccount).filter(LedgerAccount.kind == "liability"):
        assert balance(account.code) >= 0


def rials_of(*states: str) -> int:
    total = select(func.coalesce(func.sum(Refund.rials), 0)).where(Refund.state.in_(states))
    return int(db.session.scalar(total) or 0)
