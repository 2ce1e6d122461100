"""Frames about more than one campaign: those of an organization or a province, and the map of all."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.topics import TOPIC_LABELS
from campaigns.domain.insights import portal
from campaigns.domain.regions.queries import province, provinces
from campaigns.web.embed.widget import HOUSE_THEME
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.looks import LOOK, chosen_look
from campaigns.web.render import absolute

page = Blueprint("places", __name__)
MOST = 12


@page.get("/organizations/<slug>/grid")
@cacheable(params=LOOK, embeddable=True, shared_seconds=60, stale_seconds=300, dated=True)
def organization(slug: str) -> ResponseReturnValue:
    depends(stamps.PORTAL)
    found = db.session.scalar(select(Organization).where(Organization.slug == slug))
    if found is None:
        return _gone()
    name = found.name_en if language().code == "en" else found.name_fa
    every = portal.of_organization(found.id, language().code)
    cards = [card for card in every if card.state == "live"]
    return _grid(name, cards, url_for("site.organizations.show", slug=slug))


@page.get("/provinces/<code>/grid")
@cacheable(params=LOOK, embeddable=True, shared_seconds=60, stale_seconds=300, dated=True)
def in_province(code: str) -> ResponseReturnValue:
    depends(stamps.PORTAL)
    place = province(code)
    if place is None:
        return _gone()
    name = place.name_en if language().code == "en" else place.name_fa
    cards = portal.in_province(code, language().code)
    return _grid(name, cards, url_for("site.provinces.show", code=code))


@page.get("/provinces/map")
@cacheable(params=LOOK, embeddable=True, shared_seconds=60, stale_seconds=300, dated=True)
def country() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    return render_template(
        "widgets/map.html",
        look=chosen_look(HOUSE_THEME),
        provinces=provinces(language().code),
        counts=portal.open_by_province(),
        sample=portal.has_samples(),
        address=absolute(url_for("site.provinces.index")),
    )


def _grid(name: str, cards: list[portal.Card], path: str) -> str:
    return render_template(
        "widgets/grid.html",
        look=chosen_look(HOUSE_THEME),
        name=name,
        cards=cards[:MOST],
        more=max(0, len(cards) - MOST),
        topics=TOPIC_LABELS,
        address=absolute(path),
    )


def _gone() -> ResponseReturnValue:
    return render_template("widgets/gone.html", card=None, look=chosen_look(HOUSE_THEME)), 404
