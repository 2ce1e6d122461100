"""What visitors get from the page cache, and when a page is made anew."""

import gzip
import threading
from pathlib import Path

import brotli
import pytest
from sqlalchemy import text

from campaigns.base.extensions import db
from campaigns.web import pagecache, pageversions
from tests.web.smallhouse import House, build


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


def wait_a_second(monkeypatch: pytest.MonkeyPatch, seconds: float = 1.01) -> None:
    """Lets the clock of the cache run ahead."""
    now = pagecache._monotonic()
    monkeypatch.setattr(pagecache, "_monotonic", lambda: now + seconds)
    monkeypatch.setattr(pageversions.time, "monotonic", lambda: now + seconds)


def bump_elsewhere(house: House, name: str) -> None:
    """Another process changes something: this one is not told."""
    with house.app.app_context(), db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO stamp (name, version) VALUES (:name, 2) "
                "ON CONFLICT (name) DO UPDATE SET version = stamp.version + 1"
            ),
            {"name": name},
        )


def test_a_page_is_made_once_and_then_kept(house: House) -> None:
    first, second = house.client().get("/c/x"), house.client().get("/c/x")
    assert first.data == second.data
    assert first.status_code == second.status_code == 200
    assert house.made == ["x"]


def test_a_change_shows_at_once_in_the_process_that_made_it(house: House) -> None:
    house.client().get("/c/x")
    house.says = "درود"
    house.bump("campaign:x")
    assert "درود" in house.client().get("/c/x").text


