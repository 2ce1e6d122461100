"""Widgets about several campaigns: a set, an organization, a province. Their sums are those of the book."""

import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.models import CampaignText
from campaigns.domain.campaigns.states import Move
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.insights.together import together
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.domain.regions.queries import province
from campaigns.themes import own_tokens, tokens
from campaigns.widgets import FRAMES_OF_MANY, PICTURES_OF_MANY
from tests.cast import mina, parisa, reza
from tests.counting import counting
from tests.families import FARS, KERMAN, cloned, opened
from tests.promises import need, promised
from tests.volunteering import driver, shift, takes, volunteer
from tests.worlds import UNIT_RIALS, gift, live_campaign

BOTH = "dowry-kerman+dowry-qom"
KINDS = [*(f"{name}.svg" for name in PICTURES_OF_MANY), *FRAMES_OF_MANY]
TEXTS = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)
BUDGETS = {"badge.svg": 1, "counter.svg": 1, "thermometer.svg": 1.25, "grid": 20}
"""Kilobytes on the wire, the stylesheet included; what is not named has eight."""


@pytest.fixture
def people(app):
    return mina(), reza(), parisa()


@pytest.fixture
def two(people):
    """Two campaigns of one organization and one province, with a quarter and a half of their goals."""
    one = live_campaign(*people)
    other = live_campaign(*people, slug="dowry-qom")
    gift(one, UNIT_RIALS * 10, donor_name="سارا", hide_name=False)
    gift(other, UNIT_RIALS * 20, donor_name="بهرام نوری", hide_name=False)
    return one, other


