"""Error pages: in the reader's language, with a way on, even when nearly everything is broken."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestedRangeNotSatisfiable, TooManyRequests

from campaigns.base.tokens import TokenExpired, TokenInvalid
from campaigns.domain.campaigns.states import Move, State, WrongMove
from campaigns.domain.payments.errors import Unavailable
from campaigns.web.errors import PAGES, too_fast
from campaigns.web.guards import public


@pytest.fixture
def failing(app: Flask) -> Iterator[Any]:
    """`failing(error)`: the page of accessibility raises it from now on."""
    view = app.view_functions["site.about.accessibility"]
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail_with(error: BaseException | int) -> None:
        @public()
        def broken() -> None:
            if isinstance(error, int):
                abort(error)
            raise error

        app.view_functions["site.about.accessibility"] = broken

    yield fail_with
    app.view_functions["site.about.accessibility"] = view
    app.config["PROPAGATE_EXCEPTIONS"] = None


PAGE = "/about/accessibility"


def test_a_page_that_is_not_there_offers_a_search_and_ways_on(client: FlaskClient) -> None:
    page = client.get("/nothing-here")
    assert page.status_code == 404
    assert "<title>این صفحه را پیدا نکردیم" in page.text
    for way in ('action="/campaigns"', 'href="/campaigns"', 'href="/provinces"', 'href="/"'):
        assert way in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_it_speaks_the_language_of_the_address(client: FlaskClient) -> None:
    page = client.get("/en/nothing-here")
    assert "We did not find this page" in page.text
    assert 'dir="ltr"' in page.text
    assert 'href="/en/campaigns"' in page.text


@pytest.mark.parametrize("code", sorted(set(PAGES) - {502}))
def test_each_kind_of_failure_has_a_page(client: FlaskClient, failing: Any, code: int) -> None:
    failing(code)
    page = client.get(f"/en{PAGE}")
    assert page.status_code == code
    with force_locale("en"):
        assert f"<h1>{PAGES[code][0]}</h1>" in page.text


def test_a_failure_nobody_foresaw_has_a_page_too(client: FlaskClient, failing: Any) -> None:
    failing(RequestedRangeNotSatisfiable())
    page = client.get(PAGE)
    assert page.status_code == 416
    assert "<h1>" in page.text


def test_who_goes_too_fast_is_told_how_long_to_wait(client: FlaskClient, failing: Any) -> None:
    failing(too_fast(40))
    page = client.get(PAGE)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "40"
    assert "۴۰ ثانیه" in page.text


def test_waiting_without_a_number_is_no_promise(client: FlaskClient, failing: Any) -> None:
    failing(TooManyRequests())
    assert "Retry-After" not in client.get(PAGE).headers


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    page = client.post("/")
    assert page.status_code == 405
    assert "GET" in page.headers["Allow"]


def test_a_crash_shows_a_reference_and_nothing_of_the_inside(client: FlaskClient, failing: Any) -> None:
    failing(RuntimeError("the secret recipe"))
    page = client.get(PAGE)
    assert page.status_code == 500
    assert page.headers["X-Request-Id"] in page.text
    assert "secret recipe" not in page.text
    assert "از بانک" in page.text  # what happens to a payment that was under way


def test_a_crash_page_needs_no_layout_no_database_and_no_session(
    client: FlaskClient, failing: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.template_context_processors, None, [lambda: 1 / 0])
    failing(RuntimeError())
    page = client.get(f"/en{PAGE}")
    assert page.status_code == 500
    assert "Something broke on our side" in page.text


def test_a_database_that_is_away_asks_for_patience(client: FlaskClient, failing: Any) -> None:
    failing(OperationalError("SELECT 1", {}, Exception("locked by 09123456789")))
    page = client.get(PAGE)
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "SELECT" not in page.text


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (WrongMove(State.LIVE, Move.SUBMIT), 409),
        (Unavailable("no answer"), 502),
        (TokenExpired([]), 410),
        (TokenInvalid("reset"), 400),
    ],
)
def test_what_the_rooms_raise_becomes_a_page(
    client: FlaskClient, failing: Any, error: Exception, code: int
) -> None:
    failing(error)
    assert client.get(PAGE).status_code == code


def test_a_form_from_elsewhere_is_led_to_the_page_itself(client: FlaskClient) -> None:
    page = client.post("/sign-in", data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert 'href="/sign-in" target="_top"' in page.text


def test_too_large_a_request_is_refused(client: FlaskClient) -> None:
    page = client.post("/sign-in", data={"login": "x" * 300_000})
    assert page.status_code == 413
    assert "<h1>" in page.text


def test_a_foreign_host_gets_a_page_that_links_nowhere(client: FlaskClient) -> None:
    page = client.get("/", headers={"Host": "evil.example"})
    assert page.status_code == 400
    assert "evil" not in page.text


@pytest.mark.parametrize(
    "path",
    ["/c/%00", "/c/%ff%fe", "/r/" + "۱" * 5_000, "/provinces/../../etc", "/k/'%20or%201=1", "//", "/en//"],
)
def test_odd_addresses_never_crash(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code < 500


@pytest.mark.parametrize("path", ["/track", "/nothing", "/campaigns", "/c/nothing/give"])
def test_bytes_that_are_no_letters_never_crash(client: FlaskClient, path: str) -> None:
    page = client.get(path, environ_overrides={"QUERY_STRING": "code=\xff\xfe&q=\xff"})
    assert page.status_code < 500
    assert "\ufffd" not in page.headers.get("Location", "")
