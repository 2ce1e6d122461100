"""What a campaign needs in goods, with what is left of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.campaigns.queries import by_id
from campaigns.domain.goods.need_views import needs_of
from campaigns.widgets.plug import Frame, Subject


class Needs(Frame):
    name, height, widest = "needs", 400, 480
    label = _l("Need list")
    hint = _l("What is needed in goods and how many are left of each; 400 points high.")

    def words(self, subject: Subject) -> str:
        return str(_("What “%(title)s” needs in goods", title=subject.title))

    def gathered(self, campaign_ids: Sequence[int], language: str) -> Mapping[str, Any]:
        return {"needs": needs_of(by_id(campaign_ids[0]), language)}
