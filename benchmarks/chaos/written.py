"""CHAOS.md: what the newest run on each engine came to."""

import os
import platform
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.chaos import compare
from benchmarks.chaos.bank import LOST
from benchmarks.chaos.donors import PAID
from benchmarks.chaos.killing import EVERY_SECONDS
from benchmarks.chaos.run import Outcome
from benchmarks.report import commit, table

FILE = Path(__file__).parent.parent / "CHAOS.md"
HEAD = f"""# Gifts while everything dies

Written by `make chaos` (settings: `GIFTS`, `DONORS`, `ENGINE` = `sqlite` or `postgresql`, `KILL_SECONDS`,
`MINUTES`); a section is of the newest run on its engine. Site and worker run as `flask serve --with-worker` does in
`make run`, and beside them the practice bank. Again and again one process, picked at random from all of these (also
the one from which site and worker are forked), gets SIGKILL and comes anew; the next is killed `KILL_SECONDS` after
site and bank answer again, for a kill while all is dead still proves nothing. 20,000 gifts are the whole run; a
section says how many its own had, and for how much of its time there was anybody to give to. One answer of the bank
in {1 / LOST:.0f} is lost, before or after the work was done; others come late, callbacks come twice or long after the
donor. Donors fill in the form, press «reload» while no page comes, pay, come back, or close the tab. Then nothing is
killed any more. Who was told to wait looks again, the worker finds what the others have paid (the bank goes on losing
answers), and once all is quiet the bank's book, the ledger, the bars, every receipt, the letters and the donors' own
journals are compared to the rial.
Donors of money leave no e-mail address, so no letter is due to them; the letters are those to the authors of the
campaigns, that they have opened.
"""
COMPARED = {
    "quiet": "payments and entries still on their way",
    "losses": "losses: money the bank has given that is not in the ledger",
    "doubles": "doubles: money in the ledger that the bank has not given, or given once",
    "donors": "donors who were told otherwise than the ledger says",
    "bars": "campaigns whose bar, JSON or totals differ from the bank",
    "receipts": "receipts that are missing or say another amount or end",
    "letters": "letters missing or written twice",
    "checks": "complaints of `flask ledger check` and of the verifier",
}


def section(outcome: Outcome) -> str:
    """What one run came to, as a section of the file."""
    rows = [*_gifts(outcome), *_kills(outcome), *_faults(outcome)]
    differences = [(COMPARED[name], f"{len(found):,}") for name, found in outcome.differences.items()]
    parts = [f"## {outcome.engine}", _when(outcome), table(["", ""], rows)]
    parts.append(table(["what was compared", "differences"], differences))
    examples = [f"* {name}: {one}" for name, found in outcome.differences.items() for one in found[:5]]
    return "\n\n".join([*parts, *(["\n".join(examples)] if examples else [])]) + "\n"


def keep(outcome: Outcome) -> None:
    """Puts the section in the place of the earlier one of its engine."""
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    kept = {part.partition("\n")[0]: f"## {part.strip()}\n" for part in text.split("\n## ")[1:]}
    kept[outcome.engine] = section(outcome)
    FILE.write_text("\n".join([HEAD, *(kept[name] for name in sorted(kept, reverse=True))]), encoding="utf-8")


def _when(outcome: Outcome) -> str:
    day, system = f"{datetime.now(UTC):%Y-%m-%d}", platform.system()
    return (
        f"{day}, {system}, {os.cpu_count()} cores, Python {platform.python_version()}, commit {commit()}: "
        f"{len(outcome.gifts):,} gifts by {outcome.donors} donors in {outcome.minutes:.1f} minutes (in "
        f"{outcome.up_minutes:.1f} of them all answered), a kill {EVERY_SECONDS:g} s after all answered again, then "
        f"{outcome.quiet_minutes:.1f} minutes until all was quiet."
    )


def _gifts(outcome: Outcome) -> list[tuple[str, str]]:
    """How the gifts went, as donors and books have it."""
    kinds = Counter(txn.kind for txn in outcome.posted)
    told = sum(gift.told == PAID for gift in outcome.gifts)
    ends = Counter(gift.gave_up for gift in outcome.gifts if gift.gave_up)
    rows = [
        ("gifts begun", f"{len(outcome.gifts):,}"),
        ("arrived in the ledger", f"{kinds[compare.GIFT]:,}"),
        ("of these seen by their donor on the receipt", f"{told:,}"),
        ("paid a second time, and set aside for a person", f"{kinds[compare.ASIDE]:,}"),
        ("rials in the ledger", f"{sum(txn.rials for txn in outcome.posted):,}"),
        ("times a page did not come and was asked for again", f"{sum(g.retries for g in outcome.gifts):,}"),
        ("receipts read afterwards", f"{outcome.shown:,}"),
        ("letters to authors", f"{outcome.letters:,}"),
    ]
    rows += [(f"sessions at the bank: {state}", f"{n:,}") for state, n in sorted(outcome.sessions.items())]
    return rows + [(f"donors who {why}", f"{number:,}") for why, number in ends.most_common()]


def _kills(outcome: Outcome) -> list[tuple[str, str]]:
    rows = [(f"killed: {name}", f"{number:,}") for name, number in sorted(outcome.kills.items())]
    return [
        *rows,
        ("killed, all in all", f"{outcome.kills.total():,}"),
        ("times all began anew", f"{outcome.starts - 1:,}"),
    ]


def _faults(outcome: Outcome) -> list[tuple[str, str]]:
    return [(f"bank: `{name}`", f"{number:,}") for name, number in sorted(_by_kind(outcome.faults).items())]


def _by_kind(faults: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line, number in faults.items():
        found[line.partition(" ")[0]] += number
    return found
