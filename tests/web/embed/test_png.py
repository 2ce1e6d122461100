"""Sara reads a letter in a program that refuses SVG: it shows the same badge and the same card as a PNG."""

import io
import re
from html import unescape

import pytest
from PIL import Image

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import Move
from campaigns.themes import THEMES, tokens
from campaigns.web import raster
from campaigns.widgets import PICTURES
from tests.cast import mina, parisa, reza
from tests.worlds import UNIT_RIALS, change, gift, live_campaign, ready_draft

SIZES = {name: (2 * size.width, 2 * size.height) for name, size in PICTURES.items()} | {"card": (600, 315)}
CARD_BYTES, SMALL_BYTES = 40 * 1024, 12 * 1024


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def opened(answer):
    return Image.open(io.BytesIO(answer.data))


@pytest.mark.parametrize("name", SIZES)
def test_each_is_a_picture_for_every_site_that_says_the_present_number(campaign, client, name):
    address = f"/e/dowry-kerman/{name}.png"
    first = client.get(address)
    assert first.mimetype == "image/png" and opened(first).size == SIZES[name]
    assert len(first.data) <= (CARD_BYTES if name == "card" else SMALL_BYTES)
    assert first.headers["Access-Control-Allow-Origin"] == "*" and "Set-Cookie" not in first.headers
    assert "public" in first.headers["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    gift(campaign, UNIT_RIALS * 20)
    assert client.get(address).data != first.data
    assert client.get(f"/en{address}").data != client.get(address).data


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_it_wears_the_look_that_was_asked_for_and_is_light_without_a_wish(campaign, client, name, theme):
    gift(campaign, UNIT_RIALS * 36)
    shades = {}
    for mode in ("light", "dark", "auto"):
        drawn = opened(client.get(f"/e/dowry-kerman/{name}.png?t={theme}&m={mode}")).convert("RGBA")
        shades[mode] = {colour for _, colour in drawn.getcolors(2**20) or ()}
    for mode in ("light", "dark"):
        fill = tokens(theme, mode)["--c-fill"].lstrip("#")
        red, green, blue = (int(fill[at : at + 2], 16) for at in (0, 2, 4))
        near = min(
            abs(r - red) + abs(g - green) + abs(b - blue) for r, g, b, alpha in shades[mode] if alpha > 200
        )
        assert near <= 12, (mode, near)
    assert shades["auto"] == shades["light"]


@pytest.mark.parametrize("name", SIZES)
def test_a_campaign_that_rests_says_so_in_its_picture(campaign, client, name):
    address = f"/e/dowry-kerman/{name}.png"
    going = client.get(address)
    actions.move(campaign, Move.PAUSE, campaign.author, "انبار پر است")
    db.session.commit()
    resting = client.get(address)
    assert resting.status_code == 200 and resting.data != going.data


@pytest.mark.parametrize("name", SIZES)
def test_what_is_not_there_is_a_picture_too_and_an_old_address_leads_on(campaign, client, name):
    gone = client.get(f"/e/nothing-here/{name}.png")
    assert gone.status_code == 404 and opened(gone).size == SIZES[name]
    ready_draft(campaign.author, "draft-one")
    assert client.get(f"/e/draft-one/{name}.png").data == gone.data
    actions.apply_edit(change(campaign, Part.BASICS, campaign.author, slug="new-address"))
    moved = client.get(f"/en/e/dowry-kerman/{name}.png?t=anar")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/en/e/new-address/{name}.png?t=anar")


def test_the_same_drawing_is_made_once(campaign, client):
    raster.png.cache_clear()
    for mode in ("light", "auto"):
        client.get(f"/e/dowry-kerman/badge.png?m={mode}")
    assert raster.png.cache_info().misses == 1


@pytest.mark.parametrize("folder", ["sets/dowry-kerman", "organizations/nikookari", "provinces/IR-08"])
def test_the_card_of_several_campaigns_says_the_present_number_and_when_nothing_is_open(
    campaign, client, folder
):
    address = f"/e/{folder}/card.png"
    first = client.get(address)
    assert first.status_code == 200 and opened(first).size == SIZES["card"]
    assert len(first.data) <= CARD_BYTES and first.headers["Access-Control-Allow-Origin"] == "*"
    gift(campaign, UNIT_RIALS * 20)
    second = client.get(address)
    assert second.data != first.data != client.get(f"/en{address}").data
    assert client.get(f"{address}?t=anar&m=dark").data != second.data
    actions.move(campaign, Move.PAUSE, campaign.author, "انبار پر است")
    db.session.commit()
    assert client.get(address).data not in {first.data, second.data}
    page = client.get(f"/en/widgets/{folder}?kind=card").text
    assert f'src="http://localhost/en/e/{folder}/card.png"' in unescape(page)


def test_the_card_of_nothing_is_a_picture_and_a_set_has_one_address(app, client):
    people = mina(), reza(), parisa()
    live_campaign(*people)
    live_campaign(*people, slug="dowry-qom")
    gone = client.get("/e/provinces/IR-99/card.png")
    assert gone.status_code == 404 and opened(gone).size == SIZES["card"]
    moved = client.get("/en/e/sets/dowry-qom+dowry-kerman/card.png?t=anar")
    assert moved.status_code == 301
    assert moved.headers["Location"] == "/en/e/sets/dowry-kerman+dowry-qom/card.png?t=anar"


@pytest.mark.parametrize("name", [*SIZES, "wall"])
def test_the_workshop_gives_a_link_with_a_picture_and_nothing_else_in_it(campaign, client, name):
    page = client.get(f"/widgets/dowry-kerman?kind={name}&t=anar&m=dark&l=en").text
    found = re.search(r'<textarea id="image"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert (found is None) == (name == "wall")
    if found:
        snippet = unescape(found[1])
        assert re.findall(r"<(\w+)", snippet) == ["a", "img"]
        source = re.search(r'src="http://localhost([^"]+)"', snippet)
        assert source and client.get(unescape(source[1])).mimetype == "image/png"
