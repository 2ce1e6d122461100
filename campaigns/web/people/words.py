"""Roles and their places in words, and as they stand in addresses."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.accounts.grants import Place
from campaigns.domain.accounts.models import Grant, GrantChange, Organization, User
from campaigns.domain.accounts.permissions import ROLE_LABELS, Role
from campaigns.domain.accounts.queries import organizations_by_id
from campaigns.domain.campaigns.queries import by_public_id, public_ids
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.regions.models import Province
from campaigns.domain.regions.queries import province, provinces
from campaigns.web.locale import language

COUNTRY = "country"
STATES = {
    "active": ("●", _l("has a password")),
    "invited": ("◔", _l("has not chosen a password yet")),
    "disabled": ("✕", _l("disabled")),
}
"""What an account is: its shape and its words."""


@dataclass(frozen=True)
class Held:
    """A role somewhere. `role` and `place` as addresses name them, the rest in the reader's language."""

    role: str
    place: str
    label: str
    where: str
    organization: str


class Names:
    """What the places and organizations of some grants are called: four queries, however many grants.

    In the language of the page being made or of the letter being written.
    """

    def __init__(self, rows: Iterable[Grant | GrantChange]) -> None:
        rows = list(rows)
        campaign_ids = {row.campaign_id for row in rows if row.campaign_id is not None}
        house_ids = {row.organization_id for row in rows if row.organization_id is not None}
        self._provinces = {place.code: name_of(place) for place in provinces()}
        self._campaigns = cards_of(list(campaign_ids), language().code)
        self._addresses = public_ids(campaign_ids)
        self._houses = {house.id: name_of(house) for house in organizations_by_id(house_ids)}

    def held(self, row: Grant | GrantChange) -> Held:
        return Held(
            role=row.role,
            place=row.province_code or self._addresses.get(row.campaign_id or 0) or COUNTRY,
            label=str(ROLE_LABELS[Role(row.role)]),
            where=self._where(row),
            organization=self._houses.get(row.organization_id or 0, ""),
        )

    def _where(self, row: Grant | GrantChange) -> str:
        if row.campaign_id is not None:
            card = self._campaigns[row.campaign_id]
            return _("on the campaign “%(title)s”", title=card.title or card.slug)
        if row.province_code is not None:
            return _("in the province %(province)s", province=self._provinces[row.province_code])
        return _("in the whole country")


def place_at(address: str) -> Place | None:
    """The place that `Held.place` names. None: there is no such place."""
    if address == COUNTRY:
        return Place()
    if province(address) is not None:
        return Place(province_code=address)
    campaign = by_public_id(address)
    return Place(campaign_id=campaign.id) if campaign else None


def name_of(thing: Province | Organization) -> str:
    """What it is called in the reader's language."""
    return thing.name_en if language().code == "en" else thing.name_fa


def state_of(user: User) -> str:
    if not user.is_enabled:
        return "disabled"
    return "active" if user.password_hash else "invited"