def test_a_change_made_elsewhere_shows_after_a_second(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.client().get("/c/x")
    house.says = "درود"
    bump_elsewhere(house, "campaign:x")
    wait_a_second(monkeypatch)
    assert "درود" in house.client().get("/c/x").text


def test_the_database_is_asked_at_most_once_a_second(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for slug in "abc":
        house.client().get(f"/c/{slug}")
    wait_a_second(monkeypatch)
    for slug in "abc":
        house.client().get(f"/c/{slug}")
    asked: list[object] = []
    monkeypatch.setattr(pageversions.stamps, "versions", lambda _session, names: asked.append(names))
    for slug in "abcabc":
        house.client().get(f"/c/{slug}")
    assert not asked


def test_a_change_elsewhere_to_one_campaign_leaves_the_others_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug in "ab":
        house.client().get(f"/c/{slug}")
    bump_elsewhere(house, "campaign:a")
    wait_a_second(monkeypatch)
    for slug in "ab":
        house.client().get(f"/c/{slug}")
    assert house.made == ["a", "b", "a"]


@pytest.mark.parametrize("known", [False, True])
def test_a_change_while_the_page_is_made_is_not_lost(
    house: House, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if known:
        house.client().get("/c/x")
        house.bump("campaign:x")

    def change() -> None:
        house.while_made = None
        house.says = "درود"
        bump_elsewhere(house, "campaign:x")

    house.while_made = change
    assert "سلام" in house.client().get("/c/x").text
    wait_a_second(monkeypatch)
    assert "درود" in house.client().get("/c/x").text


def test_a_change_here_while_versions_are_read_is_not_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.client().get("/c/x")
    read = pageversions.stamps.versions

    def read_then_change(session: object, names: object) -> dict[str, int]:
        monkeypatch.setattr(pageversions.stamps, "versions", read)
        found = read(session, names)  # type: ignore[arg-type]
        house.says = "درود"
        house.bump("campaign:x")
        return found

    wait_a_second(monkeypatch)
    monkeypatch.setattr(pageversions.stamps, "versions", read_then_change)
    house.client().get("/c/x")
    assert "درود" in house.client().get("/c/x").text


def test_unknown_query_parameters_neither_miss_the_cache_nor_show_in_the_page(house: House) -> None:
    plain = house.client().get("/c/x")
    for query in ("utm_source=eitaa", "a=1&b=2", "%ff=%ff", "=", "&&&", "x" * 10_000):
        assert house.client().get(f"/c/x?{query}").data == plain.data
    assert house.made == ["x"]


def test_even_the_first_visitor_leaves_no_trace_in_the_page(house: House) -> None:
    first = house.client().get("/c/x?ref=spam", headers={"Cookie": "a=b", "Accept-Language": "de"})
    assert "spam" not in first.text
    assert first.data == house.client().get("/c/x").data


def test_declared_parameters_make_pages_of_their_own_in_any_order(house: House) -> None:
    one = house.client().get("/list?q=یزد&page=2")
    same = house.client().get("/list?page=2&utm=x&q=یزد")
    other = house.client().get("/list?q=یزد&page=3")
    assert one.data == same.data != other.data
    assert house.client().get("/list?q=&page=").data == house.client().get("/list").data
    assert house.made == ["list"] * 3


def test_each_language_has_its_own_page(house: House) -> None:
    assert "/en" in house.client().get("/en/c/x").text
    assert "/en" not in house.client().get("/c/x").text


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("", None),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("identity", None),
        ("br;q=nonsense", None),
        (",;,=", None),
    ],
)
def test_a_visitor_gets_the_best_encoding_they_take(house: House, accept: str, encoding: str | None) -> None:
    plain = house.client().get("/c/x").data
    answer = house.client().get("/c/x", headers={"Accept-Encoding": accept})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert unpack(answer.data) == plain


def test_whoever_has_the_page_already_gets_304(house: House) -> None:
    etag = house.client().get("/c/x").headers["ETag"]
    for tags in (etag, f'"other", {etag}'):
        again = house.client().get("/c/x", headers={"If-None-Match": tags})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == etag
        assert "s-maxage" in again.headers["Cache-Control"]
    assert house.client().get("/c/x", headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_first_visitor_may_have_the_page_already(house: House) -> None:
    etag = house.client().get("/c/x").headers["ETag"]
    house.cache.clear()
    assert house.client().get("/c/x", headers={"If-None-Match": etag}).status_code == 304


def test_head_has_the_headers_of_get_and_no_body(house: House) -> None:
    head, get = house.client().head("/c/x"), house.client().get("/c/x")
    assert head.data == b""
    assert {k: v for k, v in head.headers if k != "X-Request-Id"} == {
        k: v for k, v in get.headers if k != "X-Request-Id"
    }
    assert house.client().head("/c/x").data == b""


def test_shared_caches_are_told_how_long(house: House) -> None:
    assert house.client().get("/list").headers["Cache-Control"] == (
        "public, max-age=0, s-maxage=5, stale-while-revalidate=60, stale-if-error=600"
    )


@pytest.mark.parametrize("path", ["/plain", "/cookie", "/c/nowhere", "/nothing", "/old", "/undeclared"])
def test_what_is_not_a_public_page_is_never_kept(house: House, path: str) -> None:
    house.client().get(path)
    answer = house.client().get(path)
    assert len(house.cache.pages) == 0
    assert "ETag" not in answer.headers
    if path != "/cookie":
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_view_that_sets_a_cookie_is_not_kept(house: House) -> None:
    for _ in range(2):
        assert "Set-Cookie" in house.client().get("/cookie").headers
    assert house.made == ["cookie"] * 2


def test_a_page_that_is_gone_is_gone(house: House) -> None:
    house.client().get("/c/x")
    with house.app.app_context():
        house.app.view_functions["campaign"] = house.app.view_functions["undeclared"]
    house.bump("campaign:x")
    assert house.client().get("/c/x").status_code == 404
    assert len(house.cache.pages) == 0


def test_an_untrusted_host_gets_400_even_for_a_kept_page(house: House) -> None:
    house.client().get("/c/x")
    assert house.client().get("/c/x", headers={"Host": "evil.example"}).status_code == 400


def test_the_last_good_page_stands_in_for_a_broken_view(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.app.config["PROPAGATE_EXCEPTIONS"] = False
    house.client().get("/c/x")
    house.broken = True
    house.bump("campaign:x")
    assert house.client().get("/c/x").status_code == 200
    wait_a_second(monkeypatch, 601)
    assert house.client().get("/c/x").status_code == 500


def test_pages_stay_while_the_database_is_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.client().get("/c/x")
    with house.app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE stamp RENAME TO away"))
    wait_a_second(monkeypatch)
    assert house.client().get("/c/x").status_code == 200
    assert house.made == ["x"]


def test_a_page_is_made_anew_after_a_minute_whatever_it_named(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.client().get("/c/x")
    wait_a_second(monkeypatch, 61)
    house.client().get("/c/x")
    assert house.made == ["x", "x"]


def test_many_visitors_at_once_make_the_page_once(house: House) -> None:
    visitors = [threading.Thread(target=lambda: house.client().get("/c/x")) for _ in range(12)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert house.made == ["x"]


def test_the_cache_stays_within_its_bounds(house: House) -> None:
    house.cache.pages.max_pages = 5
    for number in range(9):
        house.client().get(f"/list?q={number}")
    assert len(house.cache.pages) == 5
    house.cache.pages.max_bytes = 10_000
    house.client().get("/list?q=last")
    assert house.cache.pages.size <= 10_000
    house.cache.clear()
    assert house.cache.pages.size == 0
