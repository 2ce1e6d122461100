"""The one way a mandate changes: a conditional update, and a row that says what was done and by whom.

Does not commit.
"""

from typing import Any

from sqlalchemy import insert, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.mandates.models import Mandate, MandateStep


def step(
    mandate: Mandate, name: str, by: str, before: tuple[str, ...], detail: dict[str, Any], **values: Any
) -> bool:
    """Sets `values` if the mandate is in one of the states `before` and no month was begun since it was read.

    False: it is not, and nothing is done.
    """
    done = db.session.execute(
        update(Mandate)
        .where(Mandate.id == mandate.id, Mandate.state.in_(before), Mandate.covered == mandate.covered)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    moved = bool(done.rowcount == 1)  # type: ignore[attr-defined]
    if moved:
        noted(mandate.id, name, by, detail)
    db.session.expire(mandate)
    return moved


def noted(mandate_id: int, name: str, by: str, detail: dict[str, Any]) -> None:
    """Writes down something that changed no state."""
    row = {"mandate_id": mandate_id, "step": name, "by": by, "detail": detail, "made_at": now()}
    db.session.execute(insert(MandateStep), row)
