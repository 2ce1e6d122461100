"""Batches: entered from an operator's statement by one person, booked by another. None of these commit.

Each campaign gets one entry in the book, which says how many gifts it is. The entry carries the digest of what
everybody may read of the batch, so the sealed book holds that too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.chain import canonical
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import AllowedIntent, Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.counter.batch_models import Batch, BatchLine, BatchState, BatchStatement
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.papers import Paper
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind

TAKES = tuple(
    state.value
    for state in (CampaignState.LIVE, CampaignState.PAUSED, CampaignState.FROZEN, CampaignState.ENDED)
)
"""States of a campaign that may get what was sent to its number while it was open."""


class Channel(StrEnum):
    USSD = "ussd"
    SMS = "sms"


CHANNEL_LABELS = {Channel.USSD: _l("USSD"), Channel.SMS: _l("SMS")}


@dataclass(frozen=True)
class Line:
    """What the statement says of one campaign. All above zero; the fee may be none."""

    campaign_id: int
    intent: str
    gifts: int
    rials: int
    fee_rials: int = 0


@dataclass(frozen=True)
class Statement:
    """What an operator says. `operator` is a short Latin name; days are Tehran's, both inclusive, in order."""

    channel: Channel
    operator: str
    first_day: date
    last_day: date
    lines: Sequence[Line]
    name: str
    paper: Paper


def propose(statement: Statement, proposer: User) -> Batch:
    """Writes it down; nothing is in the book yet.

    Raises `Refused`: `statement`: this file is here already, `period`: days of this operator and campaign are,
    `campaign` takes nothing, `intent` is none of its own, `lines`: none, or one campaign and intent twice.
    """
    lines = list(statement.lines)
    if not lines or len({(line.campaign_id, line.intent) for line in lines}) != len(lines):
        raise Refused("lines")
    for line in lines:
        _accepts(line.campaign_id, line.intent)
    _not_twice(statement)
    batch = Batch(
        channel=statement.channel.value,
        operator=statement.operator,
        first_day=statement.first_day,
        last_day=statement.last_day,
        statement_name=statement.name,
        statement_hash=statement.paper.digest,
        proposed_by_id=proposer.id,
    )
    try:
        db.session.add(batch)
        db.session.flush()
        db.session.add_all(_rows(batch, lines))
        db.session.flush()
    except IntegrityError:  # somebody entered the same one at this moment
        raise Refused("statement") from None
    paper = statement.paper
    db.session.add(BatchStatement(batch_id=batch.id, media_type=paper.media_type, content=paper.content))
    db.session.flush()
    return batch


def book(batch: Batch, approver: User) -> None:
    """Brings the gifts into the book, campaign by campaign. Raises `Refused`: `own`, `moved`, `campaign`."""
    _decide(batch, approver, BatchState.BOOKED)
    for line in lines_of(batch):
        _accepts(line.campaign_id, line.intent)
        _post(batch, line, approver)


def refuse(batch: Batch, approver: User, reason: str) -> None:
    """It ends here; its statement may be entered anew. Raises `Refused`: `own`, `moved`."""
    _decide(batch, approver, BatchState.REFUSED, reason=reason)
    freed = update(BatchLine).where(BatchLine.batch_id == batch.id).values(dedupe_key=None)
    db.session.execute(freed.execution_options(synchronize_session="fetch"))


def lines_of(batch: Batch) -> list[BatchLine]:
    query = select(BatchLine).where(BatchLine.batch_id == batch.id).order_by(BatchLine.id)
    return list(db.session.scalars(query))


def key_of(line: BatchLine) -> str:
    """The key of the transaction that brings the line into the book."""
    return f"bat:{line.batch.public_id}:{line.id}"


def details(batch: Batch, line: BatchLine) -> bytes:
    """What everybody may read of an entry, as its digest is made of it."""
    facts: dict[str, Any] = {
        "channel": batch.channel,
        "fee_rials": line.fee_rials,
        "first_day": batch.first_day.isoformat(),
        "gifts": line.gifts,
        "last_day": batch.last_day.isoformat(),
        "operator": batch.operator,
        "statement": batch.statement_hash.hex(),
    }
    return canonical(facts)


def digest(batch: Batch, line: BatchLine) -> bytes:
    return sha256(details(batch, line)).digest()


def _accepts(campaign_id: int, intent: str) -> None:
    state = db.session.scalar(select(Campaign.state).where(Campaign.id == campaign_id))
    if state not in TAKES:
        raise Refused("campaign")
    takes = exists().where(AllowedIntent.campaign_id == campaign_id, AllowedIntent.intent == intent)
    if not db.session.scalar(select(takes)):
        raise Refused("intent")


def _not_twice(statement: Statement) -> None:
    stands = Batch.state.not_in((BatchState.REFUSED.value, BatchState.TAKEN_BACK.value))
    same = select(Batch.id).where(Batch.statement_hash == statement.paper.digest, stands)
    if db.session.scalar(same) is not None:
        raise Refused("statement")
    overlapping = (
        select(BatchLine.id)
        .join(Batch, Batch.id == BatchLine.batch_id)
        .where(
            stands,
            Batch.channel == statement.channel.value,
            Batch.operator == statement.operator,
            Batch.first_day <= statement.last_day,
            Batch.last_day >= statement.first_day,
            BatchLine.campaign_id.in_([line.campaign_id for line in statement.lines]),
        )
    )
    if db.session.scalar(overlapping.limit(1)) is not None:
        raise Refused("period")


def _rows(batch: Batch, lines: Sequence[Line]) -> list[BatchLine]:
    period = f"{batch.channel}:{batch.operator}:{batch.first_day}:{batch.last_day}"
    return [
        BatchLine(batch_id=batch.id, dedupe_key=f"{period}:{line.campaign_id}:{line.intent}", **vars(line))
        for line in lines
    ]


def _decide(batch: Batch, approver: User, after: BatchState, **values: Any) -> None:
    db.session.refresh(batch)
    if approver.id == batch.proposed_by_id:
        raise Refused("own")
    done = db.session.execute(
        update(Batch)
        .where(Batch.id == batch.id, Batch.state == BatchState.PROPOSED.value)
        .values(state=after.value, decided_by_id=approver.id, decided_at=now(), **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(batch)


def _post(batch: Batch, line: BatchLine, approver: User) -> None:
    """The whole sum to the campaign; the operator's fee out of what it holds for us."""
    held = accounts.clearing(f"{batch.channel}-{batch.operator}")
    legs = [Leg(held, accounts.campaign(line.campaign_id, line.intent), line.rials)]
    if line.fee_rials:
        legs.append(Leg(accounts.fee(f"{batch.channel}-{batch.operator}"), held, line.fee_rials))
    post(
        key_of(line),
        Kind.BATCH,
        legs,
        occurred_at=now(),
        campaign_id=line.campaign_id,
        reference=("batch_line", line.id),
        actor_id=approver.id,
        commitment=digest(batch, line),
        gifts=line.gifts,
    )
