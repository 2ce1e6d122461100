"""What may still be taken from an account of a campaign, for everything that takes: spendings, refunds, reversals."""

from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.states import RefundState

UNDER_WAY = (RefundState.APPROVED.value, RefundState.SENT.value)


def held_free(account: str) -> int:
    """Rials that may be taken now. Nobody else decides on this account before the transaction ends; donors do not
    wait.
    """
    accounts.hold(account)
    return balance(account) - being_reversed(account)


def being_reversed(account: str) -> int:
    """What a gateway was asked to take back from this account: the book has it until the gateway has answered."""
    query = select(func.coalesce(func.sum(Refund.rials), 0)).where(
        Refund.account == account, Refund.reverse_until.is_not(None), Refund.state.in_(UNDER_WAY)
    )
    return int(db.session.scalar(query) or 0)
