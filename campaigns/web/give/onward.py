"""Our own page between the form and the bank. A direct redirect to the bank would die on `form-action 'self'`.

All donors who go on by GET read the same page but for four values: it is rendered once with marks where they belong,
and each donor's values are put there, escaped as Jinja would.
"""

import re
from collections.abc import Mapping

from flask import current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from campaigns.base.codes import spoken
from campaigns.base.money import toman
from campaigns.domain.payments.contract import Redirect
from campaigns.web.headers import origin, page_csp
from campaigns.web.locale import language

_VALUES = ("url", "amount", "receipt", "code")
_MARKS = {name: f"\ue000{name}\ue001" for name in _VALUES}
"""Of characters that no page has."""
_MARK = re.compile("\ue000([a-z]+)\ue001")
Pieces = list[str]
"""Text and names of values in turns."""


def onward(to: Redirect, *, rials: int, code: str, theme: str, sample: bool) -> ResponseReturnValue:
    """By GET the page goes on by itself; a POST needs a button, and leave to send a form to that gateway alone."""
    values = {
        "url": to.url,
        "amount": toman(rials, language().code),
        "receipt": url_for("give.receipt.show", code=code),
        "code": spoken(code),
    }
    if to.method == "GET":
        return _filled(_pieces(theme, sample), values)
    answer = make_response(_rendered(values, to.fields, theme, sample))
    answer.headers["Content-Security-Policy"] = page_csp(forms_to=origin(to.url))
    return answer


def _rendered(values: Mapping[str, str], fields: Mapping[str, str] | None, theme: str, sample: bool) -> str:
    return render_template("give/hop.html", fields=fields, theme=theme, sample=sample, **values)


def _pieces(theme: str, sample: bool) -> Pieces:
    kept: dict[object, Pieces] = current_app.extensions.setdefault("hop pages", {})
    known_by = (language().code, request.script_root, theme, sample)
    if known_by not in kept or current_app.debug:
        kept[known_by] = _MARK.split(_rendered(_MARKS, None, theme, sample))
    return kept[known_by]


def _filled(pieces: Pieces, values: Mapping[str, str]) -> str:
    told = {name: str(escape(value)) for name, value in values.items()}
    return "".join(told[piece] if place % 2 else piece for place, piece in enumerate(pieces))
