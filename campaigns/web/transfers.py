"""Ways to give without a gateway: the accounts a gift to an organization may be transferred to now.

Kept in this process while their stamp stands still, as terminals are (`web.ways`).
"""

from collections.abc import Sequence

from campaigns.domain.claims.bank import STAMP, Receiving, receiving
from campaigns.web.shelf import kept

LEAST_RIALS = 10_000
"""No bank transfers less."""


def accounts_for(organization_id: int) -> Sequence[Receiving]:
    """The organization's own accounts, else the house's; none: gifts to it are not transferred."""
    found = kept(("transfers",), lambda: tuple(receiving()), lambda _found: frozenset({STAMP})) or ()
    own = [one for one in found if one.organization_id == organization_id]
    return own or [one for one in found if one.organization_id is None]
