"""Organizations that run campaigns or stand behind them: the list, and the page of one."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.topics import TOPIC_LABELS
from campaigns.domain.insights import portal
from campaigns.domain.insights.organization_record import endings, record
from campaigns.domain.partners import queries
from campaigns.domain.partners.states import state_on
from campaigns.domain.partners.words import KIND_LABELS, STATE_LABELS, STATE_SHAPES
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers.words import DIVISION_LABELS
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.site.narrowed import filters, page_number, pages_of

page = Blueprint("organizations", __name__)
OVER = {"ended", "cancelled"}


@page.get("/organizations")
@cacheable(params=("division", "state", "page"))
def index() -> ResponseReturnValue:
    """Narrowed to those with such a memorandum; a page past the end is 404."""
    depends(stamps.PORTAL)
    chosen, number = filters(), page_number()
    houses, total = queries.public_houses(chosen, tehran_day(now()), number)
    if number > 1 and not houses:
        abort(404)
    return render_template(
        "site/partners/organizations.html",
        houses=houses,
        total=total,
        filters=chosen,
        page_number=number,
        pages=pages_of(total),
        kinds=KIND_LABELS,
        divisions=DIVISION_LABELS,
        states=STATE_LABELS,
        shown_states=queries.SHOWN_STATES,
        sample=portal.has_samples(),
    )


@page.get("/organizations/<slug>")
@cacheable()
def show(slug: str) -> ResponseReturnValue:
    """Who it is, what the book says of its campaigns, its memoranda, the campaigns it runs and stands behind."""
    house, code, today = _house(slug), language().code, tehran_day(now())
    memoranda = queries.of_organization(house.id)
    cards = portal.of_organization(house.id, code)
    over = [card for card in cards if card.state in OVER]
    behind = portal.public_cards(queries.stood_behind(house.id), code)
    return render_template(
        "site/partners/organization.html",
        house=house,
        profile=queries.shown_profile(house.id),
        record=record(house.id),
        memoranda=[(row, state_on(row, today)) for row in memoranda],
        running=[card for card in cards if card.state not in OVER],
        over=over,
        endings=endings([card.campaign_id for card in over]),
        behind=list(behind.values()),
        kinds=KIND_LABELS,
        divisions=DIVISION_LABELS,
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        topics=TOPIC_LABELS,
        provinces=provinces(code),
    )


@page.get("/organizations/<slug>/logo.png")
@cacheable(shared_seconds=600, stale_seconds=3600)
def logo(slug: str) -> ResponseReturnValue:
    profile = queries.shown_profile(_house(slug).id)
    content = queries.logo_of(profile) if profile else None
    if content is None:
        abort(404)
    return Response(content, mimetype="image/png")


def _house(slug: str) -> Organization:
    depends(stamps.PORTAL)
    return queries.house_with_page(slug) or abort(404)
