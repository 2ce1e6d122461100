"""Several campaigns beside each other: a set, or the open ones of an organization or a province."""

from flask_babel import lazy_gettext as _l

from campaigns.widgets.plug import About, Frame, Subject


class Grid(Frame):
    name, height, widest = "grid", 480, 970
    about: frozenset[About] = frozenset({"many"})
    summed = False
    label = _l("Grid of campaigns")
    hint = _l("Every campaign with its bar; 480 points high, as wide as the page allows.")

    def words(self, subject: Subject) -> str:
        return subject.title
