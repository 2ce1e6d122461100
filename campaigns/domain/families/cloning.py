"""One campaign cloned to provinces in one act: all of them or none. Does not commit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Grant, Organization, User
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role
from campaigns.domain.campaigns import actions, parts
from campaigns.domain.campaigns.clones import Clone, clone_of, clones_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.queries import slug_taken
from campaigns.domain.campaigns.states import State
from campaigns.domain.families.following import OVER, remember, write_in
from campaigns.domain.families.inheritance import shared


class Refused(Exception):
    """Nothing was made; `why` is a word for the door: `closed`, a campaign that is over or is itself a clone;
    `taken`, some of these provinces have theirs; `address`, an address is in use; `organizer`, a person without a
    role there. `provinces`: which of them.
    """

    def __init__(self, why: str, provinces: Collection[str] = ()) -> None:
        super().__init__(why)
        self.why, self.provinces = why, frozenset(provinces)


@dataclass(frozen=True)
class Wish:
    """A province as somebody asked for it. No organizer: whoever clones begins it, and the desk of the province goes
    on with it.
    """

    province_code: str
    unit_count: int
    slug: str
    organizer_id: int | None = None


@dataclass(frozen=True)
class Desk:
    """Somebody who writes campaigns of a province, and for which organization."""

    person: User
    organization_id: int | None


def may_be_cloned(campaign: Campaign) -> bool:
    """Clones are not cloned again, and nothing grows out of what is over."""
    return State(campaign.state) not in OVER and clone_of(campaign.id) is None


def clone(parent: Campaign, wishes: Sequence[Wish], actor: User) -> list[Campaign]:
    """The campaigns of these provinces, as drafts that say what the national one says. The row of `parent` is locked
    by the caller. Asked again for provinces that all have theirs, it makes nothing and returns those.

    Raises `Refused`.
    """
    if not may_be_cloned(parent):
        raise Refused("closed")
    there = {row.province_code: row.campaign_id for row in clones_of(parent.id)}
    taken = [wish.province_code for wish in wishes if wish.province_code in there]
    if taken and len(taken) == len(wishes):
        return [db.session.get_one(Campaign, there[code]) for code in taken]
    if taken:
        raise Refused("taken", taken)
    slugs = [wish.slug for wish in wishes]
    used = [wish.province_code for wish in wishes if slug_taken(wish.slug) or slugs.count(wish.slug) > 1]
    if used:
        raise Refused("address", used)
    desks = desks_of([wish.province_code for wish in wishes])
    said = {part: shared(part, parts.read(parent, part)) for part in Part}
    with db.session.begin_nested():
        return [_make(parent, wish, desks[wish.province_code], said, actor) for wish in wishes]


def desks_of(province_codes: Collection[str]) -> Mapping[str, Sequence[Desk]]:
    """By province: the people who may write its campaigns there, those of its desk first. One query."""
    query = (
        select(Grant)
        .join(User, User.id == Grant.user_id)
        .where(Grant.province_code.in_(province_codes), User.is_enabled)
        .options(contains_eager(Grant.user))
        .order_by(Grant.role != Role.PROVINCE_DESK.value, User.name, Grant.id)
    )
    found: dict[str, dict[int, Desk]] = {code: {} for code in province_codes}
    for grant in db.session.scalars(query):
        if Permission.EDIT_CAMPAIGN in WHO_MAY[Role(grant.role)]:
            desk = Desk(grant.user, grant.organization_id)
            found[grant.province_code or ""].setdefault(grant.user_id, desk)
    return {code: list(desks.values()) for code, desks in found.items()}


def house_of(parent: Campaign, wish: Wish, desks: Sequence[Desk]) -> Organization:
    """Who runs the campaign of the province and receives its money: the province's own organization, for which its
    organizer or its desk works; else the one of the national campaign.
    """
    chosen = [desk for desk in desks if desk.person.id == wish.organizer_id]
    for desk in (*chosen, *desks):
        house = db.session.get(Organization, desk.organization_id) if desk.organization_id else None
        if house is not None and house.province_code == wish.province_code:
            return house
    return parent.organization


def _make(
    parent: Campaign, wish: Wish, desks: Sequence[Desk], said: Mapping[Part, parts.Data], actor: User
) -> Campaign:
    people = {desk.person.id: desk.person for desk in desks}
    if wish.organizer_id is not None and wish.organizer_id not in people:
        raise Refused("organizer", [wish.province_code])
    author = people[wish.organizer_id] if wish.organizer_id is not None else actor
    house = house_of(parent, wish, desks)
    child = actions.create(author, house.id, wish.slug, "", provinces=[wish.province_code])
    child.is_sample = parent.is_sample
    link = Clone(parent_id=parent.id, campaign_id=child.id, province_code=wish.province_code)
    link.made_by_id = actor.id
    db.session.add(link)
    db.session.flush()
    for part in Part:
        own = {"unit_count": wish.unit_count} if part is Part.GOAL else {}
        parts.write(child, part, write_in(child, part, said[part]) | own)
        remember(child, part, said[part])
    return child
