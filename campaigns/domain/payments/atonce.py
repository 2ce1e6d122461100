"""What PostgreSQL does in one statement: a way to the database and back costs a gift more than the work done there.

SQLite, to which there is no way to go, does the same step by step (`actions`, `capture`), and so does PostgreSQL where
something is not as it nearly always is: then nothing was done here, and the careful way finds out what it is.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, exists, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql

from campaigns.base import quick
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.quick import Quick
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import atonce
from campaigns.domain.ledger.actions import Leg
from campaigns.domain.payments.events import Event
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent
from campaigns.domain.payments.states import TAKES_MONEY, State

Row = dict[str, Any]
_GIFT, _ATTEMPT, _EVENT = Contribution.__table__, PaymentAttempt.__table__, PaymentEvent.__table__
_gift, _attempt, _campaign = _GIFT.c, _ATTEMPT.c, Campaign.__table__.c
_OF_GIFT = [column for column in _gift if column.key not in {"id", "received_at", "refunded_at"}]
_BEGUN = [column for column in _attempt if not column.nullable and column.key != "id"]
_BEGUN += [_attempt.account_id, _attempt.next_check_at]
_TAKEN = (
    *("state", "captured_rials", "lease_until", "next_check_at"),
    *("receipt_ref", "bank_ref", "card_mask", "paid_at"),
)
_STORED = ("state", "gateway_ref", "redirect_url", "redirect_fields", "next_check_at")
_HEARD = ("attempt_id", "source", "before", "after", "outcome", "payload", "heard_at")


def possible() -> bool:
    """Whether this database does it, and nobody reads statements one by one."""
    return quick.straight() and db.session().get_bind().dialect.name == "postgresql"


def pledged(gift: Row, attempt: Row) -> Any:
    """A contribution and the attempt to pay it: `id`, `public_id`, `contribution_id` of the attempt. None where its
    form has made one before. `gift` has its `code` already.
    """
    new = quick.whole(gift, _OF_GIFT)
    told = {f"gift_{name}": value for name, value in new.items()}
    told |= quick.whole(attempt, [column for column in _BEGUN if column.key != "contribution_id"])
    return _PLEDGE.run(told).one_or_none()


def stored(attempt_id: int, values: Row, told: Event) -> bool:
    """An attempt that was CREATED goes where `values` say, and `told` is written down; `after` only if it did."""
    facts = {name: values[name] for name in _STORED} | {"attempt": attempt_id}
    return bool(_STORE.run(facts | _numbered([told])).one().after)


def captured(
    whose: tuple[int, int, bytes | None],
    taken: Row,
    heard: Sequence[Event],
    txn: Row,
    legs: Sequence[Leg],
) -> bool:
    """An attempt becomes PAID, its gift received, the money posted, what was heard written down: all, or nothing where
    False comes back. Both rows are held while they are looked at; the gift first, as everywhere.

    `whose`: the attempt, its gift, and the salt that gift still has to have. Raises `IntegrityError` when the receipt
    or the event is in the book already.
    """
    attempt_id, gift_id, salt = whose
    facts = {"attempt": attempt_id, "gift": gift_id, "salt": salt, "received_at": now()}
    facts |= {f"taken_{name}": taken[name] for name in _TAKEN}
    return _capture(len(legs), len(heard)).run(facts | _numbered(heard) | atonce.values(txn, legs)).number > 0


def _numbered(events: Sequence[Event]) -> Row:
    return {f"{name}_{place}": row[name] for place, row in enumerate(events) for name in _HEARD}


def _said(place: int) -> list[Any]:
    columns = _EVENT.c
    return [bindparam(f"{name}_{place}", type_=columns[name].type) for name in _HEARD]


def _pledge() -> Quick:
    made = {column.key: bindparam(f"gift_{column.key}", type_=column.type) for column in _OF_GIFT}
    gift = postgresql.insert(_GIFT).values(made).on_conflict_do_nothing(index_elements=["form_key"])  # type: ignore[arg-type]
    gift_cte = gift.returning(_gift.id).cte("gift")
    parts = [
        gift_cte.c.id if column.key == "contribution_id" else bindparam(column.key, type_=column.type)
        for column in _BEGUN
    ]
    attempt = insert(_ATTEMPT).from_select([column.key for column in _BEGUN], select(*parts))  # type: ignore[arg-type]
    returned = attempt.returning(_attempt.id, _attempt.public_id, _attempt.contribution_id)
    return Quick(returned, says_columns=True)


def _store() -> Quick:
    moved = (
        update(_ATTEMPT)  # type: ignore[arg-type]
        .where(_attempt.id == bindparam("attempt"), _attempt.state == State.CREATED.value)
        .values({name: bindparam(name, type_=_attempt[name].type) for name in _STORED})
        .returning(_attempt.id)
        .cte("moved")
    )
    parts = _said(0)
    place = _HEARD.index("after")
    parts[place] = case((exists(select(moved.c.id)), parts[place]), else_=literal(""))
    told = insert(_EVENT).from_select(_HEARD, select(*parts))  # type: ignore[arg-type]
    return Quick(told.returning(_EVENT.c.after), says_columns=True)


@cache
def _capture(legs: int, events: int) -> Quick:
    accounts = atonce.accounts(legs)
    ready = (
        select(_gift.id.label("gift_id"), _attempt.id.label("attempt_id"), *atonce.found(accounts))
        .select_from(_GIFT)
        .where(
            _gift.id == bindparam("gift"),
            _gift.received_at.is_(None),
            _gift.salt.is_not_distinct_from(bindparam("salt", type_=_gift.salt.type)),
            _campaign.id == _gift.campaign_id,
            _campaign.state != CampaignState.CANCELLED.value,
            _attempt.id == bindparam("attempt"),
            or_(*(_attempt.state == state for state in TAKES_MONEY)),
            *atonce.named(accounts),
        )
        .with_for_update(of=[_GIFT, _ATTEMPT])
        .cte("ready")
    )
    received = (
        update(_GIFT)  # type: ignore[arg-type]
        .where(_gift.id == ready.c.gift_id)
        .values(received_at=bindparam("received_at", type_=_gift.received_at.type))
        .cte("received")
    )
    taken = (
        update(_ATTEMPT)  # type: ignore[arg-type]
        .where(_attempt.id == ready.c.attempt_id)
        .values({name: bindparam(f"taken_{name}", type_=_attempt[name].type) for name in _TAKEN})
        .cte("taken")
    )
    heard = [
        insert(_EVENT).from_select(_HEARD, select(*_said(place)).select_from(ready)).cte(f"heard_{place}")  # type: ignore[arg-type]
        for place in range(events)
    ]
    return Quick(atonce.posting(ready, legs).add_cte(received, taken, *heard), says_columns=True)


_PLEDGE, _STORE = _pledge(), _store()
