"""The first step of giving in a frame. What follows has the whole window: no bank stands inside a frame."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.campaigns.queries import by_id
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.widgets.plug import Frame, Subject


class Form(Frame):
    name, height, widest = "form", 660, 520
    label = _l("Amount form")
    hint = _l("Amount and intent, 280 to 520 points wide and 660 high. It goes on in the whole window.")

    def words(self, subject: Subject) -> str:
        return str(_("Give to “%(title)s”", title=subject.title))

    def gathered(self, campaign_ids: Sequence[int], language: str) -> Mapping[str, Any]:
        return {"page": campaign_page(by_id(campaign_ids[0]), language, with_wall=False)}
