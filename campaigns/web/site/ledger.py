"""The open book: what came in, its newest lines, each line, each day, what was set right."""

from datetime import timedelta

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.base.chain import canonical
from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.counter.batches import CHANNEL_LABELS
from campaigns.domain.insights import book_sums, open_book, portal
from campaigns.domain.insights.batch_in_book import batch_of
from campaigns.domain.ledger import checkpoints
from campaigns.domain.ledger.kinds import Kind
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.render import absolute
from campaigns.web.site.labels import KIND_LABELS
from campaigns.web.site.numbers import day_of, number_of

page = Blueprint("ledger", __name__)
DAYS = timedelta(days=13)


@page.get("/ledger")
@cacheable(params=("page",))
def show() -> ResponseReturnValue:
    depends(stamps.LEDGER)
    number = number_of("page", 1)
    lines, size = open_book.newest_lines(number, language().code)
    if number > 1 and not lines:
        abort(404)
    today = tehran_day(now())
    return _page(
        "show",
        lines=lines,
        size=size,
        page_number=number,
        pages=-(-size // open_book.PAGE),
        received=book_sums.received(),
        days=book_sums.by_day(today - DAYS, today),
        campaigns=book_sums.by_campaign(today - DAYS, today, language().code),
        signed=next(iter(checkpoints.newest(1)), None),
        command=f"python3 verify.py {absolute('')}",
    )


@page.get("/ledger/days/<day>")
@cacheable()
def day(day: str) -> ResponseReturnValue:
    """What came in on one day, campaign by campaign."""
    depends(stamps.LEDGER)
    wanted = day_of(day)
    whole = book_sums.by_day(wanted, wanted)
    if not whole:
        abort(404)
    before, after = book_sums.beside(wanted)
    return _page(
        "day",
        day=wanted,
        whole=whole[0],
        campaigns=book_sums.by_campaign(wanted, wanted, language().code),
        before=before,
        after=after,
    )


@page.get("/ledger/entries/<int(max=999999999):seq>")
@cacheable(shared_seconds=60)
def entry(seq: int) -> ResponseReturnValue:
    """One line as it stands in the file, and where it leads."""
    depends(stamps.LEDGER)
    found = open_book.one_line(seq, language().code)
    if found is None:
        abort(404)
    place, whole, line = found
    signed = checkpoints.covering(seq)
    text = canonical(whole.public(seq)).decode()
    batch = batch_of(whole.txn_id) if whole.kind == Kind.BATCH else None
    return _page(
        "entry", line=line, place=place, text=text, signed=signed, batch=batch, channels=CHANNEL_LABELS
    )


@page.get("/corrections")
@cacheable(params=("page",))
def corrections() -> ResponseReturnValue:
    """What was set right, and why."""
    depends(stamps.LEDGER)
    number = number_of("page", 1)
    lines, older = open_book.corrections(number, language().code)
    if number > 1 and not lines:
        abort(404)
    return _page("corrections", lines=lines, page_number=number, older=older)


@page.get("/ledger/checkpoints")
@cacheable(params=("page",), shared_seconds=60)
def signed_days() -> ResponseReturnValue:
    depends(stamps.LEDGER)
    number = number_of("page", 1)
    rows = checkpoints.newest(open_book.PAGE + 1, skip=(number - 1) * open_book.PAGE)
    if number > 1 and not rows:
        abort(404)
    shown = rows[: open_book.PAGE]
    return _page("checkpoints", rows=shown, page_number=number, older=len(rows) > len(shown))


def _page(name: str, **values: object) -> str:
    return render_template(
        f"site/ledger/{name}.html",
        kinds=KIND_LABELS,
        intents=INTENT_LABELS,
        sample=portal.has_samples(),
        **values,
    )
