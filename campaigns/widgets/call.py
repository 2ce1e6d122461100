"""The call for volunteers: roles of a campaign, or of several, with the places left in their next shifts."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.volunteers.offers import RoleOffer, roles_in
from campaigns.domain.volunteers.stamps import stamp_of
from campaigns.widgets.plug import ONE_OR_MANY, Frame, Subject

MOST = 12
"""Roles of several campaigns that stand in one list; a campaign by itself shows all of its own."""


class Call(Frame):
    name, height, widest = "call", 360, 480
    about = ONE_OR_MANY
    summed = False
    label = _l("Volunteer call")
    hint = _l("Roles, their next shift and the places left; 360 points high.")

    def words(self, subject: Subject) -> str:
        return str(_("Volunteers for “%(title)s”", title=subject.title))

    def stamps(self, campaign_ids: Sequence[int]) -> tuple[str, ...]:
        return tuple(map(stamp_of, campaign_ids))

    def gathered(self, campaign_ids: Sequence[int], language: str) -> Mapping[str, Any]:
        roles = roles_in(campaign_ids, language)
        if len(campaign_ids) == 1:
            return {"roles": roles, "left_off": 0}
        return {"roles": sorted(roles, key=_soonest)[:MOST], "left_off": max(0, len(roles) - MOST)}


def _soonest(role: RoleOffer) -> tuple[bool, float]:
    """Places that can be taken come first, the next ones before all others."""
    moment = role.next.starts_at.timestamp() if role.next else float("inf")
    return role.left <= 0, moment
