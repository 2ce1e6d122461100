"""Documentation for webmasters: a page for each way to show a campaign elsewhere, and a site that plays it."""

import inspect
import json
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base import stamps
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import newest_public
from campaigns.domain.campaigns.states import State
from campaigns.domain.insights.portal import Card, cards_of, has_samples
from campaigns.domain.webhooks.endpoints import MOST
from campaigns.domain.webhooks.telling import EVENT
from campaigns.web import guidereceiver
from campaigns.web.facts import in_full
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.guidehooks import FIELDS, HEADERS, KEPT_DAYS, SECONDS, example, pauses
from campaigns.web.guidesnippets import played, snippets
from campaigns.web.guideways import WAYS, Way
from campaigns.web.guidewordpress import FORMS
from campaigns.web.headers import origin
from campaigns.web.locale import language
from campaigns.web.site.guidehosts import PLAYS
from campaigns.web.site.picture import address_of
from campaigns.web.site.widgets import HOST_CSP

page = Blueprint("guide", __name__)
_NAMES = ",".join(WAYS)
_LOOKED_AT = 30
_SCRIPTED = {"element": "; script-src 'self'", "api": "; script-src 'self'; connect-src 'self'"}
"""Ways whose invented sites run a script, and what their policy says besides."""


@page.get("/embed")
@cacheable(shared_seconds=60, stale_seconds=600)
def index() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    return render_template("site/guide/index.html", ways=WAYS.values(), sample=has_samples())


@page.get(f"/embed/<any({_NAMES}):way>")
@cacheable(shared_seconds=60, stale_seconds=600)
def show(way: str) -> ResponseReturnValue:
    told, found = WAYS[way], _example()
    texts = snippets(way, found[0], address_of(found[0])) if found else []
    return render_template(
        "site/guide/way.html",
        way=told,
        ways=WAYS.values(),
        texts=texts,
        card=found[1] if found else None,
        policy=_policy(told),
        sample=bool(found and found[1].is_sample),
        **(_MORE[way](found) if way in _MORE else {}),
    )


@page.get(f"/embed/<any({_NAMES}):way>/host")
@cacheable(params=("ground", "dir"), shared_seconds=60, stale_seconds=600)
def host(way: str) -> ResponseReturnValue:
    """A page that plays another site with this way in it: light or dark, of either direction."""
    found = _example()
    if found is None:
        abort(404)
    dark, ltr = request.args.get("ground") == "dark", request.args.get("dir") == "ltr"
    guest = PLAYS[way](found[0]) if way in PLAYS else {"widget": played(way, found[0])}
    template = f"site/guide/hosts/{way}.html" if way in PLAYS else "site/widgets/host.html"
    drawn = render_template(template, card=found[1], dark=dark, ltr=ltr, **guest)
    answer: Response = make_response(drawn)
    answer.headers["Content-Security-Policy"] = HOST_CSP + _SCRIPTED.get(way, "")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _example() -> tuple[Campaign, Card] | None:
    """A campaign that is open now, the newest; else any that has a page."""
    depends(stamps.PORTAL)
    rows = newest_public(_LOOKED_AT)
    cards = cards_of([row.id for row in rows], language().code)
    row = next((row for row in rows if cards[row.id].state == State.LIVE), rows[0] if rows else None)
    if row is None:
        return None
    depends(stamps.of_campaign(row.id))
    return row, cards[row.id]


def _policy(way: Way) -> str:
    """The line of a content security policy that lets this way in; empty where none is needed."""
    ours = origin(current_app.config["SETTINGS"].site_url)
    return "; ".join(f"{directive} 'self' {ours}" for directive in way.allows)


def _of_the_api(found: tuple[Campaign, Card] | None) -> dict[str, Any]:
    script = current_app.extensions["assets"].file("js/numbers.js").read_text(encoding="utf-8")
    return {"answer": _pretty(in_full(found[1])) if found else "", "script": script}


def _of_webhooks(found: tuple[Campaign, Card] | None) -> dict[str, Any]:
    return {
        "headers": HEADERS,
        "fields": FIELDS,
        "event": EVENT,
        "pauses": pauses(),
        "seconds": SECONDS,
        "most": MOST,
        "days": KEPT_DAYS,
        "receiver": inspect.getsource(guidereceiver),
        "body": _pretty(example(found[0])) if found else "",
    }


def _of_wordpress(_found: tuple[Campaign, Card] | None) -> dict[str, Any]:
    return {
        "forms": FORMS,
        "people": (
            (
                _("Administrators and editors of a single site"),
                _("everything: frame, element, picture, link"),
            ),
            (
                _("Authors and contributors"),
                _("the picture in a link; frames and scripts are taken out when they save"),
            ),
            (
                _("In a network of sites (multisite): everybody but the network's administrators"),
                _("the picture in a link; frames and scripts are taken out when they save"),
            ),
        ),
    }


_MORE = {"api": _of_the_api, "webhooks": _of_webhooks, "wordpress": _of_wordpress}


def _pretty(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2)
