"""Text messages to donors who left a mobile number and asked for one. None of these commit.

Only where the site has a provider of text messages: what nobody can send is never promised.
"""

from collections.abc import Callable

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.text_models import ReceiptText
from campaigns.domain.notices.actions import write_text
from campaigns.domain.reminders.models import Reminder, ReminderAnswer

AT_ONCE = 50
Link = Callable[..., str]
"""`link(language, endpoint, **values)`: a full address of this site."""


def ask_text(gift_id: int) -> None:
    """The donor of a new gift wants its receipt on their mobile."""
    db.session.add(ReceiptText(gift_id=gift_id))


def send_receipts(link: Link) -> int:
    """Messages for gifts that are in the book since the last turn. Returns how many.

    Each is marked in the transaction of its message, which has a key of its own: written once, whoever else works.
    """
    query = (
        select(ReceiptText)
        .join(Contribution, Contribution.id == ReceiptText.gift_id)
        .where(ReceiptText.told_at.is_(None), Contribution.received_at.is_not(None))
        .order_by(ReceiptText.gift_id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, of=ReceiptText)
    )
    due = db.session.scalars(query).all()
    for asked in due:
        asked.told_at = now()
        _receipt(asked.gift, link)
    db.session.flush()
    return len(due)


def returned(gift: Contribution, key: str, rials: int, link: Link) -> bool:
    """The same number hears that money went back, or the one that a reminder goes to. `key`: the public id of the
    refund.
    """
    number = gift.mobile if db.session.get(ReceiptText, gift.id) else _reminded_at(gift.id)
    return _write(f"gift_returned:{key}", "returned", gift, rials, link, number)


def _reminded_at(gift_id: int) -> str | None:
    """The number that the reminder of this gift, or the one it answers, is sent to."""
    answers = select(ReminderAnswer.reminder_id).where(ReminderAnswer.gift_id == gift_id)
    query = select(Reminder.mobile).where((Reminder.gift_id == gift_id) | Reminder.id.in_(answers))
    return db.session.scalar(query.where(Reminder.mobile.is_not(None)).limit(1))


def _receipt(gift: Contribution, link: Link) -> bool:
    return _write(f"receipt_text:{gift.public_id}", "receipt", gift, gift.rials, link, gift.mobile)


def _write(key: str, template: str, gift: Contribution, rials: int, link: Link, number: str | None) -> bool:
    language = gift.language
    return write_text(
        key,
        number,
        language,
        template,
        title_of(gift.campaign, language),
        rials=rials,
        url=link(language, "give.receipt.show", code=gift.code),
    )


def title_of(campaign: Campaign, language: str) -> str:
    """In this language where the campaign is written in it, else in Persian."""
    rows = db.session.scalars(select(CampaignText).where(CampaignText.campaign_id == campaign.id))
    titles = {row.language: row.title for row in rows}
    return titles.get(language) or titles.get("fa") or campaign.slug
