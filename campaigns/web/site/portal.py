"""The portal: its front page and the list of campaigns with filters and search."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.digits import to_ascii
from campaigns.base.text import clean
from campaigns.domain.campaigns.topics import TOPIC_LABELS
from campaigns.domain.insights import portal
from campaigns.domain.regions.queries import provinces
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language

page = Blueprint("portal", __name__)
LONGEST_QUERY = 80
STATES = ("open", "reached", "ended", "all")


@page.get("/")
@cacheable()
def home() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    code = language().code
    close = portal.close_to_done(code)
    behind = portal.far_behind(code, without=[card.campaign_id for card in close])
    return render_template(
        "site/home.html",
        close=close,
        behind=behind,
        figures=portal.figures(),
        as_of=now().replace(second=0, microsecond=0),  # so that the page stays the same for a minute
        provinces=provinces(language().code),
        open_by_province=portal.open_by_province(),
        sample=portal.has_samples(),
        topics=TOPIC_LABELS,
    )


@page.get("/campaigns")
@cacheable(params=("province", "topic", "state", "q", "page"))
def listing() -> ResponseReturnValue:
    """Unknown provinces, topics and states count as «all»; a page past the end is 404."""
    depends(stamps.PORTAL)
    places = provinces(language().code)
    filters = portal.Filters(
        province=_known(request.args.get("province"), {place.code for place in places}),
        topic=_known(request.args.get("topic"), set(TOPIC_LABELS)),
        state=_known(request.args.get("state"), set(STATES)) or "open",
        words=clean(request.args.get("q", "")[:LONGEST_QUERY]),
    )
    number = _page_number(request.args.get("page", "1"))
    cards, total = portal.search(filters, language().code, number)
    if number > 1 and not cards:
        abort(404)
    return render_template(
        "site/campaigns.html",
        cards=cards,
        total=total,
        filters=filters,
        page_number=number,
        pages=-(-total // portal.PAGE),
        provinces=places,
        topics=TOPIC_LABELS,
        states=STATES,
        sample=portal.has_samples(),
    )


@page.get("/go")
@cacheable(params=("province",))
def go() -> ResponseReturnValue:
    """Where the province chooser without script leads."""
    code = _known(request.args.get("province"), {place.code for place in provinces(language().code)})
    return redirect(
        url_for("site.provinces.show", code=code) if code else url_for("site.provinces.index"), 303
    )


def _known(value: str | None, known: set[str]) -> str:
    return value if value in known else ""


def _page_number(text: str) -> int:
    digits = to_ascii(text)
    if not (digits.isascii() and digits.isdigit() and 1 <= len(digits) <= 4 and int(digits) > 0):
        abort(404)
    return int(digits)
