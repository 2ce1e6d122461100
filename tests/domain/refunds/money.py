"""Payments as banks answer them, for people to decide about."""

from itertools import count

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.domain.ledger.rollup import place
from campaigns.domain.payments.actions import begin
from campaigns.domain.payments.claims import claim
from campaigns.domain.payments.contract import Gateway, Outcome, VerifyResult
from campaigns.domain.payments.events import open_item
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.payments.settlement import book
from campaigns.domain.refunds.actions import approve, request
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import Reason
from campaigns.gateways import build_gateways
from tests.cast import person
from tests.giving import GIFT, pledged

_numbers = count(1)
UNKNOWN = {"gateway": "zarinpal", "gateway_ref": "S1", "rials": 700_000}


def farid(**where: object) -> User:
    """Handles money."""
    return person("Farid", Role.FINANCE, **where)


def negar(**where: object) -> User:
    """Handles money as well: one decides nothing alone."""
    return person("Negar", Role.FINANCE, **where)


def gateway(app) -> Gateway:
    return build_gateways(app.config["SETTINGS"])["zarinpal"]


def paid(app, gift: Contribution, rials: int | None = None) -> PaymentAttempt:
    """The gift is paid, as `settle` books the bank's answer. `rials`: another sum than was asked for."""
    number, begun = next(_numbers), begin(gift, gateway(app))
    attempt = db.session.get_one(PaymentAttempt, begun.id)
    attempt.state, attempt.gateway_ref = "redirected", f"S{number}"
    db.session.flush()
    claimed = claim(attempt.id, "callback", {})
    assert claimed is not None
    db.session.commit()
    book(claimed, VerifyResult(Outcome.PAID, rials=rials, receipt_ref=f"R{number}"))
    return db.session.get_one(PaymentAttempt, attempt.id, populate_existing=True)


def whole(app, campaign: Campaign, rials: int = GIFT, **wish: object) -> PaymentAttempt:
    """Sara's gift, in the book of its campaign."""
    attempt = paid(app, pledged(campaign, rials, **wish))
    placed()
    return attempt


def of_another_sum(app, campaign: Campaign, rials: int = 4_000_000, **wish: object) -> ReviewItem:
    """The bank took another sum than Sara meant to give; it waits for a decision."""
    return item_of(paid(app, pledged(campaign, **wish), rials))


def item_of(attempt: PaymentAttempt) -> ReviewItem:
    return db.session.query(ReviewItem).filter_by(attempt_id=attempt.id).one()


def of_nobody(rials: int = 700_000) -> ReviewItem:
    """The bank holds money of a payment we never heard of."""
    open_item("unknown_money", f"zarinpal:sandbox:S{next(_numbers)}", UNKNOWN | {"rials": rials})
    db.session.commit()
    return db.session.query(ReviewItem).filter_by(kind="unknown_money").one()


def placed() -> None:
    """What the worker does."""
    while place():
        db.session.commit()
    db.session.commit()


def bar(campaign: Campaign) -> tuple[int, int]:
    """What the campaign's page shows: rials and gifts. The book says the same."""
    placed()
    assert queries.disagreements() == []
    row = db.session.get(CampaignRollup, campaign.id, populate_existing=True)
    shown = (row.received_rials, row.gifts) if row else (0, 0)
    assert shown == (queries.received(campaign.id), queries.gifts(campaign.id))
    return shown


def asked(attempt: PaymentAttempt, by: User, rials: int = GIFT) -> Refund:
    """Somebody asks for it to go back; committed."""
    refund = request(attempt, by, rials, Reason.DONOR, "she wrote to us")
    db.session.commit()
    return refund


def agreed(attempt: PaymentAttempt, one: User, other: User, rials: int = GIFT) -> Refund:
    """One asks for it to go back and another approves; committed."""
    refund = asked(attempt, one, rials)
    approve(refund, other)
    db.session.commit()
    return refund


def owed() -> int:
    """What the book says we owe to donors."""
    return queries.balance(accounts.REFUND_PAYABLE)
