"""What the files of finance hold: of each kind its columns, and a row in words.

Names and codes of donors only for who may see them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.jalali import clock, said, tehran_day
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights import export_rows
from campaigns.domain.insights.export_rows import Gift, Reader
from campaigns.domain.refunds.reasons import REASON_LABELS
from campaigns.web.finance import clearing_words
from campaigns.web.finance.clearing_words import way_name
from campaigns.web.finance.labels import ITEM_LABELS, REFUND_LABELS, STATE_LABELS
from campaigns.web.locale import language

DAY = (_l("Day"), _l("Gregorian day"), _l("Time in Tehran"))


@dataclass(frozen=True)
class Eyes:
    """What the reader may see besides sums: of which campaigns the names donors show, and the tracking codes. None:
    of all.
    """

    names: frozenset[int] | None
    codes: frozenset[int] | None

    def code(self, campaign_id: int | None, code: str | None) -> str:
        return code or "" if self._may(self.codes, campaign_id) else ""

    def name(self, gift: Gift) -> str:
        if not self._may(self.names, gift.campaign_id):
            return ""
        return _("Anonymous") if gift.hide_name or not gift.donor_name else gift.donor_name

    def dedication(self, gift: Gift) -> str:
        return gift.dedication if self._may(self.names, gift.campaign_id) else ""

    @staticmethod
    def _may(seen: frozenset[int] | None, campaign_id: int | None) -> bool:
        return seen is None or campaign_id in seen


@dataclass(frozen=True)
class Sheet:
    """`personal`: rows name donors, or hold what leads to them, for those who may see it."""

    label: Any
    head: tuple[Any, ...]
    read: Reader
    line: Callable[[Any, Eyes], Sequence[object]]
    personal: bool = False

    def titles(self) -> list[str]:
        return [str(words) for words in self.head]


def _moment(moment: datetime | None) -> tuple[str, str, str]:
    if moment is None:
        return "", "", ""
    code = language().code
    return said(moment, code), tehran_day(moment).isoformat(), clock(moment, code)


def _day(day: date) -> tuple[str, str]:
    return said(day, language().code), day.isoformat()


def _words(labels: Any, code: str) -> str:
    return str(labels.get(code, code))


def _gift(row: Gift, eyes: Eyes) -> Sequence[object]:
    return (
        *_moment(row.received_at),
        row.campaign,
        _words(INTENT_LABELS, row.intent),
        row.rials,
        row.went_back,
        " + ".join(way_name(one.gateway) for one in row.paid),
        " + ".join(one.bank_ref or one.receipt_ref or "" for one in row.paid),
        eyes.name(row),
        eyes.dedication(row),
        eyes.code(row.campaign_id, row.code),
        row.public_id,
    )


def _transfer(row: Any, _eyes: Eyes) -> Sequence[object]:
    return (
        row.seq,
        *_moment(row.occurred_at),
        row.kind,
        row.campaign or "",
        row.debit,
        row.credit,
        row.rials,
        row.memo,
        row.public_id,
    )


def _refund(row: Any, eyes: Eyes) -> Sequence[object]:
    return (
        *_moment(row.requested_at),
        _words(REFUND_LABELS, row.state),
        row.rials,
        _words(REASON_LABELS, row.reason_code),
        row.campaign or "",
        way_name(row.gateway),
        row.provider_ref or "",
        row.asked_by,
        row.agreed_by or "",
        *_moment(row.ended_at)[:2],
        eyes.code(row.campaign_id, row.code),
        row.public_id,
    )


def _settlement(row: Any, _eyes: Eyes) -> Sequence[object]:
    return (
        *_day(row.day),
        row.terminal,
        row.rials,
        row.fee_rials,
        *_day(row.first_day),
        *_day(row.last_day),
        row.bank_account,
        row.bank_reference,
        _words(clearing_words.STATE_LABELS, row.state),
        row.entered_by,
        row.decided_by or "",
        row.public_id,
    )


def _item(row: Any, eyes: Eyes) -> Sequence[object]:
    return (
        *_moment(row.opened_at),
        _words(ITEM_LABELS, row.kind),
        _words(STATE_LABELS, row.state),
        *_moment(row.closed_at)[:2],
        row.campaign or "",
        way_name(row.gateway or row.detail.get("gateway", "")),
        row.rials if row.rials is not None else row.detail.get("rials"),
        row.captured_rials,
        eyes.code(row.campaign_id, row.code),
        row.public_id,
    )


RIALS, CAMPAIGN, GATEWAY, CODE, KEY = (
    _l("Rials"),
    _l("Campaign"),
    _l("Gateway"),
    _l("Tracking code"),
    _l("Key"),
)
STATE = _l("State")
SHEETS = {
    "gifts": Sheet(
        _l("Gifts"),
        (
            *DAY, CAMPAIGN, _l("Intent"), RIALS, _l("Rials that went back"), GATEWAY, _l("Reference of the bank"),
            _l("Name"), _l("Dedication"), CODE, KEY,
        ),
        export_rows.gifts,
        _gift,
        personal=True,
    ),
    "transfers": Sheet(
        _l("Entries of the book"),
        (
            _l("Line"), *DAY, _l("Kind"), CAMPAIGN, _l("Debit"), _l("Credit"), RIALS, _l("A word about it"), KEY,
        ),
        export_rows.transfers,
        _transfer,
    ),
    "refunds": Sheet(
        _l("Refunds"),
        (
            *DAY, STATE, RIALS, _l("Reason"), CAMPAIGN, GATEWAY, _l("Reference the gateway gave"), _l("Asked for by"),
            _l("Approved by"), _l("Ended on"), _l("Ended on (Gregorian)"), CODE, KEY,
        ),
        export_rows.refunds,
        _refund,
        personal=True,
    ),
    "settlements": Sheet(
        _l("Settlements"),
        (
            _l("Day at the bank"), _l("Gregorian day"), _l("Terminal"), RIALS, _l("Rials the gateway kept"),
            _l("Pays from"), _l("Pays from (Gregorian)"), _l("Pays to"), _l("Pays to (Gregorian)"), _l("Account"),
            _l("Reference of the bank"), STATE, _l("Entered by"), _l("Decided by"), KEY,
        ),
        export_rows.settlements,
        _settlement,
    ),
    "items": Sheet(
        _l("Payments that do not fit"),
        (
            *DAY, _l("What"), STATE, _l("Ended on"), _l("Ended on (Gregorian)"), CAMPAIGN, GATEWAY, RIALS,
            _l("Rials taken by the bank"), CODE, KEY,
        ),
        export_rows.items,
        _item,
        personal=True,
    ),
}  # fmt: skip
"""By the word in the form. The order is that of the form."""
