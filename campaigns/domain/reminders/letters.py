"""The letters of a reminder. None of these commit. Each can be stopped with one click of its reader's mail program.

Who left only a mobile number gets a text message instead, under the same key: it has room for one link, to the page
from which the form is opened and everything stopped.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.money import RIALS_PER_TOMAN
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.notices.actions import withdraw, write, write_text
from campaigns.domain.reminders import links
from campaigns.domain.reminders.models import Reminder
from campaigns.domain.reminders.queries import another_like, last_written

Link = Callable[..., str]


def welcome(reminder: Reminder, link: Link) -> bool:
    """What was asked for, when the first letter comes, and how to change or stop it."""
    return _write(reminder, "welcome", "reminder_welcome", link, next_on=reminder.next_on)


def month(reminder: Reminder, number: int, link: Link) -> bool:
    """The letter of one month: a link that opens the filled-in form. A text message of an earlier month that nobody
    could send until now is not sent any more: two at once would be one too many.
    """
    if not reminder.email:
        withdraw(_key(reminder, str(last_written(reminder.id, before=number))))
    token = links.of_month(reminder, number)
    return _write(reminder, str(number), "reminder_month", link, give_url=_form(reminder, link, token))


def unanswered(reminder: Reminder, link: Link) -> bool:
    """We stop by ourselves; the form is one click away all the same."""
    return _write(reminder, "end", "reminder_unanswered", link, give_url=_form(reminder, link, None))


def campaign_over(reminder: Reminder, link: Link) -> bool:
    """The campaign has ended, with thanks; another of the same topic where there is one."""
    other = another_like(reminder.campaign, reminder.intent)
    values: dict[str, Any] = {"other_title": "", "other_url": ""}
    if other is not None:
        values["other_title"] = _title(other, reminder.language)
        values["other_url"] = _campaign(other, reminder, link)
    return _write(reminder, "end", "reminder_campaign_over", link, **values)


def _campaign(campaign: Campaign, reminder: Reminder, link: Link) -> str:
    """Its page; its short link in a text message."""
    if reminder.email:
        return link(reminder.language, "site.campaign.show", slug=campaign.slug)
    return link(reminder.language, "site.shortlink.follow", code=campaign.short_code)


def _form(reminder: Reminder, link: Link, token: str | None) -> str:
    values = {"other": str(reminder.rials // RIALS_PER_TOMAN), "intent": reminder.intent}
    if token is not None:
        values["again"] = token
    return link(reminder.language, "give.start.show", slug=reminder.campaign.slug, **values)


def _write(reminder: Reminder, key: str, template: str, link: Link, **values: Any) -> bool:
    if not reminder.email:
        return _write_text(reminder, key, template, link, **values)
    token, language = links.own(reminder), reminder.language
    stop_url = link(language, "give.reminder.leave", token=token)
    return write(
        _key(reminder, key),
        reminder.email,
        language,
        template,
        unsubscribe_url=stop_url,
        stop_url=stop_url,
        title=_title(reminder.campaign, language),
        rials=reminder.rials,
        day=reminder.day,
        own_url=link(language, "give.reminder.show", token=token),
        **values,
    )


def _write_text(reminder: Reminder, key: str, template: str, link: Link, **values: Any) -> bool:
    language = reminder.language
    return write_text(
        _key(reminder, key),
        reminder.mobile,
        language,
        template,
        _title(reminder.campaign, language),
        rials=reminder.rials,
        own_url=link(language, "give.reminder.show", token=links.own_short(reminder)),
        campaign_url=_campaign(reminder.campaign, reminder, link),
        **values,
    )


def _key(reminder: Reminder, key: str) -> str:
    return f"reminder:{reminder.public_id}:{key}"


def _title(campaign: Campaign, language: str) -> str:
    rows = db.session.scalars(select(CampaignText).where(CampaignText.campaign_id == campaign.id))
    titles = {row.language: row.title for row in rows}
    return titles.get(language) or titles.get("fa") or campaign.slug
