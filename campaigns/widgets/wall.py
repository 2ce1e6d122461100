"""The newest gifts, as their donors want to be seen."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.queries import wall
from campaigns.domain.families.sums import whole_of
from campaigns.widgets.plug import Frame, Subject

ROWS = 4


class Wall(Frame):
    name, height, widest = "wall", 360, 480
    label = _l("Donor wall")
    hint = _l("The newest gifts, as their donors want to be seen; 360 points high.")

    def words(self, subject: Subject) -> str:
        return str(_("Companions of “%(title)s”", title=subject.title))

    def gathered(self, campaign: Campaign, language: str) -> Mapping[str, Any]:
        whole = whole_of(campaign.id)
        return {"rows": wall(campaign.id, ROWS, whole.province_ids if whole else ())}
