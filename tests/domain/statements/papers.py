"""Files as banks write them, each named by its shape, and the people and gifts they are about."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from openpyxl import Workbook

from campaigns.base.clock import now
from campaigns.base.digits import to_ascii, to_persian
from campaigns.base.extensions import db
from campaigns.base.jalali import TEHRAN, jalali_fields
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims import bank
from campaigns.domain.claims.declare import declare
from campaigns.domain.claims.models import BankAccount, TransferClaim
from campaigns.domain.invariants import watch
from campaigns.domain.ledger.rollup import place
from campaigns.domain.statements.checking import check
from campaigns.domain.statements.imports import bring, carry_in
from campaigns.domain.statements.models import StatementImport, StatementLine
from tests.cast import person
from tests.giving import pledged

SHEBA = "IR062960000000100324200001"
CARD = "6274129005473742"
SOON = timedelta(minutes=5)
_names = count(1)


class Move(NamedTuple):
    """One movement at a bank, in rials."""

    at: datetime
    rials: int
    description: str = ""
    document: str = ""
    balance: int | None = None
    tracking: str = ""
    card: str = ""


def tehran(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TEHRAN)


def jalali(at: datetime) -> str:
    day, month, year = jalali_fields(at.astimezone(TEHRAN).date())
    return f"{year}/{month:02}/{day:02}"


def two_columns(moves: Sequence[Move], above: bool = True) -> list[list[str]]:
    """What came in and what went out in two columns, Persian digits, some words above, sums below."""
    rows = [["صورت‌حساب سپرده"], ["از تاریخ", "۱۴۰۵/۰۸/۰۱", "تا", "۱۴۰۵/۰۹/۰۶"], []] if above else []
    rows += [
        ["ردیف", "تاریخ", "ساعت", "شماره سند", "شرح", "بدهکار (ریال)", "بستانکار (ریال)", "مانده (ریال)"]
    ]
    for number, move in enumerate(moves, 1):
        went, came = ("", f"{move.rials:,}") if move.rials > 0 else (f"{-move.rials:,}", "")
        clock = f"{move.at.astimezone(TEHRAN):%H:%M:%S}"
        balance = f"{move.balance:,}" if move.balance is not None else ""
        row = [number, jalali(move.at), clock, move.document, move.description, went, came, balance]
        rows.append([to_persian(str(cell)) for cell in row])
    went, came = (
        sum(abs(move.rials) for move in moves if (move.rials > 0) is side) for side in (False, True)
    )
    return [*rows, ["جمع", "", "", "", "", f"{went:,}", f"{came:,}", ""]] if above else rows


def signed(moves: Sequence[Move]) -> list[list[str]]:
    """One signed column in tomans, the day and the time together, a tracking number, the payer's card."""
    rows = [["تاریخ و ساعت", "مبلغ (تومان)", "شماره پیگیری", "شماره کارت", "توضیحات"]]
    for move in moves:
        at = f"{jalali(move.at)} {move.at.astimezone(TEHRAN):%H:%M}"
        rows.append([at, f"{move.rials // 10:,}", move.tracking, move.card, move.description])
    return rows


def days_only(moves: Sequence[Move]) -> list[list[str]]:
    """A day, an amount, a direction and a few words: nothing that tells equal gifts apart."""
    rows = [["تاریخ", "نوع", "مبلغ", "شرح"]]
    for move in moves:
        rows.append(
            [jalali(move.at), "واریز" if move.rials > 0 else "برداشت", str(abs(move.rials)), move.description]
        )
    return rows


def as_csv(rows: Sequence[Sequence[Any]], encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """Windows-1256 has neither Persian digits nor a Persian yeh; programs write what it has."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    text = out.getvalue()
    return (to_ascii(text).replace("ی", "ي") if encoding == "cp1256" else text).encode(encoding)


def as_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def farid(**where: Any) -> User:
    """Handles money."""
    return person("Farid", Role.FINANCE, **where)


def negar(**where: Any) -> User:
    """Handles money as well."""
    return person("Negar", Role.FINANCE, **where)


def account(one: User, other: User, sheba: str = SHEBA, organization_id: int | None = None) -> BankAccount:
    """An account of the house that two people have switched on; committed."""
    made = bank.propose(
        organization_id, CARD if sheba == SHEBA else None, sheba, "سازمان ملی نیکوکاری", "بانک کویر", one
    )
    bank.switch_on(made, other)
    db.session.commit()
    return made


def declared(campaign: Campaign, to: BankAccount, rials: int, **told: Any) -> TransferClaim:
    """Sara has declared a transfer; `told` is what she says of it afterwards. Committed."""
    claim = declare(pledged(campaign, rials), [to.id], 72)
    for name, value in told.items():
        setattr(claim, name, value)
    db.session.commit()
    return claim


def imported(to: BankAccount, data: bytes, by: User, *, check_all: bool = True) -> StatementImport:
    """The file is brought, found right, imported and its lines looked at; committed."""
    one = bring(to, f"statement-{next(_names)}.csv", data, by)
    carry_in(one, by)
    while check(to.id, by) and check_all:
        pass
    db.session.commit()
    return one


def lines() -> list[StatementLine]:
    """Every line, in the order of their moments."""
    db.session.expire_all()
    order = StatementLine.booked_at, StatementLine.rials, StatementLine.checksum, StatementLine.occurrence
    return list(db.session.query(StatementLine).order_by(*order))


def outcomes() -> list[tuple[int, str]]:
    return [(line.rials, line.outcome) for line in lines()]


def this_day(days_ago: int = 0) -> date:
    return now().astimezone(TEHRAN).date() - timedelta(days=days_ago)


def moved(rials: int, document: str = "1", **more: Any) -> Move:
    """A movement of just now."""
    return Move(now().astimezone(TEHRAN) + SOON, rials, document=document, balance=50_000_000, **more)


def sound() -> None:
    """Every transaction gets its place, and nothing is broken."""
    while place():
        db.session.commit()
    assert watch.look(watch.everything()) == []
