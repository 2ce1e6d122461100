"""What several campaigns have together: the numbers of their cards, which the rollups of the book made.

Money only: goods are counted one by one and have no sum. A campaign that stands twice, by itself and as a province of a
national one, counts once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.campaigns.whole import Share
from campaigns.domain.insights.portal import Card, cards_of

RESTING = frozenset({"paused", "frozen", "cancelled"})
"""Of campaigns in these states no number is shown elsewhere, alone or in a sum."""


@dataclass(frozen=True)
class Together:
    """The sums of at least one campaign. `goal_rials` is zero where one of them has no goal: there is no share then."""

    title: str
    title_language: str
    campaigns: int
    state: str  # live as long as one of them is
    is_sample: bool
    goal_rials: int
    received_rials: int
    gifts: int
    campaign_ids: tuple[int, ...]

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only when the goal is really there."""
        return self.received_rials * 100 // self.goal_rials if self.goal_rials else 0


def named_cards(slugs: Collection[str], language: str) -> list[Card]:
    """Cards of those among these slugs that have a page: open ones first, of them the furthest behind."""
    ids = db.session.scalars(select(Campaign.id).where(Campaign.slug.in_(slugs), was_public())).all()
    cards = cards_of(ids, language).values()
    return sorted(cards, key=lambda card: (card.state != "live", card.percent, card.campaign_id))


def together(
    cards: Sequence[Card], title: str, title_language: str, *, with_provinces: bool
) -> Together | None:
    """`with_provinces`: a national campaign brings its provinces along; else only what it has by itself."""
    if not cards:
        return None
    shares = {share.campaign_id: share for card in cards for share in _shares(card, with_provinces)}
    return Together(
        title=title,
        title_language=title_language,
        campaigns=len(cards),
        state="live" if any(card.state == "live" for card in cards) else "ended",
        is_sample=any(card.is_sample for card in cards),
        goal_rials=sum(share.goal_rials for share in shares.values())
        if all(card.goal_rials for card in cards)
        else 0,
        received_rials=sum(share.received_rials for share in shares.values()),
        gifts=sum(share.gifts for share in shares.values()),
        campaign_ids=tuple(sorted(shares)),
    )


def _shares(card: Card, with_provinces: bool) -> Sequence[Share]:
    if card.whole is not None:
        return card.whole.shares if with_provinces else [card.whole.own]
    own = Share(card.campaign_id, card.unit_price_rials, card.unit_count, card.received_rials, card.gifts)
    return [own]
