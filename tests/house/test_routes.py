"""Every address declares who may call it, and keeps what it declares."""

import contextvars
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import Client

from campaigns.base.extensions import db
from campaigns.web.guards import Access, cacheable, public
from tests.house.walk import House

OPEN_TO_OTHER_SITES = {"give.callback.back"}
"""The bank sends donors back by a form of its own. Whatever it says is looked up, never believed."""

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "CREATE", "ALTER", "DROP", "TRUNCATE")


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


def ask(wsgi: Any, method: str, path: str, **headers: str) -> Any:
    """A request with these headers and no others, outside the test's own transaction."""
    db.session.commit()
    visitor = Client(wsgi, use_cookies=False)
    return contextvars.Context().run(visitor.open, path, method=method, headers=headers)


def inside(app: Flask, path: str, **headers: str) -> Any:
    """A GET that goes past the page cache, straight to Flask."""
    return ask(app.extensions["pagecache"].app, "GET", path, **headers)


def test_every_view_declares_a_policy(house: House) -> None:
    assert [rule.endpoint for rule, policy in house.rules() if policy is None] == []


def test_a_view_has_one_policy_only() -> None:
    with pytest.raises(TypeError):
        public()(cacheable()(lambda: ""))


def test_the_walk_reaches_nearly_every_page(house: House) -> None:
    """Else the tests below would prove nothing."""
    missing = {
        rule.endpoint
        for path, policy, rule in house.pages()
        if policy.access is Access.CACHEABLE and house.app.test_client().get(path).status_code != 200
    }
    assert missing == {"site.portal.go", "site.oembed.show"}  # a redirect; 404 without an address


def test_public_pages_have_no_cookie_and_do_not_vary_with_one(house: House) -> None:
    offenders = []
    for path, policy, rule in house.pages():
        if not policy.sessionless:
            continue
        plain = inside(house.app, path)
        signed = inside(house.app, path, Cookie=f"pooyesh={house.signed_in.cookie}")
        for answer in (plain, signed):
            if "Set-Cookie" in answer.headers or "Cookie" in answer.headers.get("Vary", ""):
                offenders.append(path)
        if policy.access is Access.CACHEABLE and plain.data != signed.data:
            offenders.append(f"{path} differs")
        assert plain.status_code < 500, rule
    assert offenders == []


def test_only_cacheable_pages_may_be_kept_by_others(house: House) -> None:
    offenders = []
    for path, policy, _rule in house.pages():
        answer = house.signed_in.get(path)
        shared = answer.headers["Cache-Control"].startswith("public")
        if shared != (policy.access is Access.CACHEABLE and answer.status_code == 200):
            offenders.append((path, answer.headers["Cache-Control"]))
    assert offenders == []


def test_looking_at_a_page_never_writes(house: House) -> None:
    written: list[tuple[str, str]] = []
    looking_at = ""

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            written.append((looking_at, statement))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for path, policy, _rule in house.pages():
            looking_at = path
            if not policy.writes_on_get:
                house.signed_in.get(path)
                house.signed_in.get(f"/en{path}")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert written == []


def test_only_these_views_may_write_when_looked_at(house: House) -> None:
    found = {rule.endpoint for rule, policy in house.rules() if policy is not None and policy.writes_on_get}
    assert found == {  # settles; counts tries; looks whether a contract was signed
        "give.callback.back",
        "give.receipt.track",
        "give.contract.back",
    }


def test_no_two_views_share_an_address(app) -> None:
    """The first of them would answer, and the other never."""
    views: dict[tuple[str, str], set[str]] = {}
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            views.setdefault((method, rule.rule), set()).add(rule.endpoint)
    assert {address: ends for address, ends in views.items() if len(ends) > 1} == {}


def test_forms_sent_by_other_sites_are_refused(house: House) -> None:
    accepted = [
        endpoint
        for method, path, _policy, endpoint in house.unsafe()
        if house.signed_in.client.open(
            path, method=method, headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
        ).status_code
        != 403
    ]
    assert set(accepted) == OPEN_TO_OTHER_SITES


def test_old_browsers_are_judged_by_origin_and_referer(house: House) -> None:
    cookie = f"pooyesh={house.signed_in.cookie}"
    for headers in ({"Origin": "https://evil.example"}, {"Referer": "https://evil.example/form"}):
        accepted = {
            endpoint
            for method, path, _policy, endpoint in house.unsafe()
            if ask(house.app.wsgi_app, method, path, Cookie=cookie, **headers).status_code != 403
        }
        assert accepted == OPEN_TO_OTHER_SITES


def test_offices_do_not_exist_for_strangers(house: House) -> None:
    """They are led to the sign-in page; nothing of the page is shown."""
    shown = [
        path
        for path, policy, _rule in house.pages()
        if policy.access in {Access.SIGNED_IN, Access.PERMISSION}
        and house.app.test_client().get(path).status_code not in {302, 404}
    ]
    assert shown == []
