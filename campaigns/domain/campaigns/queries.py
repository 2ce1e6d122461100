"""Reads of campaigns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope, Where
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.history import CampaignEdit, CampaignMove, CampaignUpdate
from campaigns.domain.campaigns.models import (
    AllowedIntent,
    Campaign,
    CampaignText,
    Faq,
    OldSlug,
    Preset,
    UnitCost,
    campaign_province,
)
from campaigns.domain.campaigns.states import State

_WITH_A_PAGE = (State.APPROVED, State.LIVE, State.PAUSED, State.FROZEN, State.ENDED)


@dataclass(frozen=True)
class Details:
    """What hangs on one campaign besides its texts."""

    costs: Sequence[UnitCost]
    presets: Sequence[Preset]
    intents: Sequence[str]
    faq: Sequence[Faq]
    updates: Sequence[CampaignUpdate]


def by_public_id(public_id: str, *, lock: bool = False) -> Campaign | None:
    """Any campaign, in whatever state. `lock` holds its row until the transaction ends (PostgreSQL)."""
    query = select(Campaign).where(Campaign.public_id == public_id)
    return db.session.scalar(query.with_for_update(of=Campaign) if lock else query)


def by_id(campaign_id: int) -> Campaign:
    """A campaign that is there, in whatever state."""
    return db.session.get_one(Campaign, campaign_id)


def by_slug(slug: str) -> Campaign | None:
    """A campaign the public may see: live, paused, ended or cancelled after having been live; or approved (soon)."""
    return db.session.scalar(_public_at_slug(), {"slug": slug})


@cache
def _public_at_slug() -> Select[Campaign]:
    """Made once: every public page of a campaign begins with it."""
    return select(Campaign).where(Campaign.slug == bindparam("slug"), was_public())


def sister_of(campaign: Campaign) -> Campaign | None:
    """The campaign gifts are sent on to, if the public may see it."""
    return db.session.scalar(select(Campaign).where(Campaign.id == campaign.sibling_id, was_public()))


def by_short_code(code: str) -> Campaign | None:
    return db.session.scalar(select(Campaign).where(Campaign.short_code == code, was_public()))


def moved_to(old_slug: str) -> str | None:
    """The present slug of a campaign with a page that had another one. Of a draft the public learns no address."""
    return db.session.scalar(
        select(Campaign.slug)
        .join(OldSlug, OldSlug.campaign_id == Campaign.id)
        .where(OldSlug.slug == old_slug, was_public())
    )


def all_moved(old_slugs: Collection[str]) -> dict[str, str]:
    """The present slugs of those among these that were the address of a campaign with a page."""
    query = select(OldSlug.slug, Campaign.slug).join(Campaign, OldSlug.campaign_id == Campaign.id)
    rows = db.session.execute(query.where(OldSlug.slug.in_(old_slugs), was_public()))
    return {row[0]: row[1] for row in rows}


def languages_of(campaign_ids: Collection[int]) -> set[str]:
    """The languages in which every one of these campaigns has a title."""
    query = (
        select(CampaignText.language)
        .where(CampaignText.campaign_id.in_(campaign_ids), CampaignText.title != "")
        .group_by(CampaignText.language)
        .having(func.count() == len(set(campaign_ids)))
    )
    return set(db.session.scalars(query))


def wears(accent: str) -> bool:
    """Whether some campaign has this own colour, or a change that waits would give it to one."""
    query = select(Campaign.id).where(Campaign.accent == accent, Campaign.accent != "")
    waiting = select(CampaignEdit.id).where(
        CampaignEdit.part == "look",
        CampaignEdit.state.in_(("waiting", "returned")),
        CampaignEdit.data["accent"].as_string() == accent,
    )
    return db.session.scalar(query.limit(1)) is not None or db.session.scalar(waiting.limit(1)) is not None


def slug_taken(slug: str, by_other_than: int | None = None) -> bool:
    """Whether a slug is in use, now or as an old address of another campaign."""
    now_used = select(Campaign.id).where(Campaign.slug == slug, Campaign.id != (by_other_than or 0))
    once_used = select(OldSlug.campaign_id).where(
        OldSlug.slug == slug, OldSlug.campaign_id != (by_other_than or 0)
    )
    return bool(db.session.scalar(now_used) or db.session.scalar(once_used))


def was_public() -> ColumnElement[bool]:
    """Has a page: approved campaigns announce themselves; a cancelled one only if it had been live.

    Rejected after its approval was taken back, it has none: what the moderator wrote is for its author alone.
    """
    lived = exists().where(CampaignMove.campaign_id == Campaign.id, CampaignMove.after == State.LIVE.value)
    open_states = tuple(state.value for state in _WITH_A_PAGE)
    return or_(
        Campaign.state.in_(open_states),
        and_(Campaign.state == State.CANCELLED.value, Campaign.approved_at.is_not(None), lived),
    )


def details(campaign: Campaign, language: str, updates: int = 10) -> Details:
    """Five queries, whatever the number of gifts. Texts fall back to Persian where a language has none."""
    faq = _ordered(Faq, campaign.id)
    chosen = [row for row in faq if row.language == language] or [row for row in faq if row.language == "fa"]
    return Details(
        costs=_ordered(UnitCost, campaign.id),
        presets=_ordered(Preset, campaign.id),
        intents=[row.intent for row in _ordered(AllowedIntent, campaign.id)],
        faq=chosen,
        updates=shown_updates(campaign.id, updates),
    )


def shown_updates(campaign_id: int, most: int) -> Sequence[CampaignUpdate]:
    """The news the public may read, newest first."""
    query = select(CampaignUpdate).where(
        CampaignUpdate.campaign_id == campaign_id, CampaignUpdate.state == "shown"
    )
    return db.session.scalars(query.order_by(CampaignUpdate.shown_at.desc()).limit(most)).all()


def newest_public(most: int) -> Sequence[Campaign]:
    """The campaigns with a page that were approved last."""
    query = select(Campaign).where(was_public()).order_by(Campaign.approved_at.desc(), Campaign.id.desc())
    return db.session.scalars(query.limit(most)).all()


def in_scope(query: Select[Campaign], scope: Scope, user_id: int) -> Select[Campaign]:
    """Narrows a query of campaigns to where a permission holds (`access.scope_of`)."""
    if scope.everywhere:
        return query
    reach: list[ColumnElement[bool]] = [Campaign.id.in_(scope.campaign_ids)]
    if scope.own:
        reach.append(Campaign.author_id == user_id)
    if scope.province_codes:
        there = exists().where(
            campaign_province.c.campaign_id == Campaign.id,
            campaign_province.c.province_code.in_(scope.province_codes),
        )
        reach.append(there)
    return query.where(or_(*reach))


def only_in(province_codes: Collection[str]) -> frozenset[int]:
    """Ids of the campaigns that serve these provinces and no other."""
    here = exists().where(
        campaign_province.c.campaign_id == Campaign.id, campaign_province.c.province_code.in_(province_codes)
    )
    elsewhere = exists().where(
        campaign_province.c.campaign_id == Campaign.id,
        campaign_province.c.province_code.not_in(province_codes),
    )
    return frozenset(db.session.scalars(select(Campaign.id).where(here, ~elsewhere)))


def public_ids(campaign_ids: Collection[int]) -> dict[int, str]:
    """How addresses name these campaigns, by id."""
    rows = db.session.execute(select(Campaign.id, Campaign.public_id).where(Campaign.id.in_(campaign_ids)))
    return {row.id: row.public_id for row in rows}


def at_address(address: str) -> Campaign | None:
    """A campaign in whatever state, by the address of one of its pages or by the last part of it."""
    name = address.partition("?")[0].strip("/ ").rpartition("/")[2]
    return db.session.scalar(select(Campaign).where(or_(Campaign.slug == name, Campaign.public_id == name)))


def where_is(campaign: Campaign) -> Where:
    """Where a campaign stands, for `access.may`."""
    return Where(
        campaign_id=campaign.id,
        province_codes=frozenset(province.code for province in campaign.provinces),
        author_id=campaign.author_id,
    )


def approved_before(author_id: int, campaign_id: int) -> bool:
    """Whether this author has had another campaign approved: a first one needs two people."""
    return bool(
        db.session.scalar(
            select(Campaign.id)
            .where(
                Campaign.author_id == author_id,
                Campaign.id != campaign_id,
                Campaign.approved_at.is_not(None),
            )
            .limit(1)
        )
    )


def waiting_edits() -> list[CampaignEdit]:
    return list(
        db.session.scalars(
            select(CampaignEdit).where(CampaignEdit.state == "waiting").order_by(CampaignEdit.created_at)
        )
    )


def _ordered(model: Any, campaign_id: int) -> Sequence[Any]:
    rows = select(model).where(model.campaign_id == campaign_id).order_by(model.position)
    return db.session.scalars(rows).all()


def moves_of(campaign_id: int) -> list[CampaignMove]:
    """Everything that happened to its state, newest first."""
    query = select(CampaignMove).where(CampaignMove.campaign_id == campaign_id)
    return list(db.session.scalars(query.order_by(CampaignMove.id.desc())))


def returned_update(campaign_id: int, public_id: str) -> CampaignUpdate | None:
    """News of this campaign that a moderator has sent back to be mended."""
    return db.session.scalar(
        select(CampaignUpdate).where(
            CampaignUpdate.campaign_id == campaign_id,
            CampaignUpdate.public_id == public_id,
            CampaignUpdate.state == "returned",
        )
    )


def updates_of(campaign_id: int) -> list[CampaignUpdate]:
    """Every update, shown or not, newest first."""
    query = select(CampaignUpdate).where(CampaignUpdate.campaign_id == campaign_id)
    return list(db.session.scalars(query.order_by(CampaignUpdate.id.desc())))


def public_organizations() -> Sequence[str]:
    """Slugs of the organizations that run a campaign with a page."""
    query = select(Organization.slug).join(Campaign, Campaign.organization_id == Organization.id)
    return db.session.scalars(query.where(was_public()).distinct().order_by(Organization.slug)).all()


def public_addresses() -> list[tuple[str, datetime]]:
    """(slug, last change of its state) of every campaign with a page, newest first: for the sitemap."""
    query = select(Campaign.slug, Campaign.state_changed_at).where(was_public()).order_by(Campaign.id.desc())
    return [(row.slug, row.state_changed_at) for row in db.session.execute(query.limit(20_000))]
