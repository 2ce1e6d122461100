"""The provinces and how many campaigns are open in each: a map where there is room, else a list."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import About, Frame, Subject


class Map(Frame):
    name, height, widest = "map", 620, 760
    about: frozenset[About] = frozenset({"country"})
    label = _l("Map of provinces")
    hint = _l("Every province and how many campaigns are open there; 280 to 760 points wide, 620 high.")

    def words(self, subject: Subject) -> str:
        return str(_("Open campaigns by province"))
