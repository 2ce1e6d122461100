"""A strip for narrow columns and phones: title above the bar."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import Frame, Subject


class NarrowBar(Frame):
    name, height, widest = "narrowbar", 100, 480
    label = _l("Narrow bar")
    hint = _l("A strip of 280 to 480 by 100 points, for phones and side columns.")

    def words(self, subject: Subject) -> str:
        return str(_("Campaign “%(title)s”", title=subject.title))
