"""Pledging a gift. Does not commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution


@dataclass(frozen=True)
class Wish:
    """A gift as its donor filled it in, checked and cleaned. `rials` above zero; `mobile` as +989…"""

    rials: int
    intent: str
    language: str
    donor_name: str = ""
    hide_name: bool = True
    hide_amount: bool = False
    mobile: str | None = None
    dedication: str = ""
    message: str = ""
    hidden_marks: Mapping[str, Any] | None = None  # of the message and the name that stands under it


def pledge(campaign_id: int, wish: Wish, form_key: str) -> tuple[Contribution, bool]:
    """The contribution of this form, and whether it is new: the same form sent twice is one contribution.

    Raises `IntegrityError` when another process pledges the same form at the same moment; roll back and call
    again.
    """
    earlier = db.session.scalar(select(Contribution).where(Contribution.form_key == form_key))
    if earlier is not None:
        return earlier, False
    contribution = Contribution(
        campaign_id=campaign_id,
        rials=wish.rials,
        intent=wish.intent,
        language=wish.language,
        donor_name="" if wish.hide_name else wish.donor_name,
        hide_name=wish.hide_name or not wish.donor_name,
        hide_amount=wish.hide_amount,
        mobile=wish.mobile,
        dedication=wish.dedication,
        message=wish.message,
        message_state="waiting" if wish.message else "none",
        hidden_marks=wish.hidden_marks,
        form_key=form_key,
    )
    db.session.add(contribution)
    db.session.flush()
    return contribution, True
