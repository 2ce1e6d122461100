"""A small picture that says how far a campaign is; it links to the page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import Picture, Subject


class Badge(Picture):
    name, width, height = "badge", 220, 28
    label = _l("Progress badge")
    hint = _l("A picture of 220 by 28 points, renewed every few minutes.")

    def words(self, subject: Subject) -> str:
        return str(_("Progress of “%(title)s”", title=subject.title))
