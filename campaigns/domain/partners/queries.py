"""Reads of partners. Each is a fixed number of queries, whatever the number of memoranda."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope, Where
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.partners.models import (
    Memorandum,
    MemorandumMove,
    MemorandumPaper,
    PartnerLogo,
    PartnerProfile,
    memorandum_campaign,
    memorandum_party,
)
from campaigns.domain.partners.states import PUBLIC, RUNNING, State

PAGE = 20
_RUNNING = tuple(state.value for state in RUNNING)
_PUBLIC = tuple(state.value for state in PUBLIC)
SHOWN_STATES = (State.IN_FORCE, State.AGREED, State.ENDED, State.ENDED_EARLY)
"""What the public lists are narrowed to, in this order."""


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. Empty: everything."""

    division: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.division or self.state)


@dataclass(frozen=True)
class House:
    """An organization in a list. `in_force`: its memoranda that hold today."""

    organization: Organization
    kind: str
    campaigns: int
    memoranda: int
    in_force: int


def in_state(state: str, today: Any) -> ColumnElement[bool]:
    """A condition on `Memorandum`: in this public state on that day (as `states.state_on` says)."""
    running = Memorandum.state.in_(_RUNNING)
    conditions = {
        State.AGREED: and_(running, Memorandum.starts_on > today),
        State.IN_FORCE: and_(running, Memorandum.starts_on <= today, Memorandum.ends_on >= today),
        State.ENDED: or_(Memorandum.state == State.ENDED.value, and_(running, Memorandum.ends_on < today)),
        State.ENDED_EARLY: Memorandum.state == State.ENDED_EARLY.value,
    }
    return conditions[State(state)]


def public_memoranda(filters: Filters, today: date, page: int = 1) -> tuple[Sequence[Memorandum], int]:
    """One page of those everybody may read, the newest first, and how many there are."""
    conditions = _narrowed(filters, today)
    total = db.session.scalar(select(func.count(Memorandum.id)).where(*conditions)) or 0
    query = _whole(select(Memorandum).where(*conditions))
    query = query.order_by(Memorandum.starts_on.desc(), Memorandum.id.desc())
    return db.session.scalars(query.limit(PAGE).offset((page - 1) * PAGE)).all(), total


def public_memorandum(public_id: str) -> Memorandum | None:
    conditions = (Memorandum.public_id == public_id, Memorandum.state.in_(_PUBLIC))
    return db.session.scalar(_whole(select(Memorandum).where(*conditions)))


def of_organization(organization_id: int) -> Sequence[Memorandum]:
    """What this organization has agreed, as a partner or as the house that signs, the newest first."""
    query = _whole(select(Memorandum).where(Memorandum.state.in_(_PUBLIC), _signed_by(organization_id)))
    return db.session.scalars(query.order_by(Memorandum.starts_on.desc(), Memorandum.id.desc())).all()


def stood_behind(organization_id: int) -> list[int]:
    """Ids of the campaigns with a page that this organization stands or stood behind as a partner."""
    query = (
        select(memorandum_campaign.c.campaign_id)
        .join(memorandum_party, memorandum_party.c.memorandum_id == memorandum_campaign.c.memorandum_id)
        .join(Memorandum, Memorandum.id == memorandum_campaign.c.memorandum_id)
        .join(Campaign, Campaign.id == memorandum_campaign.c.campaign_id)
        .where(memorandum_party.c.organization_id == organization_id, Memorandum.state.in_(_PUBLIC))
        .where(Campaign.organization_id != organization_id, was_public())
        .distinct()
        .order_by(memorandum_campaign.c.campaign_id)
    )
    return list(db.session.scalars(query))


def behind_query(campaign_id: Any, today: Any) -> Select[*tuple[Any, ...]]:
    """The partners of a campaign whose memorandum holds today, each once: what a `page.Partner` is made of. Both may
    be `bindparam`s.
    """
    query = (
        select(Organization.id, Organization.slug, Organization.name_fa, Organization.name_en)
        .join(memorandum_party, memorandum_party.c.organization_id == Organization.id)
        .join(Memorandum, Memorandum.id == memorandum_party.c.memorandum_id)
        .join(memorandum_campaign, memorandum_campaign.c.memorandum_id == Memorandum.id)
        .where(memorandum_campaign.c.campaign_id == campaign_id, in_state(State.IN_FORCE, today))
    )
    return query.distinct()


def serving_query(campaign_id: Any) -> Select[*tuple[Any, ...]]:
    """The memoranda everybody may read that serve or served a campaign: what a `page.Document` is made of."""
    return (
        select(Memorandum.id, Memorandum.public_id, Memorandum.subject_fa, Memorandum.subject_en)
        .join(memorandum_campaign, memorandum_campaign.c.memorandum_id == Memorandum.id)
        .where(memorandum_campaign.c.campaign_id == campaign_id, Memorandum.state.in_(_PUBLIC))
    )


def public_houses(filters: Filters, today: date, page: int = 1) -> tuple[list[House], int]:
    """One page of organizations everybody may read of; narrowed, those with such a memorandum."""
    conditions = [has_page()]
    if filters:
        narrowed = select(Memorandum.id).where(_signed_by(Organization.id), *_narrowed(filters, today))
        conditions.append(narrowed.correlate(Organization).exists())
    total = db.session.scalar(select(func.count(Organization.id)).where(*conditions)) or 0
    signed = _count(Memorandum.id, _signed_by(Organization.id), Memorandum.state.in_(_PUBLIC))
    holding = _count(Memorandum.id, _signed_by(Organization.id), in_state(State.IN_FORCE, today))
    runs = _count(Campaign.id, Campaign.organization_id == Organization.id, was_public())
    kind = (
        select(PartnerProfile.kind)
        .where(PartnerProfile.organization_id == Organization.id, PartnerProfile.state == "shown")
        .correlate(Organization)
        .scalar_subquery()
    )
    query = select(Organization, func.coalesce(kind, ""), runs, signed, holding).where(*conditions)
    query = query.order_by(Organization.id).limit(PAGE).offset((page - 1) * PAGE)
    return [House(*row) for row in db.session.execute(query)], total


