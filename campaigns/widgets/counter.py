"""One number and what it counts."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import Picture, Subject


class Counter(Picture):
    name, width, height = "counter", 240, 88
    label = _l("Running total")
    hint = _l("What has been received, as one large number; 240 by 88 points.")

    def words(self, subject: Subject) -> str:
        return str(_("What “%(title)s” has received", title=subject.title))
