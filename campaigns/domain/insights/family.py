"""The table of a national campaign: one row a province, and its own part. Its sums are the numbers of the bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.sorting import persian_key
from campaigns.domain.campaigns.clones import Clone, parent_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.campaigns.states import State
from campaigns.domain.campaigns.topics import GoalPolicy
from campaigns.domain.campaigns.whole import Share, Whole
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.domain.regions.models import Province


@dataclass(frozen=True)
class Row:
    """One province. `takes_gifts`: whether somebody may give there today."""

    name: str
    card: Card
    takes_gifts: bool


@dataclass(frozen=True)
class Family:
    """Rows in the order of names. `own`: what no province has taken over, and what came to the whole by itself."""

    rows: Sequence[Row]
    own: Share

    @property
    def open(self) -> list[Row]:
        """Where somebody may give today."""
        return [row for row in self.rows if row.takes_gifts]

    @property
    def furthest_behind(self) -> Row | None:
        """Of those that take gifts, the one with the least of its goal, in rials of every thousand."""
        return min(self.open, key=_share, default=None)

    @property
    def has_own(self) -> bool:
        return bool(self.own.goal_rials or self.own.received_rials)


def family(campaign: Campaign, whole: Whole | None, language: str) -> Family | None:
    """The table of a national campaign; None of any other. Five queries, however many provinces there are."""
    if whole is None:
        return None
    query = (
        select(Campaign.id, Campaign.goal_policy, Province)
        .join(Clone, Clone.campaign_id == Campaign.id)
        .join(Province, Province.code == Clone.province_code)
        .where(Clone.parent_id == campaign.id, was_public())
    )
    found = db.session.execute(query).all()
    cards = cards_of([row.id for row in found], language)
    rows = [
        Row(_name(province, language), cards[key], _takes_gifts(cards[key], policy))
        for key, policy, province in found
    ]
    return Family(sorted(rows, key=lambda row: persian_key(row.name)), whole.own)


def national_of(campaign: Campaign, language: str) -> Card | None:
    """The national campaign of which this is a province, if it has a page."""
    parent = parent_of(campaign.id)
    seen = parent is not None and db.session.scalar(
        select(Campaign.id).where(Campaign.id == parent.id, was_public())
    )
    return cards_of([parent.id], language)[parent.id] if parent is not None and seen else None


def _takes_gifts(card: Card, policy: str) -> bool:
    reached = card.goal_rials > 0 and card.received_rials >= card.goal_rials
    return card.state == State.LIVE and (not reached or policy == GoalPolicy.CONTINUE)


def _share(row: Row) -> tuple[int, str]:
    card = row.card
    return (card.received_rials * 1000 // card.goal_rials if card.goal_rials else 0, row.name)


def _name(province: Province, language: str) -> str:
    return province.name_en if language == "en" else province.name_fa
