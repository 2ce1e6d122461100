"""The campaign as a card in a frame of its own."""

from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import ONE_OR_MANY, Frame, Subject


class Card(Frame):
    name, height, widest = "card", 240, 480
    about = ONE_OR_MANY
    label = _l("Campaign card")
    hint = _l("A frame 280 to 480 points wide and 240 high; right to left inside any page.")

    def words(self, subject: Subject) -> str:
        return subject.called
