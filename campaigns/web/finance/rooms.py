"""The pages of finance, in the order of its first page: endpoint, words, one sentence, who may enter."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from campaigns.domain.accounts.permissions import Permission


class Room(NamedTuple):
    endpoint: str
    label: Any
    sentence: Any
    permission: Permission = Permission.SEE_MONEY


ROOMS = (
    Room(
        "finance.items.show",
        _l("Payments that do not fit"),
        _l("Money that no campaign may have yet, and payments a person must look at"),
    ),
    Room(
        "finance.refunds.show",
        _l("Refunds"),
        _l("Money on its way back to donors: asked for, approved, sent, arrived"),
    ),
)
