"""The call for volunteers: roles of a campaign with the places left in their next shifts."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.volunteers.offers import volunteering
from campaigns.domain.volunteers.stamps import stamp_of
from campaigns.widgets.plug import Frame, Subject


class Call(Frame):
    name, height, widest = "call", 360, 480
    label = _l("Volunteer call")
    hint = _l("Roles, their next shift and the places left; 360 points high.")

    def words(self, subject: Subject) -> str:
        return str(_("Volunteers for “%(title)s”", title=subject.title))

    def stamps(self, campaign_ids: Sequence[int]) -> tuple[str, ...]:
        return (stamp_of(campaign_ids[0]),)

    def gathered(self, campaign_ids: Sequence[int], language: str) -> Mapping[str, Any]:
        return {"volunteering": volunteering(campaign_ids[0], language)}
