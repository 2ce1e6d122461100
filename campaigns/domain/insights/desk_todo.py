"""What only the organizer can do next, over all their campaigns: one list, the most urgent first.

A fixed number of queries, however many campaigns there are.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.calendar import state_on
from campaigns.domain.campaigns.history import CampaignEdit, CampaignUpdate
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.deliveries.models import FinalReport
from campaigns.domain.deliveries.reports import overdue
from campaigns.domain.goods.need_models import NeedEdit, NeedLine, NeedState
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_states import State as PledgeState
from campaigns.domain.goods.pledge_states import Way
from campaigns.domain.insights.portal import Card
from campaigns.domain.supporters.models import GiftThanks, SupporterMessage
from campaigns.domain.volunteers.shift_models import RoleWording, Shift, VolunteerRole

QUIET_AFTER = timedelta(days=9)
SOON = timedelta(days=7)
STALE_AFTER = timedelta(days=21)
THANKED_WITHIN = timedelta(days=14)


class Kind(StrEnum):
    """Why something waits for an organizer. The order is that of urgency."""

    RETURNED_CAMPAIGN = "returned_campaign"
    RETURNED_EDIT = "returned_edit"
    RETURNED_UPDATE = "returned_update"
    RETURNED_NEED = "returned_need"
    RETURNED_ROLE = "returned_role"
    RETURNED_REPORT = "returned_report"
    RETURNED_LETTER = "returned_letter"
    RETURNED_THANKS = "returned_thanks"
    REPORT_DUE = "report_due"
    ENDS_SOON = "ends_soon"
    PLEDGES = "pledges"
    SHIFTS = "shifts"
    THANKS = "thanks"
    STALE_NEEDS = "stale_needs"
    REACHED = "reached"
    QUIET = "quiet"
    DRAFT = "draft"


URGENCY = {kind: place for place, kind in enumerate(Kind)}
NEWS = frozenset(
    {
        *(Kind.RETURNED_UPDATE, Kind.RETURNED_REPORT, Kind.RETURNED_LETTER, Kind.RETURNED_THANKS),
        *(Kind.REPORT_DUE, Kind.THANKS, Kind.REACHED, Kind.QUIET),
    }
)
"""What somebody does who may write to supporters. Everything else asks for the right to change the campaign."""


@dataclass(frozen=True)
class Todo:
    """One thing. `count`: how many of them; `day`: the Tehran day it is about, if there is one."""

    kind: Kind
    campaign_id: int
    count: int = 1
    day: date | None = None


def permission_for(kind: Kind) -> Permission:
    return Permission.POST_UPDATE if kind in NEWS else Permission.EDIT_CAMPAIGN


def todos(campaigns: Sequence[Campaign], cards: Mapping[int, Card], report_days: int) -> list[Todo]:
    """Everything that waits in these campaigns. Who may do it is for the caller to ask (`permission_for`).

    `report_days`: how long after its end a campaign may be without its final report.
    """
    ids, today = [campaign.id for campaign in campaigns], tehran_day(now())
    last_news = _last_news(ids)
    found = [*_sent_back(ids), *_late_reports(ids, report_days), *_promised(ids), *_unfilled(ids)]
    found += [*_stale(ids, today), *_unthanked(ids)]
    for campaign in campaigns:
        found += _of_itself(campaign, cards[campaign.id], today, last_news.get(campaign.id))
    return sorted(found, key=lambda one: (URGENCY[one.kind], one.day or date.max, -one.campaign_id))


def _of_itself(campaign: Campaign, card: Card, today: date, last_news: datetime | None) -> Iterator[Todo]:
    """What the campaign's own state and days say."""
    if campaign.state == State.NEEDS_WORK:
        yield Todo(Kind.RETURNED_CAMPAIGN, campaign.id)
    elif campaign.state == State.DRAFT:
        yield Todo(Kind.DRAFT, campaign.id)
    elif state_on(campaign, today)[0] is State.LIVE:
        if campaign.ends_on is not None and campaign.ends_on - today < SOON:
            yield Todo(Kind.ENDS_SOON, campaign.id, (campaign.ends_on - today).days, campaign.ends_on)
        told_at = last_news or campaign.approved_at
        if told_at is not None and now() - told_at > QUIET_AFTER:
            reached = 0 < card.goal_rials <= card.received_rials
            yield Todo(Kind.REACHED if reached else Kind.QUIET, campaign.id)


