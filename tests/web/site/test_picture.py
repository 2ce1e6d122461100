"""Sara sends a campaign to her family: the messenger shows a picture with its title and how far it is."""

import io
import os
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, features

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.actions import apply_edit
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import Move
from campaigns.themes import THEMES
from campaigns.web import picture, sharestore
from campaigns.web.picture import Fonts, Words, draw
from campaigns.web.sharedrawing import Drawer, forget_old
from campaigns.web.shareimages import once
from tests.cast import mina, parisa, reza
from tests.worlds import UNIT_RIALS, change, gift, live_campaign, ready_draft
from tools import fonts, packages

MOST_BYTES = 60 * 1024
FILES = Fonts(*(packages.FOLDER / name for name in fonts.DRAWN))


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def folder(change_settings, tmp_path):
    """Where this test's own pictures are."""
    change_settings(data_dir=tmp_path)
    return tmp_path


def named(page: str) -> str:
    """The picture a page names, as a path."""
    found = re.search(r'property="og:image" content="http://localhost([^"]+)"', page)
    assert found
    return found[1]


def test_the_campaign_names_a_picture_that_says_how_far_it_is(client, campaign):
    first = named(client.get("/c/dowry-kerman").text)
    answer = client.get(first)
    assert answer.mimetype == "image/png" and "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(answer.data) <= MOST_BYTES and Image.open(io.BytesIO(answer.data)).size == (1200, 630)
    gift(campaign, UNIT_RIALS * 20)
    second = named(client.get("/c/dowry-kerman").text)
    assert second != first
    assert client.get(second).data != answer.data
    assert client.get("/c/dowry-kerman/picture.png").data == client.get(second).data


def test_each_language_has_its_own(client, campaign):
    english = named(client.get("/en/c/dowry-kerman").text)
    assert english.startswith("/en/c/dowry-kerman/picture/")
    assert client.get(english).data != client.get(named(client.get("/c/dowry-kerman").text)).data


def test_a_gift_too_small_for_the_percent_leaves_the_address_as_it_is(client, campaign):
    before = named(client.get("/c/dowry-kerman").text)
    gift(campaign, 10_000)
    assert named(client.get("/c/dowry-kerman").text) == before


def test_the_worker_draws_what_has_changed_before_anybody_asks(client, campaign, folder):
    drawer = Drawer(folder)
    assert drawer.turn() == 4 and drawer.turn() == 0  # the campaign and the portal, Persian and English, once
    gift(campaign, 10_000)
    assert drawer.turn() == 0  # it shows nothing else
    old = named(client.get("/c/dowry-kerman").text)
    gift(campaign, UNIT_RIALS * 20)
    assert drawer.turn() == 2
    draw.cache_clear()
    assert client.get(named(client.get("/c/dowry-kerman").text)).status_code == 200
    assert client.get(old).status_code == 200, "what a messenger has kept the address of is still there"
    assert draw.cache_info().misses == 0
    assert Drawer(folder).turn() == 0  # another worker finds the files


def test_an_address_whose_picture_is_forgotten_leads_to_the_present_one(client, campaign, folder):
    old = named(client.get("/c/dowry-kerman").text)
    gift(campaign, UNIT_RIALS * 20)
    present = named(client.get("/c/dowry-kerman").text)
    for path in (old, f"/c/dowry-kerman/picture/{'0' * 24}.png", "/c/dowry-kerman/picture/odd.png"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, present)


def test_old_pictures_go_but_the_newest_of_a_campaign_stay(folder):
    for number in range(sharestore.STAY + 3):
        sharestore.keep(folder, "someone", f"{number:024x}", b"x")
        os.utime(folder / sharestore.FOLDER / "someone" / f"{number:024x}.png", (number, number))
    assert forget_old(folder) == 3
    assert sharestore.kept(folder, "someone", f"{2:024x}") is None
    assert sharestore.kept(folder, "someone", f"{3:024x}") == b"x"


def test_of_many_who_ask_at_once_one_draws():
    draw.cache_clear()
    words = Words("x", "x", "fa", "x", "fa", "firouzeh", 7)
    with ThreadPoolExecutor(8) as many:
        drawn = set(many.map(lambda _: once(words, FILES), range(16)))
    assert len(drawn) == 1 and draw.cache_info().misses == 1


def test_an_old_address_leads_to_the_present_one_and_a_draft_has_none(client, campaign):
    draft = ready_draft(campaign.author, "draft-one")
    apply_edit(change(campaign, Part.BASICS, campaign.author, slug="new-address"))
    for path in ("picture.png", f"picture/{'0' * 24}.png", "qr.svg", "poster-a5.pdf"):
        moved = client.get(f"/en/c/dowry-kerman/{path}")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"/en/c/new-address/{path}")
        assert client.get(f"/c/{draft.slug}/{path}").status_code == 404
        assert client.get(f"/c/nothing/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/campaigns", "/provinces", "/provinces/IR-08", "/organizations/nikookari"]
)
def test_pages_of_the_portal_name_the_portals_picture(client, campaign, path):
    page = client.get(path).text
    first = named(page)
    assert first.startswith("/picture/") and "immutable" in client.get(first).headers["Cache-Control"]
    assert '<meta name="description" content="' in page and 'property="og:title"' in page
    assert Image.open(io.BytesIO(client.get(first).data)).size == (1200, 630)
    assert client.get("/picture.png").data == client.get(first).data


def test_the_portals_picture_is_drawn_when_another_campaign_opens_and_keeps_its_name_else(
    client, campaign, folder
):
    drawer = Drawer(folder)
    drawer.turn()
    first = named(client.get("/").text)
    gift(campaign, UNIT_RIALS)
    assert named(client.get("/").text) == first
    actions.move(campaign, Move.PAUSE, campaign.author, "انبار پر است")
    db.session.commit()
    drawer.turn()
    draw.cache_clear()
    second = named(client.get("/").text)
    assert second != first and client.get(second).data != client.get(first).data
    assert draw.cache_info().misses == 0
    gone = client.get(f"/picture/{'0' * 24}.png")
    assert (gone.status_code, gone.headers["Location"]) == (302, second)


def test_where_letters_cannot_be_joined_there_is_no_picture(client, campaign, monkeypatch):
    monkeypatch.setattr(features, "check", lambda feature: False)  # a machine without FriBiDi
    page = client.get("/c/dowry-kerman")
    assert page.status_code == 200 and "og:image" not in page.text and "og:title" in page.text
    assert client.get("/c/dowry-kerman/picture.png").status_code == 404


@pytest.mark.parametrize("theme", THEMES)
def test_the_longest_words_stay_light_in_every_theme(theme):
    title = ("می‌خواهیم برای بچه‌های روستا کیف و کتاب بخریم " * 3)[:120]
    drawn = draw(
        Words("سازمان ملی نیکوکاری", title, "fa", "۱۰۳ درصد از ۱۲۳٫۴ میلیارد تومان", "fa", theme, 103), FILES
    )
    assert len(drawn) <= MOST_BYTES


def test_the_bar_is_filled_from_the_side_the_language_begins():
    ends = {}
    for language in ("fa", "en"):
        data = draw(Words("x", "x", language, "x", language, "firouzeh", 50), FILES)
        row = Image.open(io.BytesIO(data)).convert("RGB")
        middle = sum(picture._BAR) // 2
        ends[language] = [row.getpixel((x, middle)) for x in (200, 1000)]
    assert ends["fa"] == ends["en"][::-1] and ends["fa"][0] != ends["fa"][1]
