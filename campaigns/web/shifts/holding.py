"""Whose page a code opens, for the views behind it."""

from dataclasses import dataclass

from flask import abort

from campaigns.base.codes import parse_code
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.domain.volunteers.holders import Holder, holder_of
from campaigns.domain.volunteers.rolls import OwnShift, own_shifts
from campaigns.domain.volunteers.wordings import Said, shown_words
from campaigns.web.locale import language


@dataclass(frozen=True)
class Own:
    """What a code opens: shifts, the earliest first; `words` by role, `cards` by campaign."""

    holder: Holder
    shifts: list[OwnShift]
    words: dict[int, Said]
    cards: dict[int, Card]

    @property
    def campaigns(self) -> list[Campaign]:
        found = {one.signup.shift.role.campaign_id: one.signup.shift.role.campaign for one in self.shifts}
        return list(found.values())

    def campaign(self, slug: str) -> Campaign:
        """The campaign of this address among those of the shifts; else 404."""
        return next((one for one in self.campaigns if one.slug == slug), None) or abort(404)

    def shift(self, public_id: str) -> OwnShift:
        """The shift signed up for under this name; else 404."""
        return next((one for one in self.shifts if one.signup.public_id == public_id), None) or abort(404)


def held(code: str) -> Own:
    """404 for a code that nobody has; only the code as we write it is an address."""
    holder = holder_of(code) if parse_code(code) == code else None
    if holder is None:
        abort(404)
    shifts = own_shifts(holder)
    roles = {one.signup.shift.role_id for one in shifts}
    campaigns = {one.signup.shift.role.campaign_id for one in shifts}
    return Own(
        holder, shifts, shown_words(roles, language().code), cards_of(list(campaigns), language().code)
    )
