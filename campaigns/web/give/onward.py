"""Our own page between the form and the bank. A direct redirect to the bank would die on `form-action 'self'`."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from campaigns.domain.payments.contract import Redirect
from campaigns.web.headers import origin, page_csp


def onward(to: Redirect, *, rials: int, code: str, theme: str, sample: bool) -> ResponseReturnValue:
    """By GET the page goes on by itself; a POST needs a button, and leave to send a form to that gateway alone."""
    page = render_template("give/hop.html", to=to, rials=rials, code=code, theme=theme, sample=sample)
    if to.method == "GET":
        return page
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = page_csp(forms_to=origin(to.url))
    return answer
