"""The interface for programs, version 1: it only reads, asks for no key, and any site may use it.

What is wrong in a question is said as RFC 9457 has it; the description is at `/api/v1/openapi.json`.
"""

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base import stamps
from campaigns.base.text import clean
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.campaigns.topics import Topic
from campaigns.domain.insights import portal
from campaigns.domain.regions.queries import province, provinces
from campaigns.web.api.openapi import LAST_PAGE, LONGEST_WORDS, STATES, described
from campaigns.web.facts import in_full, in_short
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.render import absolute

page = Blueprint("v1", __name__, url_prefix="/v1")


@page.get("/openapi.json")
@cacheable(embeddable=True, shared_seconds=3600, stale_seconds=86400)
def description() -> ResponseReturnValue:
    codes = [place.code for place in provinces(language().code)]
    return jsonify(described(absolute(request.script_root + "/api/v1"), codes))


@page.get("/campaigns")
@cacheable(
    params=("province", "topic", "state", "q", "page"), embeddable=True, shared_seconds=10, stale_seconds=60
)
def listing() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    wrong = _wrong()
    if wrong:
        return _problem(422, _("This question cannot be answered"), wrong)
    asked, number = request.args, int(request.args.get("page", "1"))
    filters = portal.Filters(
        province=asked.get("province", ""),
        topic=asked.get("topic", ""),
        state=asked.get("state", "open"),
        words=clean(asked.get("q", "")),
    )
    cards, total = portal.search(filters, language().code, number)
    return jsonify(
        items=[in_short(card) for card in cards], total=total, page=number, pages=-(-total // portal.PAGE)
    )


@page.get("/campaigns/<slug>")
@cacheable(embeddable=True, prompt=True)
def one(slug: str) -> ResponseReturnValue:
    campaign = by_slug(slug)
    if campaign is None:
        present = moved_to(slug)
        if present:
            return redirect(url_for(request.endpoint or "", slug=present), 301)
        return _problem(404, _("There is no such campaign"), "")
    depends(*stamps.of_asking(campaign.id))
    return jsonify(in_full(portal.cards_of([campaign.id], language().code)[campaign.id]))


@page.get("/provinces")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def places() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    counts = portal.open_by_province()
    rows = [
        {
            "code": place.code,
            "name_fa": place.name_fa,
            "name_en": place.name_en,
            "url": absolute(url_for("site.provinces.show", code=place.code)),
            "open_campaigns": counts.get(place.code, 0),
        }
        for place in provinces(language().code)
    ]
    return jsonify(items=rows)


def _wrong() -> str:
    """What is wrong with a question about campaigns, in words; empty: nothing."""
    asked = request.args
    if "province" in asked and province(asked["province"]) is None:
        return _("“province” is the code of a province, such as IR-08.")
    if "topic" in asked and asked["topic"] not in set(Topic):
        return _("“topic” is one of %(words)s.", words=", ".join(Topic))
    if "state" in asked and asked["state"] not in STATES:
        return _("“state” is one of %(words)s.", words=", ".join(STATES))
    if len(asked.get("q", "")) > LONGEST_WORDS:
        return _("“q” has at most %(n)s letters.", n=LONGEST_WORDS)
    number = asked.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= 4 and 1 <= int(number) <= LAST_PAGE):
        return _("“page” is a number from 1 to %(n)s.", n=LAST_PAGE)
    return ""


def _problem(status: int, title: str, detail: str) -> Response:
    """https://www.rfc-editor.org/rfc/rfc9457"""
    said = {"type": "about:blank", "title": title, "status": status}
    answer = jsonify(said | ({"detail": detail} if detail else {}))
    answer.status_code, answer.mimetype = status, "application/problem+json"
    return answer
