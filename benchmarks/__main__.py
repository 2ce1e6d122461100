"""`python -m benchmarks` runs all and writes RESULTS.md; `… cached gifts` runs and prints those."""

import sys
import time
from collections.abc import Callable

from benchmarks import book, cached, gifts, growth, match, rendered, report, sealing, verifying, widgets
from benchmarks.report import Section
from tools import translations

SECTIONS: dict[str, Callable[[], Section]] = {
    "cached": cached.measure,
    "widgets": widgets.measure,
    "gifts": gifts.measure,
    "match": match.measure,
    "rendered": rendered.measure,
    "sealing": sealing.measure,
    "book": book.measure,
    "verifying": verifying.measure,
    "growth": growth.measure,  # the longest by far
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        print(f"no benchmark named {', '.join(unknown)}; there is {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    translations.compile_all()
    began, sections, text = time.monotonic(), [], ""
    for name in names or SECTIONS:
        print(f"{name} …", file=sys.stderr, flush=True)
        sections.append(SECTIONS[name]())
        minutes, missing = (time.monotonic() - began) / 60, [] if names else list(SECTIONS)[len(sections) :]
        text = report.written(sections, minutes, missing)
        if not names:  # a run that is cut short leaves what it has measured, and says what it has not
            report.RESULTS.write_text(text)
    if names:
        print(text)
    else:
        print(report.table(["ratio", "target", "came to", ""], [g.row() for s in sections for g in s.goals]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
