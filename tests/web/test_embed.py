"""What stands in other sites' pages: the badge, the card, the text to copy, and the numbers for machines."""

import re
from xml.etree import ElementTree

import pytest

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.states import Move
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.web.guards import policy_of
from campaigns.widgets import WIDGETS
from campaigns.widgets.plug import Subject
from tests.cast import mina, parisa, reza
from tests.house.addresses import allowed
from tests.house.walk import step_of
from tests.worlds import UNIT_RIALS, gift, live_campaign, ready_draft

ADDRESSES = ("/e/dowry-kerman/badge.svg", "/e/dowry-kerman/card", "/api/campaigns/dowry-kerman.json")


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_they_are_for_every_site_and_set_no_cookie(campaign, client, address, prefix):
    answer = client.get(prefix + address)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "script-src" not in policy and "default-src 'none'" in policy
    assert "Set-Cookie" not in answer.headers and "X-Frame-Options" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "max-age=0, s-maxage=1, stale-if-error=" in answer.headers["Cache-Control"]
    assert "public" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(prefix + address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_every_other_page_stays_out_of_other_sites(app, campaign, client):
    for rule in app.url_map.iter_rules():
        policy = policy_of(rule.endpoint)
        if policy is None or policy.embeddable or "GET" not in (rule.methods or ()):
            continue
        step = "disable" if rule.endpoint.startswith("people.") else step_of(rule, "end")
        values = {name: allowed(rule, name, "x") for name in rule.arguments} | {
            "seq": 1,
            "slug": campaign.slug,
            "step": step,
            "part": "faq",
        }
        path = app.url_map.bind("localhost").build(
            rule.endpoint, {name: values[name] for name in rule.arguments}, method="GET"
        )
        said = client.get(path).headers.get("Content-Security-Policy", "")
        assert "frame-ancestors 'none'" in said or "frame-ancestors 'self'" in said, path


def test_the_numbers_are_those_of_the_book(campaign, client):
    gift(campaign, 500_000)
    gift(campaign, UNIT_RIALS * 10)
    numbers = client.get("/api/campaigns/dowry-kerman.json").json
    book = db.session.get_one(CampaignRollup, campaign.id)
    assert numbers["received_rials"] == book.received_rials == UNIT_RIALS * 10 + 500_000
    assert numbers["gifts"] == book.gifts == 2
    assert numbers["goal_rials"] == UNIT_RIALS * 40 and numbers["percent"] == 25
    assert numbers["unit"] == {"name": "جهیزیه", "price_rials": UNIT_RIALS, "count": 40}
    assert numbers["url"] == "http://localhost/c/dowry-kerman" and numbers["provinces"] == ["IR-08"]


def test_a_new_gift_is_in_the_badge_the_card_and_the_numbers(campaign, client):
    before = [client.get(address).text for address in ADDRESSES]
    gift(campaign, UNIT_RIALS * 20)
    after = [client.get(address).text for address in ADDRESSES]
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert "۵۰ درصد" in after[0] and "۵۰ درصد" in after[1]


@pytest.mark.parametrize(("prefix", "direction"), [("", "rtl"), ("/en", "ltr")])
def test_the_badge_is_a_picture_that_says_its_words(campaign, client, prefix, direction):
    gift(campaign, UNIT_RIALS * 200)
    picture = ElementTree.fromstring(client.get(f"{prefix}/e/dowry-kerman/badge.svg").text)
    assert picture.get("direction") == direction and picture.get("aria-label")
    widths = [float(shape.get("width", 0)) for shape in picture.iter("{http://www.w3.org/2000/svg}rect")]
    assert max(widths) <= 220


@pytest.mark.parametrize(("prefix", "start"), [("", 'lang="fa" dir="rtl"'), ("/en", 'lang="en" dir="ltr"')])
def test_the_card_is_small_and_leads_out_of_its_frame(campaign, client, prefix, start):
    page = client.get(f"{prefix}/e/dowry-kerman/card").text
    assert start in page and '<base target="_blank">' in page and "<script" not in page
    sheet = re.search(r'<link rel="stylesheet" href="([^"]+)">', page)
    assert sheet
    sent = {"Accept-Encoding": "br"}
    size = 0
    for path in (f"{prefix}/e/dowry-kerman/card", sheet[1]):
        with client.get(path, headers=sent) as answer:
            assert answer.status_code == 200
            size += len(answer.data)
    assert size <= 8 * 1024


def test_a_card_of_a_campaign_that_is_over_asks_for_nothing(campaign, client):
    actions.move(campaign, Move.END, campaign.author, "تمام")
    assert "takes no gifts now" in client.get("/en/e/dowry-kerman/card").text


@pytest.mark.parametrize("address", ADDRESSES)
def test_of_a_draft_there_is_nothing(app, client, address):
    ready_draft(mina())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", WIDGETS)
def test_a_snippet_holds_no_script_and_escapes_what_was_typed(app, name):
    nasty = Subject(
        "https://a.example/c/x", "https://a.example/e/x", '"><script>alert(1)</script>', "fa", "rtl"
    )
    with app.test_request_context():
        text = WIDGETS[name].snippet(nasty)
    assert "<script" not in text and "https://a.example/c/x" in text
    assert "&lt;script&gt;" in text or WIDGETS[name].about == {"country"}
