"""Money that was found on a statement of the bank: into the book, once. Does not commit."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.claims.errors import NotCredited
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.states import State, before
from campaigns.domain.claims.steps import write
from campaigns.domain.contributions.commitment import committed
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import AlreadyPosted, Leg, post, posted
from campaigns.domain.ledger.kinds import Kind


class Claim(Protocol):
    """Whatever names a claim: its row, or an `OpenClaim`."""

    @property
    def id(self) -> int: ...


def credit(
    claim: Claim,
    *,
    line_id: int,
    received_rials: int,
    paid_at: datetime,
    by: int | None,
    source: str = "",
    turn: int = 1,
) -> int:
    """The gift of `claim` is received: what came, not what was declared. Returns the row id in the book.

    `line_id` is the line of the statement, `paid_at` its moment, `by` who matched it (None: a rule did).
    `source`: the account of the book the money stands on; as a rule the bank account's own, `UNALLOCATED` where the
    line was booked before its gift was known. `turn`: one more than how often the line was taken from another gift
    again. Called again for the same claim and line it changes nothing. Late
    money wins: an expired or refused claim is credited like an open one. Raises `NotCredited`, and then nothing is
    changed.
    """
    row = db.session.get_one(TransferClaim, claim.id, populate_existing=True)
    if row.line_id == line_id:
        return posted(row.credit_key)
    try:
        with db.session.begin_nested():
            return _credited(row, line_id, received_rials, paid_at, by, source, turn)
    except NotCredited:
        db.session.refresh(row)
        if row.line_id == line_id:  # somebody else has just done it
            return posted(row.credit_key)
        raise
    except (IntegrityError, AlreadyPosted):
        raise NotCredited("line") from None


def _credited(
    row: TransferClaim, line_id: int, rials: int, paid_at: datetime, by: int | None, source: str, turn: int
) -> int:
    _take(row, line_id, rials, paid_at, by, turn)
    gift = _receive(row.contribution_id, rials)
    return post(
        row.credit_key,
        Kind.CAPTURE,
        [
            Leg(
                source or row.bank_account.ledger_code,
                accounts.campaign(gift.campaign_id, gift.intent),
                rials,
            )
        ],
        occurred_at=now(),
        campaign_id=gift.campaign_id,
        reference=("claim", row.id),
        actor_id=by,
        commitment=committed(gift.salt, gift.code),
    )


def _take(row: TransferClaim, line_id: int, rials: int, paid_at: datetime, by: int | None, turn: int) -> None:
    """To CREDITED, for one line only, whatever races. Another claim's line breaks its unique column."""
    was = row.state
    taken = db.session.execute(
        update(TransferClaim)
        .where(TransferClaim.id == row.id, TransferClaim.state.in_(before(State.CREDITED)))
        .values(
            state=State.CREDITED.value,
            line_id=line_id,
            turn=turn,
            received_rials=rials,
            paid_at=paid_at,
            credited_at=now(),
            reason="",
            tracking=_own_tracking(row),
        )
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise NotCredited("claim")
    db.session.refresh(row)
    write(row, "credit", was, by)


def _own_tracking(row: TransferClaim) -> str | None:
    """The tracking number, unless another claim has come to hold it since this one was refused."""
    if row.state != State.REFUSED or row.tracking is None:
        return row.tracking
    taken = select(TransferClaim.id).where(
        TransferClaim.bank_account_id == row.bank_account_id,
        TransferClaim.tracking == row.tracking,
        TransferClaim.state != State.REFUSED.value,
    )
    return None if db.session.scalar(taken) is not None else row.tracking


def _receive(contribution_id: int, rials: int) -> Contribution:
    """The gift as what has come, unless its campaign was cancelled: then it takes nothing more."""
    open_for_it = select(Campaign.id).where(
        Campaign.id == Contribution.campaign_id, Campaign.state != CampaignState.CANCELLED.value
    )
    received = db.session.execute(
        update(Contribution)
        .where(Contribution.id == contribution_id, Contribution.received_at.is_(None), open_for_it.exists())
        .values(received_at=now(), rials=rials)
        .execution_options(synchronize_session=False)
    )
    if received.rowcount != 1:  # type: ignore[attr-defined]
        raise NotCredited("campaign")
    return db.session.get_one(Contribution, contribution_id, populate_existing=True)
