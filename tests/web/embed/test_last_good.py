"""What other sites show while our database is away, and how seldom anything is drawn however many ask."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import before_render_template
from sqlalchemy import text

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.models import OldSlug
from campaigns.domain.campaigns.states import Move
from campaigns.web import pagecache, pageversions
from campaigns.web.pagestore import FEW
from tests.cast import mina, parisa, reza
from tests.support.outages import database_away
from tests.worlds import UNIT_RIALS, gift, live_campaign, ready_draft

BADGE, CARD, PAGE = "/en/e/dowry-kerman/badge.svg", "/en/e/dowry-kerman/card", "/en/c/dowry-kerman"
GRID = "/en/e/provinces/IR-08/grid"
HOUR, DAY = 3_600, 86_400


@pytest.fixture
def campaign(app):
    found = live_campaign(mina(), reza(), parisa())
    gift(found, UNIT_RIALS * 10)
    return found


@pytest.fixture
def later(monkeypatch):
    """Lets the clock of the cache run ahead."""
    start, ahead = pagecache._monotonic(), [0.0]
    monkeypatch.setattr(pagecache, "_monotonic", lambda: start + ahead[0])
    monkeypatch.setattr(pageversions.time, "monotonic", lambda: start + ahead[0])

    def run(seconds: float) -> None:
        ahead[0] += seconds

    return run


@contextmanager
def drawn(app) -> Iterator[list[str]]:
    """The widgets drawn meanwhile."""
    names: list[str] = []

    def note(_app, template, **_values) -> None:
        if template.name.startswith("widgets/"):
            names.append(template.name)

    with before_render_template.connected_to(note, app):
        yield names


def test_while_the_database_is_away_the_last_good_number_stands_with_its_time(
    app, campaign, client, settings, later
):
    before = {path: client.get(path) for path in (BADGE, CARD, GRID, PAGE)}
    assert re.search(r"<title>.*25 percent.*, as of \d+ \w+, \d\d:\d\d</title>", before[BADGE].text)
    assert re.search(r'<time datetime="[^"]+">as of \d+ \w+, \d\d:\d\d</time>', before[CARD].text)
    later(2)
    assert client.get(CARD).status_code == 200
    with database_away(settings.database_url):
        later(HOUR)
        for path in (BADGE, CARD, GRID):
            answer = client.get(path)
            assert answer.status_code == 200 and answer.data == before[path].data
            assert "stale-if-error=" in answer.headers["Cache-Control"]
        assert client.get(PAGE).status_code == 503  # says no time: ten minutes are its limit
        later(DAY)
        assert client.get(CARD).status_code == 503
    assert client.get(CARD).status_code == 200


def test_a_gift_that_could_not_be_drawn_any_more_does_not_cost_the_number_before(
    app, campaign, client, settings, later
):
    before = client.get(CARD).data
    gift(campaign, UNIT_RIALS)
    db.session.commit()
    with database_away(settings.database_url):
        later(HOUR)
        assert client.get(CARD).data == before


@pytest.mark.parametrize("address", [CARD, f"{CARD}.png", BADGE.replace(".svg", ".png")])
@pytest.mark.parametrize("told", ["here", "by another process"])
def test_once_a_freeze_is_known_nothing_that_asks_for_gifts_stands_in(
    app, campaign, client, settings, later, told, address
):
    assert client.get(address).status_code == 200
    halt = stamps.of_halt(campaign.id)
    db.session.commit()
    if told == "here":
        actions.move(campaign, Move.FREEZE, campaign.author, "گزارشی رسیده است")
        db.session.commit()
    else:
        with db.engine.begin() as connection:
            connection.execute(text("INSERT INTO stamp (name, version) VALUES (:name, 2)"), {"name": halt})
        later(2)
        app.extensions["pagecache"].board.current([halt])
        later(2)
        app.extensions["pagecache"].board.current([stamps.PORTAL])
    with database_away(settings.database_url):
        later(2)
        assert client.get(address).status_code == 503


def test_what_is_not_there_any_more_is_drawn_once_and_comes_back_at_once(app, client):
    draft = ready_draft(mina())
    with drawn(app) as names:
        for _ in range(3):
            assert client.get(CARD).status_code == client.get(BADGE).status_code == 404
    assert names == ["widgets/gone.html", "widgets/gone.svg"]
    assert "max-age=0, s-maxage=1" in client.get(CARD).headers["Cache-Control"]
    actions.move(draft, Move.SUBMIT, draft.author)
    actions.approve(draft, reza())
    db.session.commit()
    assert client.get(CARD).status_code == client.get(BADGE).status_code == 200


def test_invented_names_push_nothing_out_that_is_there(app, campaign, client):
    cache = app.extensions["pagecache"]
    kept = client.get(CARD).data
    cache.absent.max_pages = 5
    for number in range(9):
        client.get(f"/e/nobody-{number}/card")
    cache.absent.max_pages = FEW[0]
    assert len(cache.absent) == 5 and len(cache.paths) == len(cache.pages) == 1
    with drawn(app) as names:
        assert client.get(CARD).data == kept
    assert not names


def test_the_address_it_had_before_is_looked_up_once(app, campaign, client):
    db.session.add(OldSlug(slug=campaign.slug, campaign_id=campaign.id))
    campaign.slug = "dowry-of-kerman"
    actions.changed(campaign)
    db.session.commit()
    first = client.get(CARD)
    assert (first.status_code, first.headers["Location"]) == (301, "/en/e/dowry-of-kerman/card")
    held = [key[1] for key in app.extensions["pagecache"].absent._pages]
    assert held == [CARD] and client.get(CARD).headers["Location"] == first.headers["Location"]


def test_however_many_ask_at_once_each_version_and_look_is_drawn_once(app, campaign):
    paths = [f"{prefix}/e/dowry-kerman/badge.svg{look}" for prefix in ("", "/en") for look in ("", "?t=anar")]
    db.session.commit()
    said: set[int] = set()

    def read(path: str) -> None:
        with app.app_context():
            said.add(app.test_client().get(path).status_code)

    with drawn(app) as names:
        for _version in range(2):
            readers = [threading.Thread(target=read, args=(path,)) for path in paths * 6]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
            stamps.bump(stamps.of_campaign(campaign.id))
            db.session.commit()
    assert said == {200}
    assert names == ["widgets/badge.svg"] * 2 * len(paths)
