"""Error pages in the reader's language: what happened, what is safe, where to go on. None needs the database.

A page that does not exist for you is 404, also when it exists for others. 403 is left for requests another
site sent, where opening the page here helps.
"""

from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, TooManyRequests

from campaigns.base.extensions import db
from campaigns.base.tokens import TokenExpired, TokenInvalid
from campaigns.domain.campaigns.states import WrongMove
from campaigns.domain.payments.errors import GatewayError
from campaigns.web.locale import language
from campaigns.web.requestlog import request_id

RETRY_SECONDS = 10
_BAD_REQUEST = (
    _l("We could not read this request"),
    _l("Something in it was broken or missing. Go back to the page you came from and try again."),
)
_STALE_FORM = (
    _l("This form was open for too long"),
    _l("Nothing was sent. Go back, load the page again and send it once more."),
)
PAGES: dict[int, tuple[Any, Any]] = {
    400: _BAD_REQUEST,
    403: (
        _l("This has to be opened on our own site"),
        _l("The form came to us from another page, so we did not take it. Open it here and send it again."),
    ),
    404: (
        _l("We did not find this page"),
        _l("The address may be mistyped, or the page may have moved. Look for the campaign by its name."),
    ),
    405: (
        _l("This address does not take that"),
        _l("It is made for another step. Go back to the page you came from and try again."),
    ),
    409: (
        _l("Somebody was faster"),
        _l("This has changed since you opened it, so nothing was done. Open it again to see how it is now."),
    ),
    410: (
        _l("This is over"),
        _l("The link was used or is too old. What you gave or sent before is not affected."),
    ),
    413: (
        _l("That was too much at once"),
        _l("What you sent is larger than we take. Shorten it and try again."),
    ),
    422: (
        _l("Something in the form does not fit"),
        _l("Go back to the form, check what you filled in, and send it again."),
    ),
    429: (
        _l("That was a little too fast"),
        _l("So many requests came from where you are that we ask you to wait a moment. Nothing is lost."),
    ),
    502: (
        _l("The bank does not answer"),
        _l("Nothing was taken from your account. Try again in a few minutes, or choose another way to pay."),
    ),
}


def too_fast(seconds: int) -> TooManyRequests:
    """To be raised when somebody has to wait: the page says for how long."""
    return TooManyRequests(retry_after=seconds)


def init_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _crash)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(CSRFError, lambda _error: _page(400, _STALE_FORM))
    app.register_error_handler(TokenExpired, lambda _error: _page(410, PAGES[410]))
    app.register_error_handler(TokenInvalid, lambda _error: _page(400, PAGES[400]))
    app.register_error_handler(WrongMove, lambda _error: _page(409, PAGES[409]))
    app.register_error_handler(GatewayError, _bank_away)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    if request_ctx.url_adapter is None:  # not our host: nothing can be linked to
        return _alone(error.code)
    response = _page(error.code, PAGES.get(error.code, _BAD_REQUEST), getattr(error, "retry_after", None))
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _page(code: int, said: tuple[Any, Any], seconds: int | None = None) -> Response:
    """The page in the frame of the site; `seconds` is how long to wait. Rolls back what was begun."""
    db.session.rollback()
    title, text = said
    page = render_template(
        "errors/page.html", code=code, title=title, text=text, seconds=seconds, again=_way_back(code)
    )
    return make_response(page, code)


def _way_back(code: int) -> str | None:
    """The same page, where looking at it again may help."""
    adapter = request_ctx.url_adapter
    helps = code in {400, 403, 409, 429} and adapter is not None and adapter.test(method="GET")
    return request.script_root + request.path if helps else None


def _crash(_error: InternalServerError) -> ResponseReturnValue:
    return _alone(500)


def _database_away(error: OperationalError) -> ResponseReturnValue:
    """Locked for too long, or not there at all. Whatever was begun is rolled back with the request."""
    current_app.logger.error("the database is away: %s", type(error.orig).__name__)
    response = _alone(503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _bank_away(error: GatewayError) -> ResponseReturnValue:
    current_app.logger.error("a gateway failed: %s", type(error).__name__)
    return _page(502, PAGES[502])


def _alone(code: int) -> Response:
    """A page that leans on nothing: no layout, no values of the request, nobody signed in."""
    template = current_app.jinja_env.get_template("errors/alone.html")
    return make_response(template.render(code=code, reference=request_id(), language=language()), code)
