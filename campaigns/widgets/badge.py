"""A small picture that says how far a campaign is; it links to the page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import escape

from campaigns.widgets.plug import Subject


class Badge:
    name = "badge"
    label = _l("Progress badge")
    hint = _l("A picture of 220 by 28 points, renewed every few minutes.")

    def snippet(self, subject: Subject) -> str:
        words = escape(_("Progress of “%(title)s”", title=subject.title))
        return (
            f'<a href="{escape(subject.page_url)}"><img src="{escape(subject.embed_url)}/badge.svg" '
            f'width="220" height="28" alt="{words}"></a>'
        )
