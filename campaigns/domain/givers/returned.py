"""A gift that went back: its donor is told once, where an address or a number is known. Does not commit.

The receipt tells everybody; this is a letter for those who left an address with a reminder or a monthly gift, else a
text message for those who asked for the receipt or for a reminder as one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.givers.texts import returned, title_of
from campaigns.domain.mandates.models import Mandate, MandateCharge
from campaigns.domain.notices.actions import write
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import REASON_LABELS, Reason
from campaigns.domain.refunds.states import RefundState
from campaigns.domain.reminders.models import Reminder, ReminderAnswer

AT_ONCE = 50
Link = Callable[..., str]
"""`link(language, endpoint, **values)`: a full address of this site."""


@dataclass(frozen=True)
class Address:
    """Where a donor is written to, and in which language."""

    email: str
    language: str


def tell_returned(link: Link) -> int:
    """Letters for money that is with its payer since the last turn. Returns how many gifts were seen to.

    Each refund is marked in the transaction of its letter, and the letter has a key of its own: told once, whoever
    else works.
    """
    query = (
        select(Refund)
        .where(Refund.state == RefundState.DONE.value, Refund.told_at.is_(None))
        .order_by(Refund.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, of=Refund)
    )
    due = db.session.scalars(query).all()
    for refund in due:
        refund.told_at = now()
        if refund.attempt is not None:
            _tell(refund, refund.attempt.contribution, link)
    db.session.flush()
    return len(due)


def address_of(gift_id: int) -> Address | None:
    """The address left with the reminder the gift began or answers, or with the mandate that took it."""
    began = select(Reminder.email, Reminder.language).where(Reminder.gift_id == gift_id)
    answers = (
        select(Reminder.email, Reminder.language)
        .join(ReminderAnswer, ReminderAnswer.reminder_id == Reminder.id)
        .where(ReminderAnswer.gift_id == gift_id)
    )
    taken = (
        select(Mandate.email, Mandate.language)
        .join(MandateCharge, MandateCharge.mandate_id == Mandate.id)
        .where(MandateCharge.gift_id == gift_id)
    )
    for query in (began, answers, taken):
        row = db.session.execute(query).first()
        if row is not None and row.email:
            return Address(row.email, row.language)
    return None


def _tell(refund: Refund, gift: Contribution, link: Link) -> bool:
    address = address_of(gift.id)
    if address is None:
        return returned(gift, refund.public_id, refund.rials, link)
    return write(
        f"gift_returned:{refund.public_id}",
        address.email,
        address.language,
        "gift_returned",
        title=title_of(gift.campaign, address.language),
        rials=refund.rials,
        of_rials=gift.rials,
        day=tehran_day(refund.ended_at or now()),
        reason=REASON_LABELS[Reason(refund.reason_code)],
        card=refund.attempt.card_mask if refund.attempt else "",
        receipt_url=link(address.language, "give.receipt.show", code=gift.code),
    )
