"""Sara sends a campaign to her family: the messenger shows a picture with its title and how far it is."""

import io
import re

import pytest
from PIL import Image, features

from campaigns.domain.campaigns.actions import apply_edit
from campaigns.domain.campaigns.parts import Part
from campaigns.themes import THEMES
from campaigns.web import picture
from campaigns.web.picture import Fonts, Words, draw
from tests.cast import mina, parisa, reza
from tests.worlds import UNIT_RIALS, change, gift, live_campaign, ready_draft
from tools import fonts, packages

MOST_BYTES = 60 * 1024
FILES = Fonts(*(packages.FOLDER / name for name in fonts.DRAWN))


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def named(page: str) -> str:
    """The picture a page names, as a path."""
    found = re.search(r'property="og:image" content="http://localhost([^"]+)"', page)
    assert found
    return found[1]


def test_the_campaign_names_a_picture_that_says_how_far_it_is(client, campaign):
    first = named(client.get("/c/dowry-kerman").text)
    assert first == "/c/dowry-kerman/picture.png?p=0"
    answer = client.get(first)
    assert answer.mimetype == "image/png" and answer.headers["Cache-Control"].startswith("public")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(answer.data) <= MOST_BYTES and Image.open(io.BytesIO(answer.data)).size == (1200, 630)
    gift(campaign, UNIT_RIALS * 20)
    second = named(client.get("/c/dowry-kerman").text)
    assert second == "/c/dowry-kerman/picture.png?p=50"
    assert client.get(second).data != answer.data


def test_each_language_has_its_own(client, campaign):
    english = named(client.get("/en/c/dowry-kerman").text)
    assert english == "/en/c/dowry-kerman/picture.png?p=0"
    assert client.get(english).data != client.get("/c/dowry-kerman/picture.png").data


def test_it_is_drawn_once_however_often_it_is_asked_for(client, campaign):
    draw.cache_clear()
    for number in range(4):
        client.get(f"/c/dowry-kerman/picture.png?p={number}")
        gift(campaign, 10_000)  # too little to move the percent
    assert draw.cache_info().misses == 1


def test_an_old_address_leads_to_the_present_one_and_a_draft_has_none(client, campaign):
    draft = ready_draft(campaign.author, "draft-one")
    apply_edit(change(campaign, Part.BASICS, campaign.author, slug="new-address"))
    moved = client.get("/en/c/dowry-kerman/picture.png")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/en/c/new-address/picture.png")
    assert client.get(f"/c/{draft.slug}/picture.png").status_code == 404
    assert client.get("/c/nothing/picture.png").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/campaigns", "/provinces", "/provinces/IR-08", "/organizations/nikookari"]
)
def test_pages_of_the_portal_name_the_portals_picture(client, campaign, path):
    page = client.get(path).text
    assert named(page) == "/picture.png"
    assert '<meta name="description" content="' in page and 'property="og:title"' in page
    assert Image.open(io.BytesIO(client.get("/picture.png").data)).size == (1200, 630)


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
