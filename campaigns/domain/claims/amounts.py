"""The few tomans that tell one transfer from another: 1 to 999 more than the gift, for one open claim of an account.

Whoever declares at the same moment is kept apart by a unique index, not by looking first.
"""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.money import RIALS_PER_TOMAN
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.queries import LATE_FOR
from campaigns.domain.claims.states import OPEN

MOST = 999
SUFFIXES = range(1 * RIALS_PER_TOMAN, (MOST + 1) * RIALS_PER_TOMAN, RIALS_PER_TOMAN)
"""In rials: whole tomans."""


def free(base_rials: int, held: Collection[int], recent: Collection[int]) -> Sequence[int]:
    """Suffixes nobody holds, in rials: those no recent claim was asked for either, as long as there are any."""
    nobody = [suffix for suffix in SUFFIXES if base_rials + suffix not in held]
    return [suffix for suffix in nobody if base_rials + suffix not in recent] or nobody


def suffix_for(bank_account_id: int, base_rials: int) -> int | None:
    """A suffix that looks free just now, any of them. None: all 999 are held."""
    held, recent = _asked(bank_account_id, base_rials)
    left = free(base_rials, held, recent)
    return secrets.choice(left) if left else None


def _asked(bank_account_id: int, base_rials: int) -> tuple[set[int], set[int]]:
    """The amounts around this one that open claims hold, and those that money may still come for otherwise."""
    query = select(TransferClaim.expected_rials, TransferClaim.state, TransferClaim.holds_amount).where(
        TransferClaim.bank_account_id == bank_account_id,
        TransferClaim.expected_rials.between(base_rials + SUFFIXES[0], base_rials + SUFFIXES[-1]),
        or_(TransferClaim.state.in_(OPEN), TransferClaim.declared_at > now() - LATE_FOR),
    )
    held: set[int] = set()
    recent: set[int] = set()
    for rials, state, holds in db.session.execute(query):
        (held if holds and state in OPEN else recent).add(rials)
    return held, recent
