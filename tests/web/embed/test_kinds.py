"""Every kind of widget: how it looks when asked, how small it is, and what it says when a campaign rests."""

import re
from xml.etree import ElementTree

import pytest

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.states import Move
from campaigns.themes import THEMES, tokens
from campaigns.widgets import FRAMES, OF_A_CAMPAIGN, PICTURES
from campaigns.widgets.plug import Subject
from tests.cast import mina, parisa, reza
from tests.promises import need, promised
from tests.volunteering import driver, shift, takes, volunteer
from tests.worlds import UNIT_RIALS, gift, live_campaign, ready_draft

PLACES = ("/e/organizations/nikookari/grid", "/e/provinces/IR-08/grid", "/e/provinces/map")
PATHS = [
    *(f"/e/dowry-kerman/{name}.svg" for name in PICTURES),
    *(f"/e/dowry-kerman/{name}" for name in FRAMES),
    *PLACES,
]
FRAMED = [path for path in PATHS if not path.endswith(".svg")]
BUDGETS = {"badge": 1, "counter": 1, "thermometer": 1.25, "form": 25, "grid": 20, "map": 20}
"""Kilobytes on the wire, the stylesheet included; what is not named has eight."""


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.mark.parametrize("path", PATHS)
def test_each_is_for_every_site_without_a_cookie_or_a_script(campaign, client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers and "<script" not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("path", FRAMED)
@pytest.mark.parametrize("theme", [*THEMES, "nonsense"])
def test_a_frame_wears_the_theme_and_mode_that_were_asked_for(campaign, client, path, theme):
    worn = theme if theme in THEMES else "firouzeh"
    for mode, said in (
        ("dark", ' data-mode="dark"'),
        ("light", ' data-mode="light"'),
        ("auto", ""),
        ("x", ""),
    ):
        page = client.get(f"{path}?t={theme}&m={mode}").text
        assert f'<html lang="fa" dir="rtl" data-theme="{worn}"{said}>' in page
    assert '<meta name="color-scheme" content="light dark">' in page


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_in_the_colours_of_its_theme(campaign, client, name):
    for mode in ("light", "dark"):
        drawn = client.get(f"/e/dowry-kerman/{name}.svg?t=anar&m={mode}").text
        assert tokens("anar", mode)["--c-fill"] in drawn
    own = client.get(f"/e/dowry-kerman/{name}.svg").text
    assert client.get(f"/e/dowry-kerman/{name}.svg?t=x&m=y&z=1").text == own


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("percent", [0, 50, 250])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_picture_is_whole_however_far_the_campaign_is(campaign, client, name, percent, prefix):
    if percent:
        gift(campaign, UNIT_RIALS * 40 * percent // 100)
    picture = ElementTree.fromstring(client.get(f"{prefix}/e/dowry-kerman/{name}.svg").text)
    size = PICTURES[name]
    assert (picture.get("width"), picture.get("height")) == (str(size.width), str(size.height))
    assert picture.get("aria-label") and picture.get("direction") == ("ltr" if prefix else "rtl")
    for shape in picture.iter("{http://www.w3.org/2000/svg}rect"):
        assert 0 <= float(shape.get("width", 0)) <= size.width
        assert 0 <= float(shape.get("height", 0)) <= size.height
        assert float(shape.get("y", 0)) >= 0


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_keeps_its_budget(campaign, client, path, prefix):
    gift(campaign, UNIT_RIALS * 10, donor_name="سارا", message="")
    pages, sent = [prefix + path], {"Accept-Encoding": "br"}
    if not path.endswith(".svg"):
        pages += re.findall(r'<link rel="stylesheet" href="([^"]+)">', client.get(path).text)
        assert len(pages) == 2
    size = 0
    for page in pages:
        with client.get(page, headers=sent) as answer:
            assert answer.status_code == 200
            size += len(answer.data)
    assert size <= BUDGETS.get(path.rpartition("/")[2].removesuffix(".svg"), 8) * 1024


@pytest.mark.parametrize("move", [Move.PAUSE, Move.CANCEL])
@pytest.mark.parametrize("name", FRAMES)
def test_a_campaign_that_rests_leaves_a_sentence_and_a_way_on(campaign, client, name, move):
    actions.move(campaign, move, campaign.author, "انبار پر است")
    db.session.commit()
    answer = client.get(f"/en/e/dowry-kerman/{name}")
    assert answer.status_code == 200 and "http://localhost/en/campaigns" in answer.text
    assert ("rests for now" if move is Move.PAUSE else "was cancelled") in answer.text
    assert "<form" not in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_where_nothing_is_the_frame_says_so_and_a_draft_is_nothing(app, client, path):
    ready_draft(mina())
    if path == "/e/provinces/map":
        return
    answer = client.get("/en" + path.replace("nikookari", "nobody").replace("IR-08", "IR-99"))
    assert answer.status_code == 404 and "not there any more" in answer.text.lower()
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]


def test_the_form_asks_for_amount_and_intent_and_goes_on_in_the_whole_window(campaign, client):
    page = client.get("/en/e/dowry-kerman/form").text
    assert '<form action="/en/c/dowry-kerman/give" method="get" target="_top">' in page
    assert 'name="amount"' in page and 'name="other"' in page and 'name="intent"' in page
    assert 'target="_blank"' in page and f"http://localhost/en/k/{campaign.short_code}" in page
    onward = client.get("/en/c/dowry-kerman/give?amount=&other=50000&intent=sadaqah")
    assert onward.status_code == 200 and "50,000" in onward.text


def test_the_wall_shows_donors_as_they_want_to_be_seen(campaign, client):
    gift(campaign, 500_000, donor_name="سارا احمدی", hide_name=True)
    gift(campaign, 700_000, donor_name="بهرام نوری", hide_name=False)
    page = client.get("/e/dowry-kerman/wall").text
    assert "بهرام نوری" in page and "سارا احمدی" not in page


def test_the_need_list_counts_down_with_every_promise(campaign, client):
    line = need(campaign, 40)
    assert "<b>40</b> of 40 left" in client.get("/en/e/dowry-kerman/needs").text
    promised(line, 6)
    page = client.get("/en/e/dowry-kerman/needs").text
    assert "<b>34</b> of 40 left" in page and "http://localhost/en/c/dowry-kerman/needs" in page


def test_the_call_says_the_places_left_and_leads_to_the_roles(campaign, client):
    assert "asks for no volunteers now" in client.get("/en/e/dowry-kerman/call").text
    one = shift(driver(campaign), places=3)
    assert "3 places left" in client.get("/en/e/dowry-kerman/call").text
    takes(volunteer(), one)
    page = client.get("/en/e/dowry-kerman/call").text
    assert "2 places left" in page and "http://localhost/en/c/dowry-kerman/volunteer" in page
    assert "سارا محمدی" not in page


def test_the_grid_shows_open_campaigns_only(campaign, client):
    for path in PLACES[:2]:
        assert "Dowries for couples in Kerman" in client.get(f"/en{path}").text
    actions.move(campaign, Move.END, campaign.author, "تمام")
    db.session.commit()
    for path in PLACES[:2]:
        page = client.get(f"/en{path}").text
        assert "Dowries" not in page and "No campaign is open here now" in page


def test_the_map_counts_what_is_open(campaign, client):
    page = client.get("/en/e/provinces/map").text
    assert re.search(r"<span>Kerman</span> <b>1</b>", page)


@pytest.mark.parametrize("name", OF_A_CAMPAIGN)
def test_a_snippet_says_how_it_shall_look(app, name):
    asked = Subject("https://a.example/c/x", "https://a.example/e/x", "X", "fa", "rtl", "anar", "dark", 360)
    with app.test_request_context():
        text = OF_A_CAMPAIGN[name].snippet(asked)
    if name != "button":
        assert f"/e/x/{name}" in text and "?t=anar&amp;m=dark" in text
    if name in FRAMES:
        assert "max-width:360px" in text and f'height="{FRAMES[name].height}"' in text


def test_a_picture_that_follows_the_reader_lets_the_host_page_choose(app):
    subject = Subject("https://a.example/c/x", "https://a.example/e/x", "X", "fa", "rtl")
    with app.test_request_context():
        text = OF_A_CAMPAIGN["badge"].snippet(subject)
    assert 'srcset="https://a.example/e/x/badge.svg?m=dark" media="(prefers-color-scheme: dark)"' in text
