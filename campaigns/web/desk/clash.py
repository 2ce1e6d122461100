"""Somebody else has saved the part meanwhile: what both wrote, field by field, and the form with both in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request

from campaigns.domain.campaigns.actions import as_edited
from campaigns.domain.campaigns.merging import differing, merged, taken
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part
from campaigns.domain.campaigns.versions import mark, marked
from campaigns.web.desk.fieldwords import Side, side

ALL = "*"
"""The value of the button that takes all of what the other wrote."""


@dataclass(frozen=True)
class Clash:
    """`who`: empty when nobody knows. `values`: what the form goes on with, mine, and theirs where I wrote nothing."""

    who: str
    at: datetime | None
    sides: Sequence[Side]
    values: Data
    mark: str


def began_with() -> str:
    """The mark of the version a form was filled from, as the form says."""
    return request.form.get("began", "")


def clash_of(campaign: Campaign, part: Part, mine: Data) -> Clash | None:
    """What stands against saving `mine` now; None when nobody wrote since the form was opened, or wrote the same.

    To be asked with the campaign locked, in the transaction that saves.
    """
    theirs = as_edited(campaign, part)
    present = mark(theirs)
    field = request.form.get("take", "")
    if not field and (began_with() == present or not differing(theirs, mine)):
        return None
    base = marked(campaign.id, part, began_with())
    values = taken(theirs, mine, field) if field else merged(base.data if base else None, theirs, mine)
    by = marked(campaign.id, part, present)
    return Clash(
        who=by.author.name if by and by.author else "",
        at=by.saved_at if by else None,
        sides=[
            side(name, theirs, values if field else mine)
            for name in differing(theirs, values if field else mine)
        ],
        values=values,
        mark=present,
    )
