"""The provinces and how many campaigns are open in each."""

from typing import Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import Frame, Subject


class Map(Frame):
    name, height, widest = "map", 620, 760
    about: Literal["campaign", "place", "country"] = "country"
    label = _l("List of provinces")
    hint = _l("Every province and how many campaigns are open there; 280 to 760 points wide, 620 high.")

    def words(self, subject: Subject) -> str:
        return str(_("Open campaigns by province"))
