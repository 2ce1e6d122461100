"""The signature of a contract can move money: it stands in the database sealed, bound to its mandate."""

import structlog
from sqlalchemy import select, update

from campaigns.base.extensions import db
from campaigns.base.sealing import SealBroken, reseal, seal, unseal
from campaigns.domain.mandates.models import Mandate

PURPOSE = "mandate signature"
log = structlog.get_logger("mandates")


def sealed(public_id: str, signature: str) -> str:
    """As it is kept. It names whose it is, so that a row cannot be passed off as another's."""
    return seal(PURPOSE, [public_id, signature])


def opened(mandate: Mandate) -> str | None:
    """The signature; None where there is none or no key of ours opens it."""
    if mandate.sealed is None:
        return None
    try:
        whose, signature = unseal(PURPOSE, mandate.sealed)
    except SealBroken:
        log.error("mandate_unreadable", mandate=mandate.id)
        return None
    return str(signature) if whose == mandate.public_id else None


def reseal_all() -> int:
    """Seals anew what only an older key opens. Returns how many. Does not commit."""
    rows = db.session.execute(select(Mandate.id, Mandate.sealed).where(Mandate.sealed.is_not(None)))
    fresh = {row.id: reseal(PURPOSE, row.sealed) for row in rows}
    changed = {row_id: kept for row_id, kept in fresh.items() if kept is not None}
    for row_id, kept in changed.items():
        db.session.execute(update(Mandate).where(Mandate.id == row_id).values(sealed=kept))
    return len(changed)
