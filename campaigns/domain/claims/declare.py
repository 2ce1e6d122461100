"""Declaring a transfer: which account, how much exactly, until when. Does not commit."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import text

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.claims.amounts import suffix_for
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.states import HOLDS, State
from campaigns.domain.claims.steps import write


class Gift(Protocol):
    """A contribution that was pledged."""

    @property
    def id(self) -> int: ...
    @property
    def rials(self) -> int: ...


def declare(gift: Gift, bank_account_ids: Sequence[int], hours: int) -> TransferClaim:
    """A claim for a new gift, on the first of these accounts that has an amount left which nobody else is asked for.

    Where none has, the bare amount on the first account: then it is found by the payer's card and the day.
    """
    claim_id = None
    for bank_account_id in bank_account_ids:
        claim_id = claim_id or _reserved(gift, bank_account_id, hours)
    if claim_id is None:
        claim_id = _inserted(gift, bank_account_ids[0], hours, 0)
    claim = db.session.get_one(TransferClaim, claim_id)
    write(claim, "declare", "")
    return claim


def _reserved(gift: Gift, bank_account_id: int, hours: int) -> int | None:
    """Looks for a free amount and takes it; again when somebody was faster. None: all are held."""
    while (suffix := suffix_for(bank_account_id, gift.rials)) is not None:
        claim_id = _inserted(gift, bank_account_id, hours, suffix)
        if claim_id is not None:
            return claim_id
    return None


def _inserted(gift: Gift, bank_account_id: int, hours: int, suffix_rials: int) -> int | None:
    row: dict[str, Any] = {
        "public_id": public_id(),
        "bank_account_id": bank_account_id,
        "contribution_id": gift.id,
        "state": State.AWAITING.value,
        "base_rials": gift.rials,
        "suffix_rials": suffix_rials,
        "expected_rials": gift.rials + suffix_rials,
        "holds_amount": suffix_rials > 0,
        "declared_at": now(),
        "deadline": now() + timedelta(hours=hours),
        "reason": "",
        "received_rials": 0,
    }
    amount = ["bank_account_id", "expected_rials"]
    first = insert(TransferClaim).on_conflict_do_nothing(index_elements=amount, index_where=text(HOLDS))
    made = db.session.execute(first.values(row).returning(TransferClaim.__table__.c.id))
    return made.scalar_one_or_none()
