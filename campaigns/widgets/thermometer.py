"""A tall picture for a side column: the money rises in a tube."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import Picture, Subject


class Thermometer(Picture):
    name, width, height = "thermometer", 160, 300
    label = _l("Thermometer")
    hint = _l("A tall picture for a side column, 160 by 300 points.")

    def words(self, subject: Subject) -> str:
        return str(_("Progress of “%(title)s”", title=subject.title))
