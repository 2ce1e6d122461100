"""A link that looks like a button: plain HTML in the host page, nothing is loaded from us."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import escape

from campaigns.widgets.plug import Subject

_STYLE = (
    "display:inline-block;padding:.5em 1.25em;border-radius:99px;background:#005f63;color:#fff;"
    "font:700 1rem/1.7 Vazirmatn,Tahoma,sans-serif;text-decoration:none"
)


class Button:
    name = "button"
    label = _l("Link button")
    hint = _l("For any text: nothing is loaded, it is only a link.")

    def snippet(self, subject: Subject) -> str:
        words = escape(_("Help “%(title)s”", title=subject.title))
        return (
            f'<a href="{escape(subject.page_url)}" lang="{subject.language}" dir="{subject.dir}" '
            f'style="{_STYLE}">{words}</a>'
        )
