"""Reads a gateway's report from a file that somebody brought: CSV, as panels of gateways and spreadsheets write it.

Columns are known by their heads, Persian or English, in any order. Times without an offset are Tehran's, in either
calendar. Pure.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from campaigns.base.digits import to_ascii
from campaigns.base.jalali import TEHRAN, parse_jalali_text
from campaigns.base.text import clean
from campaigns.domain.payments.contract import Outcome, ReportRow

LARGEST = 4 * 1024 * 1024
MOST_LINES = 50_000
HEADS = {
    "receipt": ("refnum", "ref num", "reference", "رسید دیجیتالی", "رسید دیجیتال", "شماره مرجع"),
    "order": ("resnum", "res num", "order", "orderid", "شماره سفارش", "شماره خرید", "کد رزرو"),
    "rials": ("amount", "مبلغ", "مبلغ (ریال)", "مبلغ تراکنش", "originalamount", "orginalamount"),
    "status": ("status", "state", "result", "وضعیت", "وضعیت تراکنش", "نتیجه"),
    "at": (
        "date",
        "datetime",
        "time",
        "stracedate",
        "transactiondate",
        "تاریخ",
        "تاریخ و زمان",
        "تاریخ تراکنش",
    ),
}
PAID = {"ok", "paid", "success", "successful", "verified", "2", "0", "موفق", "تایید شده", "پرداخت شده"}
BACK = {"reversed", "reverse", "refunded", "برگشت خورده", "برگشت‌خورده", "برگشتی", "اصلاحیه"}
_CLOCK = re.compile(r"(.*?)[\sT,\-–]*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Unreadable(Exception):
    """`what`: `empty`, `heads` (no column for a reference or an amount), `long`, or `lines` with their numbers."""

    def __init__(self, what: str, lines: tuple[int, ...] = ()) -> None:
        super().__init__(what)
        self.what, self.lines = what, lines


def read_report(data: bytes) -> list[ReportRow]:
    """The rows of a file; a row without a word about its state is money, for such files list what was paid.

    Raises `Unreadable`; then nothing of the file may be used.
    """
    if len(data) > LARGEST:
        raise Unreadable("long")
    lines = list(_cells(_text(data)))
    if not lines:
        raise Unreadable("empty")
    if len(lines) > MOST_LINES:
        raise Unreadable("long")
    columns = _columns(lines[0][1])
    if "rials" not in columns or not {"receipt", "order"} & set(columns):
        raise Unreadable("heads")
    rows, wrong = [], []
    for number, cells in lines[1:]:
        said = {name: _cell(cells, place) for name, place in columns.items()}
        row = _row(said)
        if row is None:
            wrong.append(number)
        else:
            rows.append(row)
    if wrong:
        raise Unreadable("lines", tuple(wrong))
    return rows


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1256", "replace")  # what older spreadsheets in Iran write


def _cells(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Lines that hold something, with their number in the file."""
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), 1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _columns(heads: Sequence[str]) -> dict[str, int]:
    typed = [clean(head).casefold().strip() for head in heads]
    found = {}
    for name, words in HEADS.items():
        places = [place for place, head in enumerate(typed) if head in words]
        if places:
            found[name] = places[0]
    return found


def _cell(cells: Sequence[str], place: int) -> str:
    return to_ascii(clean(cells[place])).strip().lstrip("'") if place < len(cells) else ""


def _row(said: dict[str, str]) -> ReportRow | None:
    digits = re.sub(r"[,٬،\s]", "", said["rials"])
    at = _moment(said["at"]) if said.get("at") else None
    receipt, order = said.get("receipt", ""), said.get("order", "")
    if not re.fullmatch(r"[0-9]{1,15}", digits) or not (receipt or order) or (said.get("at") and at is None):
        return None
    return ReportRow(
        rials=int(digits),
        outcome=_outcome(said.get("status")),
        at=at,
        receipt_ref=receipt[:80] or None,
        numeric_ref=int(order) if re.fullmatch(r"[0-9]{1,18}", order) else None,
    )


def _outcome(status: str | None) -> Outcome:
    word = (status or "ok").casefold()
    if word in BACK:
        return Outcome.REVERSED
    return Outcome.ALREADY if word in PAID else Outcome.NOT_PAID


def _moment(said: str) -> datetime | None:
    """«۱۴۰۵/۰۹/۰۲ ۱۴:۳۰:۲۲», 2026-11-23 14:30, or a day alone: its noon."""
    found = _CLOCK.fullmatch(said)
    day, hour, minute, second = found.groups() if found else (said, "12", "0", "0")
    day = day.strip()
    try:
        if _YEAR.match(day):
            parts = [int(part) for part in re.split(r"[/\-.]", day)]
            date_of = datetime(*parts, tzinfo=TEHRAN).date()  # type: ignore[misc, arg-type]
        else:
            date_of = parse_jalali_text(day)
        when = time(int(hour), int(minute), int(second or 0))
        return datetime.combine(date_of, when, TEHRAN).astimezone(UTC)
    except (ValueError, TypeError):
        return None
