"""Words about deliveries: states, and why one was not taken."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.money import toman
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.states import State
from campaigns.web.locale import language

STATE_LABELS = {
    State.RECORDED: _l("waits for a second person"),
    State.REFUSED: _l("refused by the second person"),
    State.AGREED: _l("waits for a moderator"),
    State.SHOWN: _l("counted in public"),
    State.REJECTED: _l("rejected by a moderator"),
}
STATE_SHAPES = {
    State.RECORDED: "◔",
    State.REFUSED: "✕",
    State.AGREED: "◑",
    State.SHOWN: "●",
    State.REJECTED: "✕",
}
_NUMBER = _l(
    "This looks like the telephone number, national code or account of a person. Leave it out: nobody who was helped "
    "is named here."
)
REFUSALS = {
    "quantity": _l("Write how many reached people: a number above zero."),
    "county": _l("Choose a county in one of the campaign's provinces."),
    "week": _l("This day is still to come."),
    "note": _NUMBER,
    "correction": _NUMBER,
    "evidence": _l("Choose a picture of the delivery without names and faces, or of the signed stock sheet."),
    "faces": _l("Look at the picture once more, and say that no name and no face is seen."),
    "consent": _l("Say that those whose home or things are shown have agreed, or choose another picture."),
    "need": _l("Choose a need of this campaign."),
    "box": _l("Choose a box that arrived in this county with goods of this need or campaign."),
    "spending": _l("Choose a spending of this campaign that the bank has paid."),
    "rials": _l("Write what the things cost where a spending paid for them, and only there."),
    "corrected": _l("Only what is counted in public is corrected, and by one record at a time."),
    "reason": _l("Write why it is corrected; everybody will read it."),
    "own": _l("You recorded this: somebody else decides on it."),
    "moved": _l("Somebody else was first: look at what has become of it."),
    "code": _l("Another kind has this code."),
}
FIELDS = {
    "week": "day",
    "faces": "is_faceless",
    "consent": "has_consent",
    "room": "rials",
    "corrected": "kind",
    "reason": "correction",
}
"""Beside which field a refusal is said, where it has another name."""
PICTURES = {
    "empty": _l("This file cannot be opened. Choose another picture."),
    "broken": _l("This file cannot be opened. Choose another picture."),
    "large": _l("This picture is larger than five megabytes. Choose a smaller one."),
    "pixels": _l("This picture is too large. Choose a smaller one."),
    "kind": _l(
        "Choose a picture: JPEG, PNG or WebP. Papers are photographed, so that nothing hidden comes along."
    ),
}


def sentence(why: Refused) -> str:
    """Why not, for the person who asked."""
    if why.code == "room":
        left = toman(max(0, why.rials), language().code)
        return _("Of this spending only %(left)s is not delivered yet.", left=left)
    return str(REFUSALS[why.code])
