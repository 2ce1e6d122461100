"""Pages that are not kept travel small as well, except those of people who are signed in."""

import gzip
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import mina
from tests.web.officehands import Hands
from tests.web.smallhouse import build

GIVING = "/track"


@pytest.mark.parametrize(
    ("accept", "unpack"), [("gzip, deflate, br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_page_of_giving_is_sent_small(client: FlaskClient, accept: str, unpack: object) -> None:
    plain = client.get(GIVING)
    small = client.get(GIVING, headers={"Accept-Encoding": accept})
    assert unpack(small.data) == plain.data  # type: ignore[operator]
    assert len(small.data) < len(plain.data) / 2
    assert int(small.headers["Content-Length"]) == len(small.data)
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in small.headers["Vary"]


def test_an_error_page_is_sent_small(client: FlaskClient) -> None:
    page = client.get("/nothing", headers={"Accept-Encoding": "br"})
    assert (page.status_code, page.headers["Content-Encoding"]) == (404, "br")


def test_pages_with_a_token_keep_their_length_to_themselves(app: Flask) -> None:
    inside = Hands(app, mina())
    page = inside.client.get("/account/details", headers={"Accept-Encoding": "br"})
    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers


def test_a_short_answer_is_left_alone(tmp_path: Path) -> None:
    answer = build(tmp_path).client().get("/plain", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers


def test_a_kept_page_is_made_once_for_all_encodings(tmp_path: Path) -> None:
    house = build(tmp_path)
    for accept in ("br", "gzip", "", "br"):
        assert house.client().get("/c/x", headers={"Accept-Encoding": accept}).status_code == 200
    assert house.made == ["x"]
