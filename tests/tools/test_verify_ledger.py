"""The verifier names the first line that is not what it was, whatever was done to the book."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base import chain
from tests.house.source import ROOT
from tests.tools.paperbook import KEY, PURPOSE, PaperBook, json_line, leaf, line
from tools.verify_ledger import Book, Breach, check_checkpoints, check_proof

VERIFIER = ROOT / "tools" / "verify_ledger.py"
LONG = 40
SIGNED = (1, 7, 8, 31, LONG)
places = st.integers(0, LONG - 1)


def read(lines: list[bytes], days: list[bytes] | None = None, shown: dict[int, bytes] | None = None) -> Book:
    book = Book(check_checkpoints(days or []), shown or {})
    book.read(lines)
    return book


def named(lines: list[bytes], days: list[bytes] | None = None) -> int:
    """The first entry the verifier names."""
    with pytest.raises(Breach) as breach:
        read(lines, days)
    found = re.match(r"entry (\d+)", str(breach.value))
    assert found, str(breach.value)
    return int(found[1])


@pytest.fixture(scope="module")
def paper() -> PaperBook:
    return PaperBook.of(LONG, SIGNED)


class TestAGoodBook:
    def test_it_is_read_to_the_end(self, paper: PaperBook) -> None:
        book = read(paper.lines, paper.days())
        assert (book.size, book.head, book.root(), book.signed) == (
            LONG,
            paper.head.hex().encode(),
            paper.root(),
            LONG,
        )

    def test_its_sums_are_those_of_its_lines(self, paper: PaperBook) -> None:
        sums = read(paper.lines).received
        assert sums == {f"camp{n}": sum(s * 10 for s in range(1, LONG + 1) if s % 3 == n) for n in range(3)}

    def test_what_is_mirrored_back_is_not_received(self) -> None:
        book = PaperBook.of(1)
        own = "liability:campaign:camp1:sadaqah"
        back = {"debit": own, "credit": "asset:clearing:zarinpal", "rials": 4}
        book.write(leaf(2, kind="reversal", reverses="txn-1", legs=[back]))
        assert read(book.lines).received == {"camp1": 6}

    def test_an_empty_book_is_a_good_one(self) -> None:
        assert read([]).size == 0


class TestTampering:
    @given(place=places, at=st.integers(0, 10_000), change=st.integers(1, 255))
    def test_any_byte_of_any_line(self, paper: PaperBook, place: int, at: int, change: int) -> None:
        lines = list(paper.lines)
        one = bytearray(lines[place].rstrip())
        one[at % len(one)] ^= change
        lines[place] = bytes(one) + b"\n"
        assert named(lines) == place + 1

    @given(place=places)
    def test_a_removed_line(self, paper: PaperBook, place: int) -> None:
        lines = [one for number, one in enumerate(paper.lines) if number != place]
        assert named(lines, paper.days()) == place + 1

    @given(one=places, other=places)
    def test_two_lines_that_changed_places(self, paper: PaperBook, one: int, other: int) -> None:
        lines = list(paper.lines)
        lines[one], lines[other] = lines[other], lines[one]
        if one != other:
            assert named(lines) == min(one, other) + 1

    @given(place=places)
    def test_a_line_that_stands_there_twice(self, paper: PaperBook, place: int) -> None:
        lines = [*paper.lines[: place + 1], *paper.lines[place:]]
        assert named(lines) == place + 2

    @given(place=places)
    def test_a_line_put_between_others(self, paper: PaperBook, place: int) -> None:
        head = bytes.fromhex(json.loads(paper.lines[place])["prev"])
        forged, _after = line(leaf(place + 1, txn="forged"), head)
        lines = [*paper.lines[:place], forged, *paper.lines[place:]]
        assert named(lines) in {place + 1, place + 2}

    @given(place=st.integers(0, LONG - 2), rials=st.integers(1, 10**15))
    def test_a_line_whose_hash_was_made_anew(self, paper: PaperBook, place: int, rials: int) -> None:
        data = json.loads(paper.lines[place])
        changed = data["leaf"] | {"legs": [data["leaf"]["legs"][0] | {"rials": rials}]}
        lines = list(paper.lines)
        lines[place], _after = line(changed, bytes.fromhex(data["prev"]))
        if changed != data["leaf"]:
            assert named(lines) == place + 1

    @given(place=places)
    def test_a_book_written_anew_from_one_line_on(self, paper: PaperBook, place: int) -> None:
        """Then only what was signed tells: the first day that holds the line names its span."""
        forged = PaperBook.of(place)
        for seq in range(place + 1, LONG + 1):
            forged.write(leaf(seq, txn="forged") if seq == place + 1 else leaf(seq))
        before = max((size for size in SIGNED if size <= place), default=0)
        assert named(forged.lines, paper.days()) == before + 1

    @given(place=places)
    def test_a_book_cut_short(self, paper: PaperBook, place: int) -> None:
        assert named(paper.lines[:place], paper.days()) == place + 1

    @pytest.mark.parametrize(
        "changes",
        [
            {"seq": 5.0},
            {"legs": []},
            {"legs": [{"debit": "a:b", "credit": "a:b", "rials": 5}]},
            {"legs": [{"debit": "a:b", "credit": "a:c", "rials": 5.5}]},
            {"legs": [{"debit": "a:b", "credit": "a:c", "rials": True}]},
            {"legs": [{"debit": "a:b", "credit": "a:c", "rials": 0}]},
            {"legs": 3},
            {"mobile": "+989123456789"},
        ],
    )
    def test_a_line_that_says_what_no_line_may_say(self, changes: dict[str, Any]) -> None:
        book = PaperBook.of(4)
        book.write(leaf(5) | changes)
        assert named(book.lines) == 5

    def test_a_line_that_is_not_written_the_one_way(self) -> None:
        text = json.dumps(leaf(1)).encode()  # with spaces
        assert named([json_line(text, bytes(32), chain.link(bytes(32), text))]) == 1

    def test_a_line_that_was_moved_is_told_from_one_that_was_removed(self, paper: PaperBook) -> None:
        moved = [*paper.lines[:3], *paper.lines[4:9], paper.lines[3], *paper.lines[9:]]
        with pytest.raises(Breach, match="entry 4 was moved 5 lines on: entry 5 stands in its place"):
            read(moved)
        with pytest.raises(Breach, match="entry 4 was removed or repeated"):
            read([*paper.lines[:3], *paper.lines[4:]])


class TestSignedDays:
    @pytest.mark.parametrize("name", ["day", "size", "root", "head", "signature"])
    def test_a_changed_figure_is_found(self, paper: PaperBook, name: str) -> None:
        days = [json.loads(day) for day in paper.days()]
        other = {"day": "2026-11-30", "size": LONG + 1, "root": "00" * 32, "head": "00" * 32}
        days[-1][name] = (other | {"signature": days[0]["signature"]})[name]
        with pytest.raises(Breach, match="signature of the checkpoint"):
            check_checkpoints([json.dumps(day).encode() for day in days])

    def test_another_key_than_the_one_that_was_written_down_is_found(self, paper: PaperBook) -> None:
        known = paper.checkpoints[0]["key"]
        assert check_checkpoints(paper.days(), known)
        with pytest.raises(Breach, match="another key"):
            check_checkpoints(paper.days(), "00" * 32)

    def test_a_signature_for_another_purpose_is_worth_nothing(self, paper: PaperBook) -> None:
        day = paper.checkpoints[0]
        figures = {name: day[name] for name in ("day", "head", "root", "size")}
        signed = KEY.sign(chain.canonical(figures))
        assert signed != KEY.sign(PURPOSE + chain.canonical(figures))
        with pytest.raises(Breach, match="signature of the checkpoint"):
            check_checkpoints([json.dumps(day | {"signature": signed.hex()}).encode()])

    def test_days_out_of_order_are_found(self, paper: PaperBook) -> None:
        with pytest.raises(Breach, match="out of order"):
            check_checkpoints(paper.days()[::-1])


class TestTheProgram:
    def run(self, *arguments: object) -> tuple[int, str]:
        command = [sys.executable, "-I", str(VERIFIER), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    @pytest.fixture
    def files(self, paper: PaperBook, tmp_path: Path) -> tuple[Path, Path]:
        book, days = tmp_path / "ledger.jsonl", tmp_path / "checkpoints.jsonl"
        book.write_bytes(b"".join(paper.lines))
        days.write_bytes(b"\n".join(paper.days()))
        return book, days

    def test_all_is_well(self, files: tuple[Path, Path], paper: PaperBook) -> None:
        code, said = self.run(*files, "--key", paper.checkpoints[0]["key"])
        assert code == 0
        assert f"{LONG} entries, none changed" in said
        assert paper.head.hex() in said

    def test_a_breach_is_named_and_ends_with_one(self, files: tuple[Path, Path]) -> None:
        files[0].write_bytes(files[0].read_bytes().replace(b'"txn-9"', b'"txn-8"'))
        assert self.run(*files) == (
            1,
            "NOT AS IT WAS: entry 9 was changed: it does not give the hash that stands beside it.\n",
        )

    def test_a_book_that_is_another_than_the_copy_somebody_kept(
        self, files: tuple[Path, Path], paper: PaperBook, tmp_path: Path
    ) -> None:
        kept = tmp_path / "kept.jsonl"
        kept.write_bytes(b"".join(paper.lines[:30]))
        assert self.run(files[0], "--earlier", kept)[0] == 0
        kept.write_bytes(b"".join([*paper.lines[:29], PaperBook.of(29).lines[0]]))
        assert "entry 30 was changed" in self.run(files[0], "--earlier", kept)[1]
        kept.write_bytes(b"".join(paper.lines))
        files[0].write_bytes(b"".join(paper.lines[:-1]))
        assert f"entry {LONG} was removed" in self.run(files[0], "--earlier", kept)[1]

    @pytest.mark.parametrize("arguments", [["/nowhere"], ["http://127.0.0.1:9/"], ["--proof", "/nowhere"]])
    def test_what_cannot_be_checked_ends_with_two(self, arguments: list[str]) -> None:
        code, said = self.run(*arguments)
        assert code == 2
        assert said.startswith("Could not check")

    def test_it_needs_nothing_but_an_old_python(self) -> None:
        text = VERIFIER.read_text()
        tree = ast.parse(text, feature_version=(3, 8))
        imported = {
            name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            )
        }
        assert imported <= set(sys.stdlib_module_names)


def test_a_proof_for_another_receipt_is_refused() -> None:
    entry = {"leaf": leaf(1), "size": 1, "root": "00" * 32, "path": [], "checkpoint": None}
    with pytest.raises(Breach, match="does not belong to the receipt"):
        check_proof({"code": "ABC", "salt": "00" * 16, "entries": [entry]})
