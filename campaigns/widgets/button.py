"""A link that looks like a button: plain HTML in the host page, nothing is loaded from us."""

from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import escape

from campaigns.widgets.plug import ONE_OR_MANY, Kind, Subject

_STYLE = (
    "display:inline-block;padding:.5em 1.25em;border-radius:99px;background:{ground};color:{ink};"
    "font:700 1rem/1.7 Vazirmatn,Tahoma,sans-serif;text-decoration:none"
)


class Button:
    name = "button"
    kind: ClassVar[Kind] = "link"
    about = ONE_OR_MANY
    label = _l("Link button")
    hint = _l("For any text: nothing is loaded, it is only a link.")

    def snippet(self, subject: Subject) -> str:
        words = escape(_("Help “%(title)s”", title=subject.title))
        style = _STYLE.format(ground=subject.ground, ink=subject.ink)
        return (
            f'<a href="{escape(subject.page_url)}" lang="{subject.language}" dir="{subject.dir}" '
            f'style="{style}">{words}</a>'
        )
