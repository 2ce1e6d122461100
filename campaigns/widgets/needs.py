"""What a campaign, or several, need in goods, with what is left of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base import stamps
from campaigns.domain.goods.need_views import needs_in
from campaigns.widgets.plug import ONE_OR_MANY, Frame, Subject

MOST = 12
"""Needs of several campaigns that stand in one list; a campaign by itself shows all of its own."""


class Needs(Frame):
    name, height, widest = "needs", 400, 480
    about = ONE_OR_MANY
    summed = False
    label = _l("Need list")
    hint = _l("What is needed in goods and how many are left of each; 400 points high.")

    def words(self, subject: Subject) -> str:
        return str(_("What “%(title)s” needs in goods", title=subject.title))

    def stamps(self, campaign_ids: Sequence[int]) -> tuple[str, ...]:
        return tuple(map(stamps.of_campaign, campaign_ids))

    def gathered(self, campaign_ids: Sequence[int], language: str) -> Mapping[str, Any]:
        asked = needs_in(campaign_ids, language)
        rows = [(key, need) for key, needs in asked.items() for need in needs.open]
        most = MOST if len(campaign_ids) > 1 else len(rows)
        return {
            "rows": rows[:most],
            "left_off": max(0, len(rows) - most),
            "asked": any(needs.rows for needs in asked.values()),
        }
