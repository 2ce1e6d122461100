"""Words of the warehouses."""

from flask_babel import lazy_gettext as _l

from campaigns.domain.goods.stock_models import BoxState, Move, Warehouse
from campaigns.domain.regions.models import County, Province
from campaigns.web.locale import language

REFUSALS = {
    "warehouse": _l("This warehouse is closed and takes no goods."),
    "code": _l("Another warehouse has this code."),
    "quantity": _l("Write how many came: a number above zero, good or damaged."),
    "damage": _l("Write what is wrong with the damaged ones."),
    "worth": _l("This is worth more than any goods. Look at the number and the worth once more."),
    "worth_why": _l("Write why one is worth this much, and not what the need says."),
    "pledge": _l("This promise was called off, or has reached people already. Take the goods in without it."),
    "voided": _l("This receipt is void already."),
    "delivered": _l("These goods have reached people already."),
    "stock": _l("Not so many lie on the shelf."),
    "reason": _l("Write the reason."),
    "moved": _l("Somebody else was first: look at what has become of it."),
    "box": _l("This box is closed already."),
    "elsewhere": _l("These goods lie in another warehouse."),
    "inside": _l("Not so many are in the box."),
    "empty": _l("There is nothing in this box yet."),
    "number": _l("Write a number from one to forty."),
}
"""Why something was not done, in sentences."""

MOVE_LABELS = {
    Move.RECEIVED: _l("received"),
    Move.TAKEN_BACK: _l("receipt void, taken back"),
    Move.PACKED: _l("packed into a box"),
    Move.UNPACKED: _l("taken out of a box"),
    Move.WRITTEN_OFF: _l("written off"),
    Move.FOUND: _l("found again"),
    Move.DELIVERED: _l("delivered"),
    Move.LOST: _l("missing from its box"),
}
BOX_LABELS = {
    BoxState.OPEN: _l("being packed"),
    BoxState.SENT: _l("on its way"),
    BoxState.DELIVERED: _l("arrived"),
    BoxState.LOST: _l("lost on its way"),
}


def name_of(place: Warehouse | Province | County) -> str:
    """What it is called in the reader's language."""
    return (language().code == "en" and place.name_en) or place.name_fa
