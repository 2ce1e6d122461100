"""The open book for machines: the whole of it, its signed days, the proof of one gift, the program that checks."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.config import ROOT
from campaigns.domain.contributions.commitment import committed
from campaigns.domain.contributions.queries import by_code
from campaigns.domain.ledger import checkpoints, publishing
from campaigns.domain.ledger.seal_models import LedgerCheckpoint
from campaigns.domain.ledger.sealing import newest
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable, public
from campaigns.web.site.numbers import day_of, number_of

page = Blueprint("ledgerfiles", __name__)
VERIFIER = ROOT / "tools" / "verify_ledger.py"
LINES = "application/x-ndjson"
AN_HOUR = 3600
MOST_DAYS = 40_000  # a century


@page.get("/ledger.jsonl")
@cacheable(params=("from", "to"), shared_seconds=60, stale_seconds=600, streamed=True)
def lines() -> ResponseReturnValue:
    """The lines `from` … `to` (all of them), one JSON object each, sent as they are read."""
    size = newest()[0]
    first, last = number_of("from", 1), min(number_of("to", max(size, 1)), size)
    db.session.rollback()  # the stream has transactions of its own
    name = "ledger.jsonl" if first == 1 and last == size else f"ledger-{first}-{last}.jsonl"
    return Response(
        publishing.lines(db.engine, first, last),
        mimetype=LINES,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@page.get("/ledger/totals.json")
@cacheable(shared_seconds=2)
def totals() -> ResponseReturnValue:
    """How long the book is, its newest hash, and what each campaign's bar says, in rials by public id."""
    depends(stamps.LEDGER)
    return jsonify(publishing.totals())


@page.get("/ledger/checkpoints.jsonl")
@cacheable(shared_seconds=60)
def days() -> ResponseReturnValue:
    """Every signed day, the oldest first."""
    depends(stamps.LEDGER)
    rows = checkpoints.newest(MOST_DAYS)
    return Response(b"".join(publishing.checkpoint_line(one) for one in reversed(rows)), mimetype=LINES)


@page.get("/ledger/checkpoints/<day>.json")
@cacheable(params=("from",), shared_seconds=60)
def day(day: str) -> ResponseReturnValue:
    """One signed day, with the proof that the book of the day before it, or of `from`, is its beginning."""
    one = _signed(day_of(day))
    asked = request.args.get("from", "").strip()
    earlier = [_signed(day_of(asked))] if asked else checkpoints.newest(1, before=one.day)
    return jsonify(publishing.published(one) | {"consistency": _consistency(earlier, one)})


@page.get("/ledger/proof/<code>.json")
@public()
def proof(code: str) -> ResponseReturnValue:
    """What shows that a gift is in the book: for who has the receipt. 404 once its thread is cut."""
    known = parse_code(code)
    gift = by_code(known) if known else None
    sealed = committed(gift.salt, gift.code) if gift else None
    if gift is None or gift.salt is None or sealed is None:
        abort(404)
    if code != gift.code:
        return redirect(url_for("site.ledgerfiles.proof", code=gift.code), 301)
    return jsonify(code=gift.code, salt=gift.salt.hex(), entries=publishing.proofs(sealed))


@page.get("/ledger/verify.py")
@cacheable(shared_seconds=AN_HOUR)
def verifier() -> ResponseReturnValue:
    """The program that checks all of this: one file, Python's standard library only."""
    answer = current_app.response_class(VERIFIER.read_bytes(), mimetype="text/x-python")
    answer.headers["Content-Disposition"] = 'attachment; filename="verify.py"'
    return answer


def _signed(day: date) -> LedgerCheckpoint:
    found = checkpoints.of_day(day)
    if found is None:
        abort(404)
    return found


def _consistency(earlier: Sequence[LedgerCheckpoint], later: LedgerCheckpoint) -> object:
    if not earlier:
        return None
    if earlier[0].day > later.day:
        abort(404)
    steps = publishing.growth(earlier[0], later)
    return {"day": earlier[0].day.isoformat(), "size": earlier[0].tree_size, "proof": steps}
