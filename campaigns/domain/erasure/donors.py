"""A gift or a promise of goods and whoever gave it: found with a proof, what is held, forgotten. Does not commit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.codes import parse_code
from campaigns.base.extensions import Model, db
from campaigns.base.phone import parse_mobile
from campaigns.domain.accounts.identity import login_of
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.contributions.commitment import cut
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import by_code
from campaigns.domain.counter.models import Receipt
from campaigns.domain.erasure.facts import facts
from campaigns.domain.erasure.rows import delete_addressed, empty_of_gift
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_queries import pledge_by_code
from campaigns.domain.goods.pledge_states import LIVE
from campaigns.domain.mandates.models import Mandate, MandateCharge
from campaigns.domain.notices.models import Letter
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.reminders.actions import stop
from campaigns.domain.reminders.models import Reminder, ReminderAnswer

Giving = Contribution | Pledge


def find(code: str, contact: str) -> Giving | None:
    """The gift or promise with this code, if `contact` is a number or an address left with it.

    Where nothing was left, the code alone is all there is to prove, and `contact` is not looked at.
    """
    known = parse_code(code)
    thing: Giving | None = (by_code(known) or pledge_by_code(known)) if known else None
    if thing is None:
        return None
    left = contacts(thing)
    typed = login_of(contact)
    return thing if not left or {typed.email, typed.mobile, parse_mobile(contact)} & left else None


def contacts(thing: Giving) -> set[str]:
    """Numbers and addresses left with it, or with the monthly gift it belongs to."""
    found = {thing.mobile}
    for reminder in _reminders(thing):
        found |= {reminder.email, reminder.mobile}
    for mandate in _mandates(thing):
        found |= {mandate.mobile, mandate.email}
    return {value for value in found if value}


def obstacle(thing: Giving) -> str:
    """Why it cannot be forgotten now; empty when it can: `mandate` still takes money each month, `pledge` is still
    waited for."""
    if any(mandate.signed_at and not mandate.ended_at_gateway for mandate in _mandates(thing)):
        return "mandate"
    return "pledge" if isinstance(thing, Pledge) and thing.state in LIVE else ""


def held(thing: Giving) -> dict[str, Any]:
    """Everything that is held about whoever gave this, by table."""
    rows: list[Model] = [thing, *_reminders(thing), *_mandates(thing), *_receipts(thing), *_letters(thing)]
    return facts([*rows, *_payments(thing)])


def forget(thing: Giving) -> None:
    """Names, numbers, addresses and words go; the amount, the day and the line in the book stay as they are."""
    delete_addressed(_addresses(thing))
    for reminder in _reminders(thing):
        stop(reminder)
        reminder.email = reminder.mobile = None
    for mandate in _mandates(thing):
        mandate.donor_name = mandate.mobile = mandate.email = ""
    for receipt in _receipts(thing):
        receipt.payer = ""
    if isinstance(thing, Pledge):
        thing.name = thing.address = thing.arranged_note = ""
        thing.mobile = "" if thing.mobile else None
        return
    thing.donor_name = thing.dedication = thing.message = ""
    thing.mobile, thing.hidden_marks, thing.hide_name, thing.message_state = None, None, True, "none"
    empty_of_gift(thing.id)
    cut(thing.id)
    stamps.bump(stamps.of_campaign(thing.campaign_id))


def _reminders(thing: Giving) -> Sequence[Reminder]:
    if isinstance(thing, Pledge):
        return []
    answers = select(ReminderAnswer.reminder_id).where(ReminderAnswer.gift_id == thing.id)
    query = select(Reminder).where((Reminder.gift_id == thing.id) | Reminder.id.in_(answers))
    return db.session.scalars(query.order_by(Reminder.id)).all()


def _mandates(thing: Giving) -> Sequence[Mandate]:
    if isinstance(thing, Pledge):
        return []
    mine = select(MandateCharge.mandate_id).where(MandateCharge.gift_id == thing.id)
    return db.session.scalars(select(Mandate).where(Mandate.id.in_(mine)).order_by(Mandate.id)).all()


def _receipts(thing: Giving) -> Sequence[Receipt]:
    if isinstance(thing, Pledge):
        return []
    return db.session.scalars(select(Receipt).where(Receipt.contribution_id == thing.id)).all()


def _payments(thing: Giving) -> Sequence[Model]:
    """What is kept of the way the money came; nobody can have it taken out."""
    if isinstance(thing, Pledge):
        return []
    attempts = select(PaymentAttempt).where(PaymentAttempt.contribution_id == thing.id)
    claims = select(TransferClaim).where(TransferClaim.contribution_id == thing.id)
    return [*db.session.scalars(attempts.order_by(PaymentAttempt.id)), *db.session.scalars(claims)]


def _letters(thing: Giving) -> Sequence[Letter]:
    mine = Letter.to.in_(_addresses(thing))
    return db.session.scalars(select(Letter).where(mine).order_by(Letter.id)).all()


def _addresses(thing: Giving) -> set[str]:
    return {value for value in contacts(thing) if "@" in value}
