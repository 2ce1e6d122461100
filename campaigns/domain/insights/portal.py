"""What the portal shows of many campaigns: cards, lists, figures, search. Each list is a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.search import query_terms
from campaigns.domain.campaigns.calendar import has_ended, is_live, state_on
from campaigns.domain.campaigns.clones import Clone
from campaigns.domain.campaigns.models import Campaign, CampaignText, campaign_province
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.campaigns.whole import Whole
from campaigns.domain.families.sums import wholes
from campaigns.domain.ledger.models import CampaignRollup

PAGE = 12
_Fallback = aliased(CampaignText)
_Child = aliased(Clone)


@dataclass(frozen=True)
class Card:
    """One campaign in a list. `received_rials` comes from the ledger's rollup."""

    campaign_id: int
    slug: str
    topic: str
    theme: str
    state: str
    ends_on: date | None
    unit_price_rials: int
    unit_count: int
    received_rials: int
    gifts: int
    title: str
    title_language: str
    unit_name: str
    is_sample: bool
    province_codes: tuple[str, ...]
    whole: Whole | None = None  # of a national campaign: its numbers are those of its provinces
    accent: str = ""  # its own colour

    @property
    def goal_rials(self) -> int:
        return self.whole.goal_rials if self.whole else self.unit_price_rials * self.unit_count

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only when the goal is really there."""
        return self.received_rials * 100 // self.goal_rials if self.goal_rials else 0

    @property
    def left_rials(self) -> int:
        return max(0, self.goal_rials - self.received_rials)

    @property
    def next_unit(self) -> int:
        """Which unit the next gift helps to complete, counted from one."""
        if self.whole:
            return self.whole.units_done + 1
        return self.received_rials // self.unit_price_rials + 1 if self.unit_price_rials else 1

    @property
    def next_unit_left_rials(self) -> int:
        if self.whole:
            return self.whole.next_unit_left_rials
        if not self.unit_price_rials:
            return 0
        return self.unit_price_rials - self.received_rials % self.unit_price_rials


@dataclass(frozen=True)
class Filters:
    """What the list of campaigns is narrowed to. Empty: everything."""

    province: str = ""
    topic: str = ""
    state: str = "open"  # open, reached, ended
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.province or self.topic or self.words or self.state != "open")


@dataclass(frozen=True)
class Figures:
    """Sums over all campaigns, as the book says."""

    received_rials: int
    gifts: int
    open_campaigns: int
    reached: int


_received = func.coalesce(CampaignRollup.received_rials, 0)
_goal = Campaign.unit_price_rials * Campaign.unit_count


def close_to_done(language: str, limit: int = 3) -> list[Card]:
    """Open campaigns with the highest share that is not yet the whole."""
    return _first(language, limit, (_received * 1000 / _goal).desc(), _received < _goal)


def far_behind(language: str, limit: int = 3, without: Sequence[int] = ()) -> list[Card]:
    """Open campaigns with the lowest share, those that are not in the other list."""
    return _first(language, limit, _received * 1000 / _goal, Campaign.id.not_in(without))


def search(filters: Filters, language: str, page: int = 1) -> tuple[list[Card], int]:
    """One page of cards and how many there are in all."""
    conditions = _conditions(filters)
    total = db.session.scalar(
        select(func.count(Campaign.id)).outerjoin(CampaignRollup, _rolled()).where(*conditions)
    )
    query = _cards(language).where(*conditions).order_by(Campaign.approved_at.desc(), Campaign.id)
    return _read(query.limit(PAGE).offset((page - 1) * PAGE)), total or 0


def in_province(code: str, language: str) -> list[Card]:
    """Every open campaign of a province, the furthest behind first."""
    query = _cards(language).where(_is_open(), _helps(code)).order_by(_received * 1000 / _goal, Campaign.id)
    return sorted(_read(query), key=lambda card: card.percent)


def of_organization(organization_id: int, language: str) -> list[Card]:
    """Every campaign of one organization that has a page, newest first."""
    query = _cards(language).where(was_public(), Campaign.organization_id == organization_id)
    return _read(query.order_by(Campaign.approved_at.desc(), Campaign.id))


def cards_of(campaign_ids: Sequence[int], language: str) -> dict[int, Card]:
    """Cards of these campaigns, in whatever state, by id: for people of the house."""
    cards = _read(_cards(language).where(Campaign.id.in_(campaign_ids)))
    return {card.campaign_id: card for card in cards}


def public_cards(campaign_ids: Sequence[int], language: str) -> dict[int, Card]:
    """Cards of those among these campaigns that have a page, by id."""
    cards = _read(_cards(language).where(was_public(), Campaign.id.in_(campaign_ids)))
    return {card.campaign_id: card for card in cards}


def open_by_province() -> dict[str, int]:
    """How many campaigns are open in each province; provinces without one are absent."""
    query = (
        select(campaign_province.c.province_code, func.count())
        .join(Campaign, Campaign.id == campaign_province.c.campaign_id)
        .where(_is_open())
        .group_by(campaign_province.c.province_code)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def has_samples() -> bool:
    """Whether anything the portal shows is invented."""
    query = select(Campaign.id).where(was_public(), Campaign.is_sample).limit(1)
    return db.session.scalar(query) is not None


def figures() -> Figures:
    reached = case((and_(_stands_alone(), _goal > 0, _received >= _goal), 1), else_=0)
    open_now = case((is_live(_today()), 1), else_=0)
    query = (
        select(
            func.coalesce(func.sum(_received), 0),
            func.coalesce(func.sum(CampaignRollup.gifts), 0),
            func.coalesce(func.sum(open_now), 0),
            func.coalesce(func.sum(reached), 0),
        )
        .select_from(Campaign)
        .outerjoin(CampaignRollup, _rolled())
        .where(was_public())
    )
    return Figures(*(int(value) for value in db.session.execute(query).one()))


def _first(
    language: str, limit: int, order: ColumnElement[Any], condition: ColumnElement[bool]
) -> list[Card]:
    """Open campaigns in this order. A national one does not stand among them; one of its provinces does, the first."""
    query = select(Campaign.id, Clone.parent_id).outerjoin(CampaignRollup, _rolled())
    found = query.outerjoin(Clone, Clone.campaign_id == Campaign.id).order_by(order, Campaign.id)
    first: dict[int, int] = {}
    for key, parent in db.session.execute(
        found.where(_is_open(), _stands_alone(), condition).limit(limit * 32)
    ):
        first.setdefault(-parent if parent else key, key)
    ids = list(first.values())[:limit]
    cards = cards_of(ids, language)
    return [cards[key] for key in ids]


def _is_open() -> ColumnElement[bool]:
    return and_(is_live(_today()), Campaign.unit_price_rials > 0, Campaign.unit_count > 0)


def _stands_alone() -> ColumnElement[bool]:
    """Its goal and what it received are its own: it has no provinces."""
    return ~exists().where(_Child.parent_id == Campaign.id)


def _today() -> date:
    return tehran_day(now())


def _helps(code: str) -> ColumnElement[bool]:
    there = select(campaign_province.c.campaign_id).where(campaign_province.c.province_code == code)
    return Campaign.id.in_(there)


def _rolled() -> ColumnElement[bool]:
    return CampaignRollup.campaign_id == Campaign.id


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    states = {
        "open": [_is_open()],
        "reached": [was_public(), _stands_alone(), _goal > 0, _received >= _goal],
        "ended": [was_public(), has_ended(_today())],
    }
    found: list[ColumnElement[bool]] = list(states.get(filters.state, [was_public()]))
    if filters.province:
        found.append(_helps(filters.province))
    if filters.topic:
        found.append(Campaign.topic == filters.topic)
    for forms in query_terms(filters.words):
        found.append(or_(*(Campaign.search_key.contains(form, autoescape=True) for form in forms)))
    return found


def _cards(language: str) -> Any:
    """Cards in one query; the Persian text stands in where the language has no title."""
    own = and_(
        CampaignText.campaign_id == Campaign.id, CampaignText.language == language, CampaignText.title != ""
    )
    fallback = and_(_Fallback.campaign_id == Campaign.id, _Fallback.language == "fa")
    return (
        select(Campaign, CampaignRollup, CampaignText, _Fallback)
        .outerjoin(CampaignRollup, _rolled())
        .outerjoin(CampaignText, own)
        .outerjoin(_Fallback, fallback)
    )


def _read(query: Any) -> list[Card]:
    rows = db.session.execute(query).all()
    ids = [row[0].id for row in rows]
    places, families = _provinces_of(ids), wholes(ids)
    return [
        _summed(_card(campaign, rollup, own or fallback, places.get(campaign.id, ())), families)
        for campaign, rollup, own, fallback in rows
    ]


def _summed(card: Card, families: Mapping[int, Whole]) -> Card:
    whole = families.get(card.campaign_id)
    if whole is None:
        return card
    numbers = {name: getattr(whole, name) for name in ("unit_count", "received_rials", "gifts")}
    return replace(card, whole=whole, **numbers)


def _card(
    campaign: Campaign, rollup: CampaignRollup | None, text: CampaignText | None, places: tuple[str, ...]
) -> Card:
    return Card(
        campaign_id=campaign.id,
        slug=campaign.slug,
        topic=campaign.topic,
        theme=campaign.theme,
        state=state_on(campaign, _today())[0].value,
        ends_on=campaign.ends_on,
        unit_price_rials=campaign.unit_price_rials,
        unit_count=campaign.unit_count,
        received_rials=rollup.received_rials if rollup else 0,
        gifts=rollup.gifts if rollup else 0,
        title=text.title if text else "",
        title_language=text.language if text else "fa",
        unit_name=text.unit_name if text else "",
        is_sample=campaign.is_sample,
        province_codes=places,
        accent=campaign.accent,
    )


def _provinces_of(campaign_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    query = select(campaign_province.c.campaign_id, campaign_province.c.province_code).where(
        campaign_province.c.campaign_id.in_(campaign_ids)
    )
    places: dict[int, tuple[str, ...]] = {}
    for campaign_id, code in db.session.execute(query):
        places[campaign_id] = (*places.get(campaign_id, ()), code)
    return places
