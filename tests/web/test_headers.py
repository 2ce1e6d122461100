"""Security headers on every kind of answer."""

from pathlib import Path

import pytest

from campaigns.web.guards import cacheable, public, signed_in
from campaigns.web.headers import page_headers
from tests.web.smallhouse import House, build


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


def headers_of(decorator: object, secure: bool = True) -> dict[str, str]:
    def view() -> None: ...

    return dict(page_headers(decorator(view).policy, secure))  # type: ignore[operator]


@pytest.mark.parametrize("path", ["/c/x", "/plain", "/nothing", "/undeclared", "/c/nowhere"])
def test_pages_and_errors_carry_the_strict_headers(house: House, path: str) -> None:
    for _ in range(2):  # made, then kept
        headers = house.client().get(path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        shared = path.startswith("/c/")
        assert headers.get("Cross-Origin-Opener-Policy") == (None if shared else "same-origin")


def test_the_answer_to_a_foreign_host_carries_them_too(house: House) -> None:
    answer = house.client().get("/plain", headers={"Host": "evil.example"})
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_no_page_allows_inline_script_or_style() -> None:
    for decorator in (cacheable(), cacheable(embeddable=True), public(), signed_in()):
        policy = headers_of(decorator)["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "nonce" not in policy


def test_only_embeddable_pages_stand_in_other_sites_frames() -> None:
    assert "frame-ancestors *" in headers_of(cacheable(embeddable=True))["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers_of(cacheable())["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in headers_of(signed_in())["Content-Security-Policy"]


def test_search_engines_are_asked_to_keep_only_public_pages() -> None:
    assert "X-Robots-Tag" not in headers_of(cacheable())
    for decorator in (cacheable(embeddable=True), public(), signed_in()):
        assert headers_of(decorator)["X-Robots-Tag"] == "noindex"


def test_https_sites_ask_browsers_to_stay_on_https() -> None:
    assert "Strict-Transport-Security" in headers_of(public())
    assert "Strict-Transport-Security" not in headers_of(public(), secure=False)
