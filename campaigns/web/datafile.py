"""Files that people take along, as CSV or as a spreadsheet: written row by row, logged with their checksum, then sent.
Nothing stays on disk.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest
from os import SEEK_END
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from flask import Response

from campaigns.base.csvsafe import rows_as_csv
from campaigns.base.engine import reading
from campaigns.base.extensions import db
from campaigns.base.xlsx import write_xlsx
from campaigns.domain.exports.models import Export
from campaigns.web.locale import language

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PIECE = 64 * 1024
Row = Sequence[object]


def download(
    name: str, title: str, head: Sequence[str], rows: Iterable[Row], ending: str, **log: Any
) -> Response:
    """The answer with a file of these rows, and its line in the log. `ending`: `csv` or `xlsx`; `name`: without it;
    `log`: the other columns of `Export`. Ends the transaction before and after; nobody waits for what reads the rows.
    """
    db.session.rollback()
    file = TemporaryFile()  # noqa: SIM115 - closed once it is sent
    try:
        before = reading.set(True)
        try:
            number = _write(file, ending, title, head, rows)
            db.session.rollback()
        finally:
            reading.reset(before)
        facts = {"rows": number, "size": file.seek(0, SEEK_END), "sha256": _checksum(file)}
        db.session.add(Export(format=ending, **facts, **log))
        db.session.commit()
    except BaseException:
        file.close()
        raise
    return _sent(file, f"{name}.{ending}", ending, facts)


def _write(file: BinaryIO, kind: str, title: str, head: Sequence[str], rows: Iterable[Row]) -> int:
    if kind == "xlsx":
        return write_xlsx(file, title, head, rows, rtl=language().dir == "rtl")
    lines = 0
    for line in rows_as_csv(_headed(head, rows)):
        file.write(line.encode())
        lines += 1
    return lines - 1


def _headed(head: Sequence[str], rows: Iterable[Row]) -> Iterator[Row]:
    yield head
    yield from rows


def _checksum(file: BinaryIO) -> bytes:
    file.seek(0)
    return file_digest(file, "sha256").digest()


def _sent(file: BinaryIO, name: str, kind: str, facts: dict[str, Any]) -> Response:
    file.seek(0)
    answer = Response(_pieces(file), content_type=TYPES[kind], direct_passthrough=True)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Checksum-SHA256"] = facts["sha256"].hex()
    answer.content_length = facts["size"]
    return answer


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
