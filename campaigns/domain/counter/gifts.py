"""Taking a gift at a counter: one transaction that makes the gift, its numbered receipt and its place in the book.

None of these commit.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.base.jalali import jalali_fields, tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.calendar import is_live
from campaigns.domain.campaigns.models import AllowedIntent, Campaign
from campaigns.domain.contributions.actions import Wish, pledge
from campaigns.domain.contributions.commitment import committed
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.counter.book import may_leave
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import CardReader, Office, Receipt, ReceiptCount
from campaigns.domain.counter.offices import hold, present_day
from campaigns.domain.counter.reasons import VoidReason
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, mirror, post
from campaigns.domain.ledger.kinds import Kind


@dataclass(frozen=True)
class Handed:
    """A gift as it was put on the counter. `rials` above zero; no `reader`: cash; `mobile` as +989…"""

    campaign_id: int
    rials: int
    intent: str
    reader: str = ""
    trace: str = ""
    card_last4: str = ""
    payer: str = ""
    shows_name: bool = False
    mobile: str | None = None
    language: str = "fa"


def take(office: Office, gift: Handed, clerk: User, form_key: str) -> tuple[Receipt, bool]:
    """The receipt of this form, and whether it is new: a form sent twice, even at once, takes one gift.

    Raises `Refused`: `office` is closed, `campaign` takes nothing now, `intent` is none of its own, `reader` is none
    of the office's, `trace` is on another receipt.
    """
    hold(office)
    earlier = _of_form(form_key)
    if earlier is not None:
        return earlier, False
    if not office.is_open:
        raise Refused("office")
    _accepts(gift)
    reader = _reader(office, gift) if gift.reader else None
    made = _received(gift, form_key)
    day = present_day(office)
    year = year_of(day)
    receipt = Receipt(
        office=office,
        year=year,
        number=_next_number(office.id, year),
        day=day,
        contribution=made,
        rials=gift.rials,
        reader=reader,
        trace=gift.trace if reader else None,
        card_last4=gift.card_last4 if reader else "",
        payer=gift.payer,
        made_by_id=clerk.id,
    )
    db.session.add(receipt)
    db.session.flush()
    _post(receipt, clerk)
    return receipt, True


def void(receipt: Receipt, actor: User, reason: VoidReason, note: str) -> None:
    """The receipt was a mistake: its number stays, the book takes it back.

    Raises `Refused`: `voided` already, `own`: another person voids it, `day`: the day of its office is over,
    `drawer`: its cash is not there any more.
    """
    hold(receipt.office)
    db.session.refresh(receipt)
    if receipt.voided_at is not None:
        raise Refused("voided")
    if receipt.made_by_id == actor.id:
        raise Refused("own")
    if receipt.sheet_id is not None or receipt.day != present_day(receipt.office):
        raise Refused("day")
    if receipt.reader_id is None and may_leave(receipt.office) < receipt.rials:
        raise Refused("drawer")
    receipt.voided_at = receipt.contribution.refunded_at = now()
    receipt.voided_by_id, receipt.void_reason, receipt.void_note = actor.id, reason.value, note
    mirror(key_of(receipt), Kind.REVERSAL, occurred_at=now(), actor_id=actor.id)
    db.session.flush()


def key_of(receipt: Receipt) -> str:
    """The key of the transaction that brought its gift into the book."""
    return f"rcp:{receipt.public_id}"


def _of_form(form_key: str) -> Receipt | None:
    query = select(Receipt).join(Contribution, Contribution.id == Receipt.contribution_id)
    return db.session.scalar(query.where(Contribution.form_key == form_key))


def _accepts(gift: Handed) -> None:
    """Nobody cancels the campaign before this transaction ends (PostgreSQL)."""
    campaign = select(Campaign.id).where(Campaign.id == gift.campaign_id, is_live(tehran_day(now())))
    if db.session.scalar(campaign.with_for_update(read=True, of=Campaign)) is None:
        raise Refused("campaign")
    takes = select(AllowedIntent.intent).where(
        AllowedIntent.campaign_id == gift.campaign_id, AllowedIntent.intent == gift.intent
    )
    if db.session.scalar(takes) is None:
        raise Refused("intent")


def _reader(office: Office, gift: Handed) -> CardReader:
    query = select(CardReader).where(
        CardReader.office_id == office.id, CardReader.number == gift.reader, CardReader.is_used
    )
    reader = db.session.scalar(query)
    if reader is None:
        raise Refused("reader")
    same = select(Receipt.id).where(
        Receipt.reader_id == reader.id, Receipt.trace == gift.trace, Receipt.voided_at.is_(None)
    )
    if not gift.trace or db.session.scalar(same) is not None:
        raise Refused("trace")
    return reader


def _received(gift: Handed, form_key: str) -> Contribution:
    wish = Wish(
        rials=gift.rials,
        intent=gift.intent,
        language=gift.language,
        donor_name=gift.payer,
        hide_name=not (gift.shows_name and gift.payer),
        mobile=gift.mobile,
    )
    pledged, _new = pledge(gift.campaign_id, wish, form_key)
    made = db.session.get_one(Contribution, pledged.id)
    made.received_at = now()
    return made


def _next_number(office_id: int, year: int) -> int:
    """The next number; it is free again when the transaction is rolled back, for the office is held."""
    row = insert(ReceiptCount).values(office_id=office_id, year=year, last=1)
    counted = row.on_conflict_do_update(
        index_elements=["office_id", "year"], set_={"last": ReceiptCount.last + 1}
    )
    return int(db.session.execute(counted.returning(ReceiptCount.last)).scalar_one())


def _post(receipt: Receipt, clerk: User) -> None:
    made, reader = receipt.contribution, receipt.reader
    drawer = accounts.cash(receipt.office.code)
    post(
        key_of(receipt),
        Kind.POS if reader else Kind.CASH,
        [
            Leg(
                accounts.card_reader(reader.number) if reader else drawer,
                accounts.campaign(made.campaign_id, made.intent),
                receipt.rials,
            )
        ],
        occurred_at=now(),
        campaign_id=made.campaign_id,
        reference=("receipt", receipt.id),
        actor_id=clerk.id,
        commitment=committed(made.salt, made.code),
    )


def year_of(day: date) -> int:
    """The year whose numbers the receipts of this day have."""
    return jalali_fields(day)[2]
