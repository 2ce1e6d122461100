"""Spreadsheets: rows in, rows out, nothing run, nothing kept in memory."""

import io
import tracemalloc
import zipfile
from xml.etree import ElementTree

from campaigns.base import xlsx

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def written(rows, **options):
    file = io.BytesIO()
    number = xlsx.write_xlsx(file, "هدیه‌ها", ["روز", "ریال"], rows, rtl=True)
    return number, zipfile.ZipFile(file)


def cells(book, sheet=1):
    """Rows of one sheet as (type, text)."""
    tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = []
    for row in tree.iterfind(".//m:row", NAMES):
        found.append([(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iterfind("m:c", NAMES)])
    return found, tree


def test_text_is_text_and_numbers_are_numbers():
    number, book = written([["=1+1", 5_000_000], ["+989121234567", None], ["http://x.example", 10**15]])
    rows, tree = cells(book)
    assert number == 3
    assert rows[1] == [("inlineStr", "=1+1"), ("n", "5000000")]
    assert rows[2] == [("inlineStr", "+989121234567")]
    assert rows[3] == [("inlineStr", "http://x.example"), ("inlineStr", str(10**15))]
    assert tree.find(".//m:f", NAMES) is None and tree.find(".//m:hyperlink", NAMES) is None
    assert tree.find(".//m:sheetView", NAMES).get("rightToLeft") == "1"


def test_a_file_without_rows_has_its_heads():
    number, book = written([])
    assert number == 0 and [text for _kind, text in cells(book)[0][0]] == ["روز", "ریال"]


def test_more_rows_than_a_sheet_holds_go_to_the_next(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    number, book = written([["a", place] for place in range(7)])
    assert number == 7
    assert [len(cells(book, sheet)[0]) for sheet in (1, 2, 3)] == [4, 4, 2]


def test_many_rows_need_no_more_memory_than_few():
    def peak(rows):
        tracemalloc.start()
        with io.BytesIO() as file:
            xlsx.write_xlsx(
                file, "x", ["a", "b"], ([f"row {place}", place] for place in range(rows)), rtl=False
            )
            size = file.tell()
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most - size  # the file itself goes to disk elsewhere

    assert peak(20_000) < peak(2_000) + 400_000
