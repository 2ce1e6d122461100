"""Shifts in people's own calendars."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.icalendar import LONGEST_LINE, Event, calendar, escaped, folded
from campaigns.base.jalali import TEHRAN

NINE = datetime(2026, 12, 10, 9, 0, tzinfo=TEHRAN)
ONE = datetime(2026, 12, 10, 13, 0, tzinfo=TEHRAN)


def event(**values: object) -> Event:
    facts = {
        "uid": "abc@pooyesh.example",
        "starts_at": NINE,
        "ends_at": ONE,
        "summary": "رانندهٔ وانت؛ جهیزیه، کرمان",
        "location": "رایین",
        "description": "سطر نخست\nسطر دوم, با ویرگول; و \\",
        "url": "https://pooyesh.example/s/ABC",
        "changed_at": datetime(2026, 11, 27, 12, 0, tzinfo=UTC),
    }
    return Event(**(facts | values))  # type: ignore[arg-type]


def unfolded(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_a_shift_in_tehran_is_written_in_universal_time() -> None:
    lines = unfolded(calendar(event()))
    assert "DTSTART:20261210T053000Z" in lines
    assert "DTEND:20261210T093000Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "METHOD:PUBLISH" in lines


def test_a_cancelled_shift_withdraws_the_same_event() -> None:
    lines = unfolded(calendar(event(is_cancelled=True, sequence=1, remind_hours=3)))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", "UID:abc@pooyesh.example"} <= set(lines)
    assert "BEGIN:VALARM" not in lines


def test_commas_semicolons_and_line_breaks_are_escaped() -> None:
    lines = unfolded(calendar(event()))
    assert "DESCRIPTION:سطر نخست\\nسطر دوم\\, با ویرگول\\; و \\\\" in lines


def test_nobody_can_write_a_line_of_their_own_into_the_file() -> None:
    lines = unfolded(calendar(event(summary="x\r\nATTENDEE:mailto:a@example.org")))
    assert not [line for line in lines if line.startswith("ATTENDEE")]


@given(st.text(max_size=400))
def test_every_line_is_short_and_reads_back_whole(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    file = folded(line)
    assert all(len(piece) <= LONGEST_LINE for piece in file.split(b"\r\n"))
    assert file.decode().removesuffix("\r\n").replace("\r\n ", "") == line
