"""Bringing a file, saying how it is read, and carrying its lines in: all of them, once. None of these commit."""

import zlib
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.statements import columns, files
from campaigns.domain.statements.columns import Column, Layout
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.identity import identities, shape
from campaigns.domain.statements.lines import Line, Reading, understood
from campaigns.domain.statements.models import (
    StatementFile,
    StatementImport,
    StatementLayout,
    StatementLine,
)
from campaigns.domain.statements.outcomes import ImportState, Outcome
from campaigns.domain.statements.table import Row
from campaigns.domain.statements.twins import mark_twins

LONGEST_NAME = 120
INSERTED_AT_ONCE = 500


def bring(account: BankAccount, name: str, data: bytes, actor: User) -> StatementImport:
    """Keeps the file as a draft, once it is sure that it can be read. Raises `Unreadable`.

    It is read before anything is asked of the database: who calls leaves no transaction open meanwhile.
    """
    files.read(data)
    one = StatementImport(
        bank_account_id=account.id,
        name=name[-LONGEST_NAME:],
        sha256=sha256(data).digest(),
        size=len(data),
        uploaded_by_id=actor.id,
    )
    db.session.add(one)
    db.session.flush()
    db.session.add(StatementFile(import_id=one.id, packed=zlib.compress(data)))
    db.session.flush()
    return one


def content(one: StatementImport) -> bytes:
    """The file as it came."""
    return zlib.decompress(db.session.get_one(StatementFile, one.id).packed)


def layout_of(one: StatementImport, rows: Sequence[Row]) -> Layout | None:
    """How the file is read: as told for it, as told for an earlier one with this header, or by its words."""
    if one.layout is not None:
        told = one.layout
        return Layout(told["header"], tuple(map(Column, told["columns"])), told["unit"])
    return _remembered(one.bank_account_id, rows) or columns.recognised(rows)


def tell(one: StatementImport, layout: Layout, rows: Sequence[Row], actor: User) -> None:
    """Somebody says what the columns mean: kept for this file, and for others with this header.

    Raises `Refused` with the first of `columns.problems`, `header` where there is no such row, or `moved`.
    """
    header = next((row for row in rows if row.number == layout.header), None)
    wrong = columns.problems(layout.columns)
    if header is None or wrong:
        raise Refused(wrong[0] if wrong else "header")
    if one.state != ImportState.DRAFT:
        raise Refused("moved")
    names = [column.value for column in layout.columns]
    one.layout = {"header": layout.header, "columns": names, "unit": layout.unit}
    told = {"columns": names, "unit": layout.unit, "told_by_id": actor.id, "told_at": now()}
    key = {"bank_account_id": one.bank_account_id, "fingerprint": columns.fingerprint(header.cells)}
    row = insert(StatementLayout).values(**key, **told)
    db.session.execute(row.on_conflict_do_update(index_elements=[*key], set_=told))
    db.session.flush()


def carry_in(one: StatementImport, actor: User) -> None:
    """Every line of the draft that is not kept yet, or nothing at all. Raises `Refused`, as `keep` does."""
    rows = files.read(content(one))
    layout = layout_of(one, rows)
    keep(one, layout, understood(rows, layout) if layout else None, actor)


def keep(one: StatementImport, layout: Layout | None, reading: Reading | None, actor: User) -> None:
    """The same for a draft that was read before, with no transaction open: a large one takes its time.

    Raises `Refused`: `columns` nobody has told, `problems` in rows, `nothing` in it, `moved`: it is no draft any more.
    """
    if layout is None or reading is None:
        raise Refused("columns")
    if reading.problems or not reading.lines:
        raise Refused("problems" if reading.problems else "nothing")
    hold(one.bank_account_id)
    _end(one, ImportState.IMPORTED, actor)
    fresh = _insert(one, reading, layout)
    mark_twins(one.bank_account_id, fresh)
    one.layout = {"header": layout.header, "columns": list(layout.columns), "unit": layout.unit}
    one.read_rows = len(reading.lines)
    one.new_lines = len(fresh)
    one.known_lines = one.read_rows - one.new_lines
    db.session.flush()


def discard(one: StatementImport, actor: User) -> None:
    """The draft is not imported. Raises `Refused("moved")`."""
    _end(one, ImportState.DISCARDED, actor)


def hold(bank_account_id: int) -> None:
    """Nobody else carries lines of this account in, or matches them, before the transaction ends."""
    row = select(BankAccount.id).where(BankAccount.id == bank_account_id)
    db.session.execute(row.with_for_update(key_share=True))


def _remembered(bank_account_id: int, rows: Sequence[Row]) -> Layout | None:
    prints = {columns.fingerprint(row.cells): row for row in reversed(rows[: columns.ROWS_ABOVE])}
    query = select(StatementLayout).where(
        StatementLayout.bank_account_id == bank_account_id, StatementLayout.fingerprint.in_(prints)
    )
    kept = list(db.session.scalars(query))
    if not kept:
        return None
    first = min(kept, key=lambda told: prints[told.fingerprint].number)
    return Layout(prints[first.fingerprint].number, tuple(map(Column, first.columns)), first.unit)


def _end(one: StatementImport, after: ImportState, actor: User) -> None:
    """Once, whoever else tries."""
    moved = db.session.execute(
        update(StatementImport)
        .where(StatementImport.id == one.id, StatementImport.state == ImportState.DRAFT.value)
        .values(state=after.value, ended_by_id=actor.id, ended_at=now())
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(one)


def _insert(one: StatementImport, reading: Reading, layout: Layout) -> list[int]:
    """Row ids of the lines that were not there, in no order."""
    looks = shape(layout, reading.lines)
    pairs = zip(reading.lines, identities(reading.lines), strict=True)
    values = [
        {
            **_said(line),
            "import_id": one.id,
            "bank_account_id": one.bank_account_id,
            "checksum": identity.checksum,
            "occurrence": identity.occurrence,
            "shape": looks,
            "outcome": (Outcome.UNCHECKED if line.rials > 0 else Outcome.OUTGOING).value,
        }
        for line, identity in pairs
    ]
    key = ["bank_account_id", "checksum", "occurrence"]
    anew = insert(StatementLine).on_conflict_do_nothing(index_elements=key)
    first = anew.returning(StatementLine.__table__.c.id)
    fresh: list[int] = []
    for start in range(0, len(values), INSERTED_AT_ONCE):
        fresh += db.session.scalars(first, values[start : start + INSERTED_AT_ONCE])
    return fresh


def _said(line: Line) -> dict[str, object]:
    """What the bank says of a movement, by the names of its columns."""
    return line._asdict()
