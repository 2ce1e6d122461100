"""The campaign as a card in a frame of its own."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import Frame, Subject


class Card(Frame):
    name, height, widest = "card", 240, 480
    label = _l("Campaign card")
    hint = _l("A frame 280 to 480 points wide and 240 high; right to left inside any page.")

    def words(self, subject: Subject) -> str:
        return str(_("Campaign “%(title)s”", title=subject.title))
