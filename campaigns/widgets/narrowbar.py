"""A strip for narrow columns and phones: title above the bar."""

from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import ONE_OR_MANY, Frame, Subject


class NarrowBar(Frame):
    name, height, widest = "narrowbar", 100, 480
    about = ONE_OR_MANY
    label = _l("Narrow bar")
    hint = _l("A strip of 280 to 480 by 100 points, for phones and side columns.")

    def words(self, subject: Subject) -> str:
        return subject.called
