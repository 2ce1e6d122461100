"""Words about promised goods that more than one door says."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_states import State, Way

PLEDGE_STATES = {
    State.REGISTERED: _l("registered"),
    State.ARRANGED: _l("arranged"),
    State.PARTLY: _l("received in part"),
    State.RECEIVED: _l("arrived"),
    State.DELIVERED: _l("delivered"),
    State.NO_SHOW: _l("did not come"),
    State.EXPIRED: _l("expired"),
    State.CANCELLED: _l("cancelled"),
}
PLEDGE_SHAPES = {
    State.REGISTERED: "○",
    State.ARRANGED: "◔",
    State.PARTLY: "◑",
    State.RECEIVED: "●",
    State.DELIVERED: "✓",
    State.NO_SHOW: "–",
    State.EXPIRED: "■",
    State.CANCELLED: "✕",
}
STEP_WORDS = {
    "pledge": _l("promised"),
    "change": _l("changed by the giver"),
    "cancel": _l("cancelled by the giver"),
    "arrange": _l("a day was arranged"),
    "no_show": _l("it did not come"),
    "expire": _l("its time was over"),
    "receive": _l("came to the office"),
    "take_back": _l("its receipt was a mistake: taken back"),
    "deliver": _l("reached people"),
}
"""What happened to a promise, by the verb of its history."""


def way_in_words(pledge: Pledge) -> str:
    """How it comes: «you bring it», said of whoever gives."""
    if pledge.way == Way.COLLECT:
        return _("Fetched from the giver")
    if pledge.way == Way.BUY:
        return _("Bought at a listed shop, which sends it")
    return _("Brought to a place") if pledge.place_id else _("Brought; the office says where")