@pytest.mark.parametrize("folder", [f"sets/{BOTH}", "organizations/nikookari", "provinces/IR-08"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_small_and_for_every_site(two, client, folder, kind):
    size = 0
    pages = [f"/e/{folder}/{kind}?t=anar&m=dark"]
    if not kind.endswith(".svg"):
        pages += re.findall(r'<link rel="stylesheet" href="([^"]+)">', client.get(pages[0]).text)
    for page in pages:
        with client.get(page, headers={"Accept-Encoding": "br"}) as answer:
            assert answer.status_code == 200
            size += len(answer.data)
    assert size <= BUDGETS.get(kind, 8) * 1024
    answer = client.get(pages[0])
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers and "<script" not in answer.text
    if kind.endswith(".svg"):
        assert ElementTree.fromstring(answer.text).get("direction") == "rtl"
        assert tokens("anar", "dark")["--c-fill"] in answer.text
    else:
        assert '<html lang="fa" dir="rtl" data-theme="anar" data-mode="dark">' in answer.text


@pytest.mark.parametrize("folder", [f"sets/{BOTH}", "organizations/nikookari", "provinces/IR-08"])
def test_the_sum_is_that_of_the_book_and_moves_with_a_gift(two, client, folder):
    booked = sum(db.session.get_one(CampaignRollup, campaign.id).received_rials for campaign in two)
    assert booked == UNIT_RIALS * 30
    card = client.get(f"/en/e/{folder}/card").text
    assert "37 percent" in card and f'value="{booked}" max="{UNIT_RIALS * 80}"' in card
    assert "Sum of 2 campaigns" in card
    gift(two[0], UNIT_RIALS * 10)
    assert "50 percent" in client.get(f"/en/e/{folder}/card").text
    assert "50 percent" in client.get(f"/en/e/{folder}/badge.svg").text
    wall = client.get(f"/e/{folder}/wall").text
    assert "سارا" in wall and "بهرام نوری" in wall


def test_a_set_has_one_address(two, client):
    answer = client.get("/en/e/sets/dowry-qom+dowry-kerman+dowry-qom/badge.svg?t=anar&m=dark")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/en/e/sets/{BOTH}/badge.svg?t=anar&m=dark"


def test_what_is_unknown_is_left_out_and_of_nothing_there_is_a_sentence(two, client):
    assert "25 percent" in client.get("/en/e/sets/dowry-kerman+nobody/card").text
    for key in ("no-one+nobody", "+".join([*(f"a-{n:02}" for n in range(12)), "dowry-kerman"])):
        for kind in ("card", "badge.svg"):
            answer = client.get(f"/en/e/sets/{key}/{kind}")
            assert answer.status_code == 404 and "ot there any more" in answer.text


def test_what_rests_is_in_no_sum_until_it_is_back(two, client):
    one, other = two
    actions.move(other, Move.PAUSE, other.author, "انبار پر است")
    db.session.commit()
    assert "25 percent" in client.get(f"/en/e/sets/{BOTH}/card").text
    actions.move(one, Move.PAUSE, one.author, "انبار پر است")
    db.session.commit()
    for folder in (f"sets/{BOTH}", "provinces/IR-08", "organizations/nikookari"):
        page = client.get(f"/en/e/{folder}/widebar")
        assert page.status_code == 200 and "No campaign is open here now" in page.text
        assert "Nothing is open now" in client.get(f"/en/e/{folder}/badge.svg").text
    actions.move(one, Move.RESUME, one.author, "")
    db.session.commit()
    assert "25 percent" in client.get(f"/en/e/sets/{BOTH}/card").text


def test_a_national_campaign_and_its_province_count_once(people, client):
    national = live_campaign(*people)
    child = opened(cloned(national, people[0], KERMAN)[0], *people[1:])
    gift(child, UNIT_RIALS * 4)
    cards = list(cards_of([national.id, child.id], "en").values())
    sums = together(cards, "", "en", with_provinces=True)
    assert sums.received_rials == UNIT_RIALS * 4 and sums.goal_rials == UNIT_RIALS * 40
    alone = together([card for card in cards if card.whole], "", "en", with_provinces=False)
    assert alone.received_rials == 0 and alone.goal_rials == UNIT_RIALS * 30


def test_money_for_several_provinces_is_in_the_sum_of_none(two, client):
    two[1].provinces.append(province(FARS))
    db.session.commit()
    assert "25 percent" in client.get("/en/e/provinces/IR-08/card?m=dark").text
    assert client.get("/en/e/provinces/IR-08/grid?m=dark").text.count("<progress") == 2
    two[0].provinces.append(province(FARS))
    db.session.commit()
    assert "are for other provinces as well" in client.get("/en/e/provinces/IR-08/card?m=light").text


@pytest.mark.parametrize("folder", [f"sets/{BOTH}", "organizations/nikookari", "provinces/IR-08"])
def test_goods_still_needed_stand_in_one_list_and_each_leads_to_its_campaign(two, client, folder):
    address = f"/en/e/{folder}/needs"
    blankets, stoves = need(two[0], 40), need(two[1], 5, item_en="Stove")
    need(two[1], 3, item_en="Closed long ago", state="closed")
    page = client.get(address).text
    assert "<b>40</b> of 40 left" in page and "<b>5</b> of 5 left" in page and "Closed long ago" not in page
    promised(blankets, 6)
    promised(stoves, 5)
    page = client.get(address).text
    assert "<b>34</b> of 40 left" in page and "Stove" not in page
    assert re.search(r'href="http://localhost/en/c/dowry-kerman/needs"><bdi>Blanket', page)
    promised(blankets, 34)
    assert "Everything asked for in goods is there or promised" in client.get(address).text


@pytest.mark.parametrize("folder", [f"sets/{BOTH}", "organizations/nikookari", "provinces/IR-08"])
def test_roles_of_several_campaigns_stand_in_one_call_the_soonest_places_first(two, client, folder):
    address = f"/en/e/{folder}/call"
    assert "These campaigns ask for no volunteers now" in client.get(address).text
    late = shift(driver(two[0], "راننده"), places=2, starts_at=now() + timedelta(days=9))
    soon = shift(driver(two[1], "آشپز"), places=1, starts_at=now() + timedelta(days=2))
    page = client.get(address).text
    assert page.index("آشپز") < page.index("راننده") and "2 places left" in page
    assert re.search(r'href="http://localhost/en/c/dowry-qom/volunteer"><bdi>آشپز', page)
    takes(volunteer(), soon)
    takes(volunteer(), late)
    page = client.get(address).text
    assert page.index("راننده") < page.index("آشپز") and "full, waiting list open" in page
    assert "1 place left" in page and "سارا محمدی" not in page


def test_a_campaign_that_takes_no_gifts_asks_for_nothing_beside_others(two, client):
    need(two[0], 40)
    need(two[1], 5, item_en="Stove")
    actions.move(two[1], Move.END, two[1].author, "تمام")
    db.session.commit()
    page = client.get(f"/en/e/sets/{BOTH}/needs").text
    assert "Blanket" in page and "Stove" not in page
    assert "These campaigns ask for no goods now" in client.get("/en/e/sets/dowry-qom/needs").text


def test_of_many_needs_the_first_stand_and_the_others_are_counted(two, client):
    for number in range(9):
        need(two[0], 10 + number)
        need(two[1], 30 + number)
    page = client.get(f"/en/e/sets/{BOTH}/needs").text
    assert page.count("<bdi>Blanket") == 12 and "6 more in these campaigns" in page
    assert client.get("/en/e/dowry-kerman/needs").text.count("<bdi>Blanket") == 9


@pytest.mark.parametrize("kind", ["card", "grid", "wall", "needs", "call"])
def test_more_campaigns_ask_the_database_nothing_more(people, client, kind):
    def asked():
        """Without the versions of stamps: how often these are asked for is a matter of time."""
        with counting() as statements:
            assert client.get(f"/e/provinces/IR-08/{kind}").status_code == 200
        return len([statement for statement in statements if "FROM stamp" not in statement])

    def another(slug):
        campaign = live_campaign(*people, slug=slug)
        need(campaign, 40)
        shift(driver(campaign), places=3)
        gift(campaign, UNIT_RIALS)

    another("dowry-kerman")
    before = asked()
    another("dowry-qom")
    another("dowry-fars")
    assert 0 < asked() == before


def test_a_campaign_wears_its_own_colour_elsewhere_too(two, client):
    two[0].accent = "#0b6e4f"
    db.session.commit()
    page = client.get("/e/dowry-kerman/form?m=light").text
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    assert sheets == ["/e/colours/0b6e4f.css"]
    sheet = client.get(sheets[0])
    assert "--c-brand:#0b6e4f;" in sheet.text and ".card-frame" in sheet.text
    assert sheet.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/e/colours/123456.css").status_code == 404
    for mode in ("light", "dark"):
        assert (
            own_tokens("#0b6e4f", mode)["--c-fill"] in client.get(f"/e/dowry-kerman/badge.svg?m={mode}").text
        )
    button = unescape(TEXTS.findall(client.get("/widgets/dowry-kerman?kind=button").text)[0])
    assert "background:#0b6e4f" in button
    assert "0b6e4f" not in client.get("/e/dowry-kerman/card?t=anar").text


def test_each_cell_of_a_grid_wears_the_own_colour_of_its_campaign(two, client):
    two[0].accent, two[1].accent = "#0b6e4f", "#7a1f5c"
    db.session.commit()
    page = client.get("/e/provinces/IR-08/grid?m=dark").text
    assert re.findall(r'data-own="(\w+)" data-mode="dark"', page) == ["0b6e4f", "7a1f5c"]
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    assert sheets == ["/e/colours/cells/0b6e4f+7a1f5c.css"]
    with client.get(sheets[0], headers={"Accept-Encoding": "br"}) as answer:
        assert len(answer.data) < BUDGETS["grid"] * 1024 / 2
    sheet = client.get(sheets[0]).text
    for colour, other in (("#0b6e4f", "7a1f5c"), ("#7a1f5c", "0b6e4f")):
        rules = sheet.split(f'[data-own="{colour[1:]}"]{{')[1].split(f'[data-own="{other}"]')[0]
        assert (
            own_tokens(colour, "light")["--c-fill"] in rules
            and own_tokens(colour, "dark")["--c-fill"] in rules
        )
    for odd in ("7a1f5c+0b6e4f", "0b6e4f+0b6e4f", "0b6e4f+123456", "+"):
        assert client.get(f"/e/colours/cells/{odd}.css").status_code == 404


def test_a_language_a_campaign_has_not_leads_to_persian(two, client):
    db.session.get_one(CampaignText, (two[0].id, "en")).title = ""
    db.session.commit()
    for path in ("/e/dowry-kerman/card?t=anar", f"/e/sets/{BOTH}/badge.svg?t=anar"):
        answer = client.get(f"/en{path}")
        assert answer.status_code == 302 and answer.headers["Location"] == path
        assert 'lang="fa"' in client.get(path).text
    assert client.get("/en/e/provinces/IR-08/card").status_code == 200
    page = client.get("/en/widgets/dowry-kerman?l=en").text
    assert '<option value="fa"' in page and '<option value="en"' not in page
    assert "http://localhost/e/dowry-kerman/card" in page and "dir=&#34;rtl&#34;" in page


def test_a_publisher_chooses_a_set_and_takes_its_widgets(two, client):
    page = client.get("/en/widgets/sets?with=dowry-qom").text
    assert 'value="dowry-qom" checked' in page
    wrong = client.get(
        "/en/widgets/sets", query_string={"c": "dowry-kerman", "more": "http://localhost/c/nobody"}
    )
    assert wrong.status_code == 422 and "http://localhost/c/nobody</textarea>" in wrong.text
    assert (
        "No campaign has this address: nobody" in wrong.text and 'value="dowry-kerman" checked' in wrong.text
    )
    chosen = client.get(
        "/en/widgets/sets", query_string={"c": "dowry-qom", "more": "http://localhost/en/c/dowry-kerman?x=1"}
    )
    assert chosen.status_code == 303 and chosen.headers["Location"] == f"/en/widgets/sets/{BOTH}"
    page = client.get(f"/en/widgets/sets/{BOTH}?kind=thermometer&t=anar&m=dark").text
    snippet = unescape(TEXTS.findall(page)[0])
    assert f"http://localhost/en/e/sets/{BOTH}/thermometer.svg?t=anar&amp;m=dark" in snippet
    assert f'href="http://localhost/en/sets/{BOTH}"' in snippet
    listed = client.get(f"/en/sets/{BOTH}").text
    assert "2 campaigns together" in listed and "/en/c/dowry-qom" in listed and "/en/c/dowry-kerman" in listed


@pytest.mark.parametrize("folder", [f"sets/{BOTH}", "organizations/nikookari", "provinces/IR-08"])
def test_each_has_a_workshop_that_shows_it_on_other_sites(two, client, folder):
    page = client.get(f"/en/widgets/{folder}?kind=widebar&w=728").text
    assert f"http://localhost/en/e/{folder}/widebar" in page and "max-width:728px" in page
    element = page.split("&lt;pooyesh-campaign")[1]
    assert "kind=&#34;widebar&#34;" in element and f"http://localhost/en/{folder}&#34;" in element
    hosts = re.findall(r'<iframe class="frame" sandbox="[^"]+" src="([^"]+)"', page)
    assert len(hosts) == 2
    for host in hosts:
        assert f'src="/en/e/{folder}/widebar"' in client.get(unescape(host)).text
    if not folder.startswith("sets"):
        assert f"/en/widgets/{folder}" in client.get(f"/en/{folder}").text
