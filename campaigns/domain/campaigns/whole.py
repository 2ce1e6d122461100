"""The numbers of a national campaign: what its provinces have together, and its own part. Plain values.

Its own part is what no province has taken over yet of the goal it states, and what it received by itself: before it
was cloned, by a monthly contract, by a transfer. So the goal stays as it was approved while provinces open one after
the other, no rial is left out, and the rows of its table make up its bar exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """The numbers of one campaign by itself. `received_rials` and `gifts` as the book says."""

    campaign_id: int
    unit_price_rials: int
    unit_count: int
    received_rials: int
    gifts: int

    @property
    def goal_rials(self) -> int:
        return self.unit_price_rials * self.unit_count

    @property
    def units_done(self) -> int:
        return self.received_rials // self.unit_price_rials if self.unit_price_rials else 0

    @property
    def next_unit_left_rials(self) -> int:
        if not self.unit_price_rials:
            return 0
        return self.unit_price_rials - self.received_rials % self.unit_price_rials


@dataclass(frozen=True)
class Whole:
    """A national campaign of which at least one province has a page."""

    own: Share
    provinces: Sequence[Share]

    @property
    def shares(self) -> list[Share]:
        return [self.own, *self.provinces]

    @property
    def goal_rials(self) -> int:
        return sum(share.goal_rials for share in self.shares)

    @property
    def unit_count(self) -> int:
        return sum(share.unit_count for share in self.shares)

    @property
    def received_rials(self) -> int:
        return sum(share.received_rials for share in self.shares)

    @property
    def gifts(self) -> int:
        return sum(share.gifts for share in self.shares)

    @property
    def units_done(self) -> int:
        """Each unit is completed somewhere: half a one here and half a one there are none."""
        return sum(share.units_done for share in self.shares)

    @property
    def next_unit_left_rials(self) -> int:
        """Of the province that is nearest to its next one."""
        started = [share for share in self.provinces if share.unit_price_rials]
        return min((share.next_unit_left_rials for share in started), default=0)

    @property
    def next_unit_received_rials(self) -> int:
        """Of the same province."""
        started = [share for share in self.provinces if share.unit_price_rials]
        nearest = min(started, key=lambda share: share.next_unit_left_rials, default=None)
        return nearest.received_rials % nearest.unit_price_rials if nearest else 0

    @property
    def province_ids(self) -> list[int]:
        return [share.campaign_id for share in self.provinces]


def whole(own: Share, provinces: Sequence[Share]) -> Whole:
    """`own` with the goal the national campaign states; what provinces have taken over of it is taken off."""
    left = max(0, own.unit_count - sum(share.unit_count for share in provinces))
    part = Share(own.campaign_id, own.unit_price_rials, left, own.received_rials, own.gifts)
    return Whole(part, provinces)
