"""The campaign as a card in a frame of its own, with a plain link for readers whose frames are off."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import escape

from campaigns.widgets.plug import Subject


class Card:
    name = "card"
    label = _l("Campaign card")
    hint = _l("A frame 280 to 480 points wide and 240 high; right to left inside any page.")

    def snippet(self, subject: Subject) -> str:
        words = escape(_("Campaign “%(title)s”", title=subject.title))
        return (
            f'<iframe src="{escape(subject.embed_url)}/card" title="{words}" width="100%" height="240" '
            'loading="lazy" referrerpolicy="strict-origin" style="border:0;max-width:480px"></iframe>\n'
            f'<p><a href="{escape(subject.page_url)}" lang="{subject.language}" dir="{subject.dir}">{words}</a></p>'
        )
