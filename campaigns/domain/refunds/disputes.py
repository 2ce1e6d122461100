"""A payment that its payer's bank disputes (T24), as the gateway's portal tells it: no gateway has an API for it.

It is a refund that nobody of us wished for: recorded by one person, agreed to by another, and from then on held for the
payer until the bank decides. Lost, it is with the payer; won, the exact mirror gives it back to its campaign. None of
these commit.
"""

from sqlalchemy.exc import IntegrityError

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger.queries import source_of
from campaigns.domain.payments.events import open_item
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.actions import reserve
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.steps import said

DISPUTE, UNHELD = "dispute", "dispute_spent"
"""Kinds of review items: one that waits for the bank; one whose money was spent before anybody could hold it."""


def record(attempt: PaymentAttempt, actor: User, rials: int, case: str, text: str) -> Refund:
    """`case`: the number the gateway gave it; each is recorded once. Raises `Refused` as `actions.request`, `reference`
    where it was recorded before; `Spent`: the campaign has not so much left (`ask_people`).
    """
    said(case)
    source = source_of(("attempt", attempt.id))
    if source is None:
        raise Refused("reversed")
    try:
        refund = reserve(attempt, State.PAID, actor, rials, Reason.DISPUTE, text, *source)
        refund.provider_ref = case.strip()
        db.session.flush()
    except IntegrityError:
        raise Refused("reference") from None
    open_item(DISPUTE, refund.public_id, {"rials": rials, "gateway_ref": case.strip()}, attempt.id)
    return refund


def ask_people(attempt: PaymentAttempt, rials: int, case: str) -> None:
    """The bank will take what the campaign has spent already: somebody has to see to it."""
    detail = {"rials": rials, "gateway_ref": case.strip()}
    open_item(UNHELD, f"{attempt.public_id}:{case.strip()}"[:100], detail, attempt.id)
