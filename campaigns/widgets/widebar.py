"""A low strip across a page: title, bar, button side by side."""

from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import ONE_OR_MANY, Frame, Subject


class WideBar(Frame):
    name, height, widest = "widebar", 90, 970
    about = ONE_OR_MANY
    label = _l("Wide bar")
    hint = _l("A strip of 728 or 970 by 90 points, above or below an article.")

    def words(self, subject: Subject) -> str:
        return subject.called