def _sent_back(ids: Collection[int]) -> Iterator[Todo]:
    """What moderators want to be mended, one query for each kind of thing."""
    for kind, table in (
        (Kind.RETURNED_EDIT, CampaignEdit),
        (Kind.RETURNED_UPDATE, CampaignUpdate),
        (Kind.RETURNED_NEED, NeedEdit),
        (Kind.RETURNED_REPORT, FinalReport),
        (Kind.RETURNED_LETTER, SupporterMessage),
        (Kind.RETURNED_THANKS, GiftThanks),
    ):
        yield from _counted(kind, _of(table.campaign_id, ids).where(table.state == "returned"))
    roles = _of(VolunteerRole.campaign_id, ids).join(RoleWording, RoleWording.role_id == VolunteerRole.id)
    yield from _counted(Kind.RETURNED_ROLE, roles.where(RoleWording.state == "returned"))


def _late_reports(ids: Sequence[int], days: int) -> Iterator[Todo]:
    for campaign_id, ended_on in overdue(ids, days).items():
        yield Todo(Kind.REPORT_DUE, campaign_id, day=ended_on)


def _promised(ids: Collection[int]) -> Iterator[Todo]:
    """Promises for which nobody has agreed on a day yet; what is bought at a shop is sent by the shop."""
    waiting = _of(Pledge.campaign_id, ids).where(
        Pledge.state == PledgeState.REGISTERED.value, Pledge.way != Way.BUY.value
    )
    yield from _counted(Kind.PLEDGES, waiting)


def _unfilled(ids: Collection[int]) -> Iterator[Todo]:
    """Shifts of the next days that still have places."""
    moment = now()
    query = (
        select(VolunteerRole.campaign_id, func.count(), func.min(Shift.starts_at))
        .join(Shift, Shift.role_id == VolunteerRole.id)
        .where(VolunteerRole.campaign_id.in_(ids), VolunteerRole.is_open, Shift.called_off_at.is_(None))
        .where(Shift.starts_at.between(moment, moment + SOON), Shift.taken < Shift.places)
        .group_by(VolunteerRole.campaign_id)
    )
    for campaign_id, count, first in db.session.execute(query):
        yield Todo(Kind.SHIFTS, campaign_id, count, tehran_day(first))


def _stale(ids: Collection[int], today: date) -> Iterator[Todo]:
    """Needs that nobody has said to be right for a while."""
    query = _of(NeedLine.campaign_id, ids).where(
        NeedLine.state == NeedState.SHOWN.value,
        NeedLine.reserved + NeedLine.received < NeedLine.quantity,
        NeedLine.confirmed_on < today - STALE_AFTER,
    )
    live = query.join(Campaign, Campaign.id == NeedLine.campaign_id).where(Campaign.state == State.LIVE.value)
    yield from _counted(Kind.STALE_NEEDS, live)


def _unthanked(ids: Collection[int]) -> Iterator[Todo]:
    """Donors who wrote something that everybody reads, and whom nobody has thanked yet."""
    query = _of(Contribution.campaign_id, ids).where(
        Contribution.received_at > now() - THANKED_WITHIN,
        Contribution.refunded_at.is_(None),
        Contribution.message_state == "shown",
        ~exists().where(GiftThanks.gift_id == Contribution.id),
    )
    yield from _counted(Kind.THANKS, query)


def _last_news(ids: Collection[int]) -> dict[int, datetime]:
    """When supporters of each campaign last got something to read, or will once a moderator has."""
    query = (
        select(CampaignUpdate.campaign_id, func.max(CampaignUpdate.created_at))
        .where(CampaignUpdate.campaign_id.in_(ids), CampaignUpdate.state.in_(("shown", "waiting")))
        .group_by(CampaignUpdate.campaign_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _of(campaign_id: Any, ids: Collection[int]) -> Select[Any]:
    return select(campaign_id, func.count()).where(campaign_id.in_(ids)).group_by(campaign_id)


def _counted(kind: Kind, query: Select[Any]) -> Iterator[Todo]:
    for row in db.session.execute(query).all():
        yield Todo(kind, row[0], row[1])
