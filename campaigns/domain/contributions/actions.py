"""Pledging a gift. Does not commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from campaigns.base.conflicts import quick_first
from campaigns.base.quick import Quick
from campaigns.domain.contributions.models import Contribution

_gift = Contribution.__table__.c
_FACTS = ("id", "public_id", "code", "rials", "mobile")
_EARLIER = Quick(select(*(_gift[name] for name in _FACTS)).where(_gift.form_key == bindparam("key")))


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


class Pledged(NamedTuple):
    """What paying needs to know of a contribution."""

    id: int
    public_id: str
    code: str
    rials: int
    mobile: str | None


def pledge(campaign_id: int, wish: Wish, form_key: str) -> tuple[Pledged, bool]:
    """The contribution of this form, and whether it is new: a form sent twice, even at once, makes one."""
    row = columns(campaign_id, wish, form_key)
    made = quick_first(Contribution, "form_key", *_FACTS).run(row).one_or_none()
    if made is not None:
        return Pledged(*made), True
    return Pledged(*_EARLIER.run({"key": form_key}).one()), False


def columns(campaign_id: int, wish: Wish, form_key: str) -> dict[str, Any]:
    """A new contribution, as its table has it."""
    row: dict[str, Any] = {
        "campaign_id": campaign_id,
        "rials": wish.rials,
        "intent": wish.intent,
        "language": wish.language,
        "donor_name": "" if wish.hide_name else wish.donor_name,
        "hide_name": wish.hide_name or not wish.donor_name,
        "hide_amount": wish.hide_amount,
        "mobile": wish.mobile,
        "dedication": wish.dedication,
        "message": wish.message,
        "message_state": "waiting" if wish.message else "none",
        "form_key": form_key,
    }
    if wish.hidden_marks:
        row["hidden_marks"] = wish.hidden_marks
    return row
