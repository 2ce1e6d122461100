"""Reads of reminders."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import exists, func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import is_live, state_on
from campaigns.domain.campaigns.models import AllowedIntent, Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.reminders.models import Reminder, ReminderAnswer, ReminderMonth

OVER = frozenset({CampaignState.ENDED, CampaignState.CANCELLED})


class Standing(StrEnum):
    """How a campaign stands to a gift that comes again."""

    OPEN = "open"
    RESTS = "rests"  # it may go on
    OVER = "over"  # it takes no more gifts of this intent


def standing(campaign: Campaign, intent: str) -> Standing:
    """Today, as its own page would answer."""
    state, _since = state_on(campaign, tehran_day(now()))
    if state in OVER:
        return Standing.OVER
    if state is not CampaignState.LIVE:
        return Standing.RESTS
    page = campaign_page(campaign, "fa", with_wall=False)
    takes = page.accepts_gifts and intent in {choice.code for choice in page.intents}
    return Standing.OPEN if takes else Standing.OVER


def by_public_id(public_id: str) -> Reminder | None:
    return db.session.scalar(select(Reminder).where(Reminder.public_id == public_id))


def of_gift(gift_id: int) -> Reminder | None:
    return db.session.scalar(select(Reminder).where(Reminder.gift_id == gift_id))


def last_written(reminder_id: int, before: int | None = None) -> int | None:
    """The month of its latest letter; of the latest one before a month."""
    query = select(func.max(ReminderMonth.month)).where(
        ReminderMonth.reminder_id == reminder_id, ReminderMonth.outcome == "written"
    )
    return db.session.scalar(query if before is None else query.where(ReminderMonth.month < before))


def answers_of(reminder: Reminder) -> Sequence[Contribution]:
    """The gifts that arrived because of its letters, newest first."""
    query = select(Contribution).join(ReminderAnswer, ReminderAnswer.gift_id == Contribution.id)
    query = query.where(ReminderAnswer.reminder_id == reminder.id, Contribution.received_at.is_not(None))
    return db.session.scalars(query.order_by(Contribution.received_at.desc())).all()


def unanswered(reminder: Reminder, enough: int) -> bool:
    """Whether the last `enough` letters, none older than its patience, all stayed without a gift that arrived."""
    arrived = exists().where(
        ReminderAnswer.reminder_id == ReminderMonth.reminder_id,
        ReminderAnswer.month == ReminderMonth.month,
        ReminderAnswer.gift_id == Contribution.id,
        Contribution.received_at.is_not(None),
    )
    query = (
        select(arrived)
        .where(
            ReminderMonth.reminder_id == reminder.id,
            ReminderMonth.outcome == "written",
            ReminderMonth.month > reminder.counted_from,
        )
        .order_by(ReminderMonth.month.desc())
        .limit(enough)
    )
    last = db.session.scalars(query).all()
    return len(last) == enough and not any(last)


def another_like(campaign: Campaign, intent: str) -> Campaign | None:
    """An open campaign of the same topic that takes this intent: the one sent on to, else the newest."""
    takes = exists().where(AllowedIntent.campaign_id == Campaign.id, AllowedIntent.intent == intent)
    query = select(Campaign).where(
        Campaign.id != campaign.id,
        Campaign.topic == campaign.topic,
        Campaign.is_sample == campaign.is_sample,
        is_live(tehran_day(now())),
        takes,
    )
    sent_on = (Campaign.id == campaign.sibling_id).desc() if campaign.sibling_id else Campaign.id.desc()
    return db.session.scalars(query.order_by(sent_on, Campaign.id.desc()).limit(1)).first()
