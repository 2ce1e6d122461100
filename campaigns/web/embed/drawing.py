"""Draws a picture or a frame of any matter. One that is not there or takes a rest leaves a sentence and a link; a
redirect in the place of a matter is handed on.
"""

from collections.abc import Sequence

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.base.languages import DEFAULT
from campaigns.web.freshness import depends
from campaigns.web.headers import frame_csp
from campaigns.web.locale import language
from campaigns.web.looks import FITTED, chosen_look
from campaigns.web.matters import HOUSE_THEME, MOST, Matter
from campaigns.web.render import absolute
from campaigns.web.snippets import in_language
from campaigns.widgets.plug import Frame, Picture

A_MOMENT = "public, max-age=300"
"""How long browsers keep the way to the Persian widget: the language may be written meanwhile."""


def picture(matter: Matter | Response | None, kind: Picture) -> ResponseReturnValue:
    if isinstance(matter, Response):
        return matter
    if matter is not None and not matter.spoken:
        return in_persian()
    depends(*(matter.stamps if matter else (stamps.PORTAL,)))
    look = chosen_look(matter.theme, matter.accent) if matter else chosen_look(HOUSE_THEME)
    drawn = render_template(
        f"widgets/{kind.name}.svg" if matter and matter.numbers else "widgets/gone.svg",
        card=matter.numbers if matter else None,
        cards=matter.cards if matter else None,
        size=kind,
        look=look,
        c=look.colours,
    )
    answer: Response = make_response(drawn, 200 if matter else 404)
    answer.mimetype = "image/svg+xml"
    return answer


def frame(matter: Matter | Response | None, kind: Frame) -> ResponseReturnValue:
    if isinstance(matter, Response):
        return matter
    if matter is None:
        depends(stamps.PORTAL)
        said = render_template("widgets/gone.html", card=None, look=chosen_look(HOUSE_THEME), fit=fitted())
        return dressed(said, status=404)
    if not matter.spoken:
        return in_persian()
    depends(*matter.stamps)
    one_by_one = matter.about == "many" and not kind.summed
    shown = bool(matter.cards) if one_by_one else not matter.rests
    template = kind.name if shown else "gone" if matter.about == "campaign" else "quiet"
    ids = matter.campaign_ids if kind.summed else matter.asking
    if shown:
        depends(*kind.stamps(ids))
    drawn = render_template(
        f"widgets/{template}.html",
        card=matter.numbers,
        title=matter.title,
        about=matter.about,
        look=chosen_look(matter.theme, matter.accent),
        fit=fitted(),
        address=absolute(matter.page),
        short=absolute(matter.short),
        cards=matter.cards[:MOST],
        by_id={card.campaign_id: card for card in matter.cards},
        more=max(0, len(matter.cards) - MOST),
        **(kind.gathered(ids, language().code) if shown else {}),
    )
    return dressed(drawn, matter.sites())


def moved(**values: str) -> Response:
    """To the same widget at the address it has today."""
    look = {name: request.args[name] for name in FITTED if name in request.args}
    path = url_for(request.endpoint or "", **(request.view_args or {}) | values, **look)
    return make_response(redirect(path, 301))


def in_persian() -> Response:
    """To the same widget in the language in which its texts are there."""
    look = {name: request.args[name] for name in FITTED if name in request.args}
    path = url_for(request.endpoint or "", **request.view_args or {}, **look)
    answer: Response = make_response(redirect(in_language(path, DEFAULT), 302))
    answer.headers["Cache-Control"] = A_MOMENT
    return answer


def fitted() -> bool:
    return request.args.get("fit") == "1"


def dressed(page: str, sites: Sequence[str] = (), status: int = 200) -> Response:
    """Says who may show it. Our one script, which tells how high the frame is, may run where it was asked for."""
    answer: Response = make_response(page, status)
    script = "; script-src 'self'" if fitted() else ""
    answer.headers["Content-Security-Policy"] = frame_csp(sites) + script
    return answer
