"""The call for volunteers: roles of a campaign with the places left in their next shifts."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.volunteers.offers import volunteering
from campaigns.domain.volunteers.stamps import stamp_of
from campaigns.widgets.plug import Frame, Subject


class Call(Frame):
    name, height, widest = "call", 360, 480
    label = _l("Volunteer call")
    hint = _l("Roles, their next shift and the places left; 360 points high.")

    def words(self, subject: Subject) -> str:
        return str(_("Volunteers for “%(title)s”", title=subject.title))

    def stamps(self, campaign_id: int) -> tuple[str, ...]:
        return (stamp_of(campaign_id),)

    def gathered(self, campaign: Campaign, language: str) -> Mapping[str, Any]:
        return {"volunteering": volunteering(campaign.id, language)}
