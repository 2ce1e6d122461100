"""One line per request, and nothing in it that belongs to a person."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaigns.base.codes import new_code
from tests.web.smallhouse import House, build


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


def test_every_request_has_one_line_with_the_id_the_answer_carries(house: House) -> None:
    ids = [
        house.client().get(path).headers["X-Request-Id"] for path in ("/c/x", "/c/x", "/plain", "/nothing")
    ]
    lines = house.log()
    assert sorted(line["id"] for line in lines) == sorted(ids)
    assert len(set(ids)) == 4
    assert {line["id"]: line["cache"] for line in lines} == dict(
        zip(ids, ("miss", "hit", "pass", "pass"), strict=True)
    )


def test_a_line_says_what_happened(house: House) -> None:
    house.client().get("/plain?q=1", headers={"Sec-Fetch-Site": "cross-site"})
    (line,) = house.log()
    assert (line["method"], line["path"]) == ("GET", "/plain")
    assert (line["event"], line["status"], line["site"]) == ("request", 200, "cross-site")
    assert line["ms"] >= 0
    assert line["at"].endswith("Z")


def test_a_304_from_the_cache_is_logged_as_such(house: House) -> None:
    etag = house.client().get("/c/x").headers["ETag"]
    house.client().get("/c/x", headers={"If-None-Match": etag})
    assert sorted(line["status"] for line in house.log()) == [200, 304]


def test_no_code_token_phone_or_query_reaches_the_log(house: House) -> None:
    house.app.config["PROPAGATE_EXCEPTIONS"] = False
    code, canaries = new_code(), ["09123456789", "۰۹۱۲۳۴۵۶۷۸۹", "6037991234567890", "sara@nikookari.example"]
    paths = [f"/r/{code}", f"/en/r/{code}", *(f"/lost/{canary}" for canary in canaries)]
    for path in paths:
        house.client().get(f"{path}?token=hush-hush&next={code}", headers={"Referer": f"http://x/r/{code}"})
    house.broken = True
    assert house.client().get(f"/r/{code}").status_code == 500
    written = house.log_path.read_text()
    assert "crash" in written
    for canary in (code, *canaries, "hush-hush"):
        assert canary not in written


def test_a_crash_is_logged_with_the_id_of_its_request(house: House) -> None:
    house.app.config["PROPAGATE_EXCEPTIONS"] = False
    house.broken = True
    answer = house.client().get("/r/x")
    crash = next(line for line in house.log() if line["event"] == "crash")
    assert crash["id"] == answer.headers["X-Request-Id"]
    assert "RuntimeError" in crash["said"]
    assert crash["path"] == "/r/[code]"


def test_a_line_cannot_be_forged_through_the_path(house: House) -> None:
    house.client().get('/nothing%0a{"event":"request"}')
    assert len(house.log()) == 1


def test_a_static_file_has_its_line_too(
    app: Flask, client: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    path = app.extensions["assets"].url("app.css")
    with client.get(path) as answer, client.get("/static/nothing.css") as missing:
        ids = [answer.headers["X-Request-Id"], missing.headers["X-Request-Id"]]
    app.extensions["requestlog"].writer.flush()
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if '"request"' in line]
    assert [(line["id"], line["path"], line["status"], line["cache"]) for line in lines] == [
        (ids[0], path, 200, "file"),
        (ids[1], "/static/nothing.css", 404, "pass"),
    ]
