"""What everybody can see once all is quiet: receipts, bars, the open book; and the two programs that check it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from benchmarks.chaos import browser
from benchmarks.chaos.books import Books
from benchmarks.chaos.compare import captured
from benchmarks.chaos.donors import PAID, said
from campaigns.config import ROOT

READERS = 8
PERSIAN = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")


def receipts(site: str, books: Books) -> Iterator[str]:
    """The page of every gift: there, with the amount, and saying «arrived» if and only if it has."""
    arrived = captured(books)

    def look(gift: tuple[str, int]) -> str:
        code, rials = gift
        page = browser.get(f"{site}/r/{code}")
        if page.status != 200:
            return f"the receipt {code} answers {page.status}"
        if f"{rials:,} ریال".translate(PERSIAN) not in page.text:
            return f"the receipt {code} does not say {rials} rials"
        if (said(page) == PAID) is not (arrived.get(code) == rials):
            return f"the receipt {code} says «{said(page)}», the ledger {arrived.get(code, 'nothing')}"
        return ""

    with ThreadPoolExecutor(READERS) as readers:
        yield from filter(None, readers.map(look, books.gifts().items()))


def bars(site: str, books: Books) -> Iterator[str]:
    """What the site's files say of each campaign, against its rollup."""
    totals = json.loads(browser.get(f"{site}/ledger/totals.json").text)["received"]
    for bar in books.bars():
        one = json.loads(browser.get(f"{site}/api/campaigns/{bar.slug}.json").text)
        seen = (totals.get(bar.public_id, 0), one["received_rials"], one["gifts"])
        if seen != (bar.rials, bar.rials, bar.gifts):
            yield f"{bar.slug}: the site says {seen}, the rollup {bar.rials} of {bar.gifts}"


def checked(site: str, environment: Mapping[str, str]) -> Iterator[str]:
    """`flask ledger check`, and the verifier over HTTP as a stranger runs it."""
    yield from _ran("flask ledger check", environment, "-m", "flask", "--app", "wsgi:app", "ledger", "check")
    yield from _ran("the verifier", {}, str(ROOT / "tools" / "verify_ledger.py"), site)


def _ran(name: str, environment: Mapping[str, str], *command: str) -> Iterator[str]:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield f"{name} ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}"
