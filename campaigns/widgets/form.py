"""The first step of giving in a frame. What follows has the whole window: no bank stands inside a frame."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.widgets.plug import Frame, Subject


class Form(Frame):
    name, height, widest = "form", 660, 520
    label = _l("Amount form")
    hint = _l("Amount and intent, 280 to 520 points wide and 660 high. It goes on in the whole window.")

    def words(self, subject: Subject) -> str:
        return str(_("Give to “%(title)s”", title=subject.title))

    def gathered(self, campaign: Campaign, language: str) -> Mapping[str, Any]:
        return {"page": campaign_page(campaign, language, with_wall=False)}
