"""The open campaigns of one organization or one province."""

from typing import Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import Frame, Subject


class Grid(Frame):
    name, height, widest = "grid", 480, 970
    about: Literal["campaign", "place", "country"] = "place"
    label = _l("Grid of campaigns")
    hint = _l(
        "The open campaigns of an organization or a province; 480 points high, as wide as the page allows."
    )

    def words(self, subject: Subject) -> str:
        return str(_("Campaigns of %(name)s", name=subject.title))
