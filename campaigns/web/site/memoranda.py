"""Memoranda of understanding: the list with its filters, and the page of one."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.topics import TOPIC_LABELS
from campaigns.domain.insights import portal
from campaigns.domain.partners import queries
from campaigns.domain.partners.actions import COPY
from campaigns.domain.partners.models import Memorandum
from campaigns.domain.partners.states import state_on
from campaigns.domain.partners.words import STATE_LABELS, STATE_SHAPES
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers.words import DIVISION_LABELS
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable, public
from campaigns.web.locale import language
from campaigns.web.site.narrowed import filters, page_number, pages_of

page = Blueprint("memoranda", __name__)


@page.get("/memoranda")
@cacheable(params=("division", "state", "page"))
def index() -> ResponseReturnValue:
    """Unknown divisions and states count as «all»; a page past the end is 404."""
    depends(stamps.PORTAL)
    chosen, number, today = filters(), page_number(), tehran_day(now())
    rows, total = queries.public_memoranda(chosen, today, number)
    if number > 1 and not rows:
        abort(404)
    return render_template(
        "site/partners/memoranda.html",
        memoranda=[(row, state_on(row, today)) for row in rows],
        total=total,
        filters=chosen,
        page_number=number,
        pages=pages_of(total),
        divisions=DIVISION_LABELS,
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        shown_states=queries.SHOWN_STATES,
        sample=portal.has_samples(),
    )


@page.get("/memoranda/<memorandum>")
@cacheable()
def show(memorandum: str) -> ResponseReturnValue:
    depends(stamps.PORTAL)
    found, code = _found(memorandum), language().code
    cards = portal.public_cards([campaign.id for campaign in found.campaigns], code)
    return render_template(
        "site/partners/memorandum.html",
        memorandum=found,
        state=state_on(found, tehran_day(now())),
        paper=queries.papers_of(found).get(COPY),
        cards=list(cards.values()),
        divisions=DIVISION_LABELS,
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        topics=TOPIC_LABELS,
        provinces=provinces(code),
    )


@page.get("/memoranda/<memorandum>/document.pdf")
@public()
def document(memorandum: str) -> ResponseReturnValue:
    """The copy for everybody, to be kept: a browser never draws it here. The signed one is never public."""
    found = _found(memorandum)
    kept = queries.paper(found, COPY) or abort(404)
    name = {"Content-Disposition": f'attachment; filename="memorandum-{found.public_id[:8]}.pdf"'}
    return Response(kept.content, mimetype="application/pdf", headers=name)


def _found(public_id: str) -> Memorandum:
    return queries.public_memorandum(public_id) or abort(404)
