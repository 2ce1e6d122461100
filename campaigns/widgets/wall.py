"""The newest gifts, as their donors want to be seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base import stamps
from campaigns.domain.contributions.queries import wall
from campaigns.widgets.plug import ONE_OR_MANY, Frame, Subject

ROWS = 4


class Wall(Frame):
    name, height, widest = "wall", 360, 480
    about = ONE_OR_MANY
    label = _l("Donor wall")
    hint = _l("The newest gifts, as their donors want to be seen; 360 points high.")

    def words(self, subject: Subject) -> str:
        return str(_("Companions of “%(title)s”", title=subject.title))

    def stamps(self, campaign_ids: Sequence[int]) -> tuple[str, ...]:
        return tuple(map(stamps.of_campaign, campaign_ids))

    def gathered(self, campaign_ids: Sequence[int], language: str) -> Mapping[str, Any]:
        first, *others = campaign_ids
        return {"rows": wall(first, ROWS, others)}