def has_page() -> ColumnElement[bool]:
    """A condition on `Organization`: it may be read of.

    Runs a campaign with a page, has a shown profile, has signed something public; or was written down by the console,
    which asks no moderator.
    """
    mine = PartnerProfile.organization_id == Organization.id
    signed = exists(Memorandum.id).where(_signed_by(Organization.id), Memorandum.state.in_(_PUBLIC))
    return or_(
        ~exists().where(mine),
        exists().where(mine, PartnerProfile.state == "shown"),
        exists().where(Campaign.organization_id == Organization.id, was_public()),
        signed.correlate(Organization),
    )


def house_with_page(slug: str) -> Organization | None:
    return db.session.scalar(select(Organization).where(Organization.slug == slug, has_page()))


def pages_of_houses() -> Sequence[str]:
    """The addresses of the organizations everybody may read of."""
    return db.session.scalars(select(Organization.slug).where(has_page()).order_by(Organization.slug)).all()


def public_papers() -> Sequence[str]:
    """The addresses of the memoranda everybody may read."""
    query = select(Memorandum.public_id).where(Memorandum.state.in_(_PUBLIC))
    return db.session.scalars(query.order_by(Memorandum.id.desc())).all()


def shown_profile(organization_id: int) -> PartnerProfile | None:
    return db.session.scalar(
        select(PartnerProfile).where(
            PartnerProfile.organization_id == organization_id, PartnerProfile.state == "shown"
        )
    )


def logo_of(profile: PartnerProfile) -> bytes | None:
    kept = db.session.get(PartnerLogo, profile.id)
    return kept.content if kept else None


def paper(memorandum: Memorandum, use: str) -> MemorandumPaper | None:
    return db.session.get(MemorandumPaper, (memorandum.id, use))


def papers_of(memorandum: Memorandum) -> dict[str, MemorandumPaper]:
    """What is kept with it, by use, without the files themselves."""
    query = select(MemorandumPaper).where(MemorandumPaper.memorandum_id == memorandum.id)
    return {row.use: row for row in db.session.scalars(query)}


def moves_of(memorandum: Memorandum) -> Sequence[MemorandumMove]:
    query = select(MemorandumMove).where(MemorandumMove.memorandum_id == memorandum.id)
    return db.session.scalars(
        query.options(joinedload(MemorandumMove.actor)).order_by(MemorandumMove.id.desc())
    ).all()


def by_public_id(public_id: str, *, lock: bool = False) -> Memorandum | None:
    """In whatever state. `lock` holds its row until the transaction ends (PostgreSQL)."""
    query = select(Memorandum).where(Memorandum.public_id == public_id)
    return db.session.scalar(query.with_for_update(of=Memorandum) if lock else query)


def where_is(memorandum: Memorandum) -> Where:
    """Where a memorandum stands, for `access.may`: in the province of the house that signs it, if it has one."""
    return place_of(memorandum.house)


def place_of(house: Organization) -> Where:
    return Where(province_codes=frozenset({house.province_code} if house.province_code else ()))


def within(scope: Scope, limit: int = 200) -> Sequence[Memorandum]:
    """The memoranda of the scope's provinces, the newest first."""
    query = _whole(select(Memorandum)).join(Memorandum.house)
    if not scope.everywhere:
        query = query.where(Organization.province_code.in_(scope.province_codes))
    return db.session.scalars(query.order_by(Memorandum.id.desc()).limit(limit)).all()


def houses_within(scope: Scope) -> Sequence[Organization]:
    """The organizations whose desk lies in the scope."""
    query = select(Organization).order_by(Organization.id)
    if not scope.everywhere:
        query = query.where(Organization.province_code.in_(scope.province_codes))
    return db.session.scalars(query).all()


def newest_profiles(organization_ids: Collection[int]) -> dict[int, PartnerProfile]:
    """The newest version of each, by organization."""
    query = select(PartnerProfile).where(PartnerProfile.organization_id.in_(organization_ids))
    return {row.organization_id: row for row in db.session.scalars(query.order_by(PartnerProfile.id))}


def _narrowed(filters: Filters, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Memorandum.state.in_(_PUBLIC)]
    if filters.division:
        found.append(Memorandum.division == filters.division)
    if filters.state:
        found.append(in_state(filters.state, today))
    return found


def _signed_by(organization_id: object) -> ColumnElement[bool]:
    party = exists().where(
        memorandum_party.c.memorandum_id == Memorandum.id,
        memorandum_party.c.organization_id == organization_id,
    )
    party = party.correlate(Memorandum, Organization)  # not of the select around it alone: it may lie deeper
    return or_(Memorandum.house_id == organization_id, party)


def _count(column: object, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count(column)).where(*conditions)  # type: ignore[arg-type]
    return counted.correlate(Organization).scalar_subquery()


def _whole(query: Select[Memorandum]) -> Select[Memorandum]:
    return query.options(
        joinedload(Memorandum.house), selectinload(Memorandum.parties), selectinload(Memorandum.campaigns)
    )
