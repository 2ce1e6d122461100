"""Other ways to take a campaign along: by its address (oEmbed), as a feed, as a QR code, by the workshop."""

import base64
import hashlib
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import brotli
import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.frame_sites import choose
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.states import Move
from campaigns.widgets import FRAMES, FRAMES_OF_MANY, OF_A_CAMPAIGN
from tests.cast import mina, parisa, reza
from tests.worlds import gift, live_campaign, ready_draft

PASTED = {
    "pooyesh-campaign-1.js": "vazb0cJILl9cEkruclno/AldQjxcFbF/ImGgdpwLaKj74BfalGFcda1AujzUj/06",
    "pooyesh-campaign-2.js": "Ym/sGV270zHCb+swUesVHesoKO8tSH90KOsyjW8gxFIa2WV0a15SrLzW0p7pbq9z",
}
"""Scripts other sites have pasted, by the hash they hold them to."""
PAGE = "http://localhost/c/dowry-kerman"
TEXTS = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def asked(client, prefix="", **query):
    return client.get(f"{prefix}/oembed", query_string=query)


def test_the_address_of_a_campaign_becomes_its_card(campaign, client):
    answer = asked(client, url=PAGE, format="json")
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    said = answer.json
    assert (said["version"], said["type"]) == ("1.0", "rich")
    assert (said["width"], said["height"]) == (480, 240)
    assert 'src="http://localhost/e/dowry-kerman/card"' in said["html"] and "<script" not in said["html"]
    assert said["title"] == "جهیزیه برای زوج‌های کرمان" and said["provider_url"] == "http://localhost/"


def test_the_card_is_in_the_language_of_the_address_and_fits(campaign, client):
    said = asked(client, url="http://localhost/en/c/dowry-kerman", maxwidth=320, maxheight=120).json
    assert (said["width"], said["height"]) == (320, FRAMES["narrowbar"].height)
    assert (
        "http://localhost/en/e/dowry-kerman/narrowbar" in said["html"] and "max-width:320px" in said["html"]
    )
    assert "thumbnail_url" not in said and said["title"] == "Dowries for couples in Kerman"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"url": "https://evil.example/c/dowry-kerman"},
        {"url": "http://localhost/c/nothing-here"},
        {"url": "http://localhost/campaigns"},
        {"url": "http://["},
        {"url": "javascript:alert(1)"},
        {"url": PAGE, "maxwidth": "100"},
        {"url": PAGE, "maxheight": "50"},
    ],
)
def test_for_other_addresses_and_too_little_room_there_is_nothing(campaign, client, query):
    assert asked(client, **query).status_code == 404


def test_other_formats_are_not_spoken(campaign, client):
    assert asked(client, url=PAGE, format="xml").status_code == 501


def test_of_a_draft_no_way_in_says_anything(app, client):
    ready_draft(mina())
    assert asked(client, url=PAGE).status_code == 404
    for path in ("/c/{}/feed.atom", "/c/{}/qr.svg", "/c/{}/qr.png", "/widgets/{}", "/widgets/{}/host"):
        assert client.get(path.format("dowry-kerman")).status_code == 404


def test_the_page_of_a_campaign_says_where_card_and_feed_are(campaign, client):
    page = client.get("/c/dowry-kerman").text
    found = re.search(r'type="application/json\+oembed" href="([^"]+)"', page)
    assert found and client.get(unescape(found[1])).json["title"] == "جهیزیه برای زوج‌های کرمان"
    feed = re.search(r'type="application/atom\+xml" href="([^"]+)"', page)
    assert feed and client.get(feed[1]).status_code == 200
    assert 'href="http://localhost/campaigns.atom"' in client.get("/campaigns").text


def test_the_news_of_a_campaign_are_a_feed_whose_ids_stay(campaign, client):
    for number, state in enumerate(("shown", "waiting", "shown")):
        db.session.add(
            CampaignUpdate(
                campaign_id=campaign.id,
                author_id=campaign.author_id,
                language="fa",
                title=f"خبر {number}",
                body="**پنج** یخچال & <رسید>",
                state=state,
                shown_at=now() if state == "shown" else None,
            )
        )
    db.session.commit()
    answer = client.get("/c/dowry-kerman/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.text)
    entries = feed.findall(f"{ATOM}entry")
    assert {entry.findtext(f"{ATOM}title") for entry in entries} == {"خبر 0", "خبر 2"}
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 2 and all(i.startswith(f"http://localhost/k/{campaign.short_code}#") for i in ids)
    assert "<strong>پنج</strong>" in (entries[0].findtext(f"{ATOM}content") or "")
    for part in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{part}") is not None
    assert ids[0] in client.get("/en/c/dowry-kerman/feed.atom").text


def test_new_campaigns_are_a_feed(campaign, client):
    feed = ElementTree.fromstring(client.get("/en/campaigns.atom").text)
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None and entry.findtext(f"{ATOM}title") == "Dowries for couples in Kerman"
    assert entry.findtext(f"{ATOM}id") == f"http://localhost/k/{campaign.short_code}"


def test_a_portal_without_campaigns_has_a_feed_without_entries(app, client):
    feed = ElementTree.fromstring(client.get("/campaigns.atom").text)
    assert feed.find(f"{ATOM}entry") is None and feed.findtext(f"{ATOM}updated")


def test_the_short_link_is_a_code_to_keep(campaign, client):
    drawing = client.get("/c/dowry-kerman/qr.svg")
    assert drawing.mimetype == "image/svg+xml" and ElementTree.fromstring(drawing.text).tag.endswith("svg")
    picture = client.get("/c/dowry-kerman/qr.png")
    assert picture.mimetype == "image/png" and picture.data.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", OF_A_CAMPAIGN)
def test_the_workshop_gives_the_text_of_what_was_chosen(campaign, client, kind):
    page = client.get(f"/widgets/dowry-kerman?kind={kind}&t=anar&m=dark&l=en&w=360").text
    snippet = unescape(TEXTS.findall(page)[0])
    assert "http://localhost/en/c/dowry-kerman" in snippet and "Dowries for couples in Kerman" in snippet
    assert ("t=anar&amp;m=dark" in snippet) == (kind != "button")
    assert ("<pooyesh-campaign" in unescape(page)) == (kind in FRAMES)
    for address in re.findall(r'<iframe class="frame" sandbox="[^"]+" src="([^"]+)"', page):
        host = client.get(unescape(address))
        assert host.status_code == 200 and "frame-ancestors 'self'" in host.headers["Content-Security-Policy"]
        assert "/en/c/dowry-kerman" in host.text and "<script" not in host.text


def test_the_workshop_says_on_which_sites_alone_a_frame_shows(campaign, client):
    assert "show on these sites only" not in client.get("/en/widgets/dowry-kerman?kind=card").text
    choose(campaign, ["news.example.org", "*.example.net"])
    db.session.commit()
    page = client.get("/en/widgets/dowry-kerman?kind=card").text
    assert "show on these sites only" in page and "news.example.org" in page and "*.example.net" in page
    assert "show on these sites only" not in client.get("/en/widgets/dowry-kerman?kind=badge").text
    assert "show on these sites only" not in client.get("/en/widgets/sets/dowry-kerman?kind=card").text


def test_what_is_unknown_falls_back_to_the_usual_card(campaign, client):
    odd, usual = (
        client.get(f"/widgets/dowry-kerman{query}").text for query in ("?kind=x&t=x&m=x&l=x&w=x", "")
    )
    assert TEXTS.findall(odd) == TEXTS.findall(usual)
    assert "/e/dowry-kerman/card&#34;" in odd


def test_there_is_a_section_for_every_way_in(campaign, client):
    gift(campaign)
    page = client.get("/en/widgets").text
    assert page.count("<section") >= 7 and "/en/widgets/dowry-kerman" in page
    assert "/en/e/organizations/nikookari/grid" in page and "/en/e/provinces/map" in page
    assert "/en/e/provinces/IR-" in page


def test_the_element_is_small_and_held_to_its_hash(campaign, client):
    page = unescape(client.get("/widgets/dowry-kerman").text)
    source = re.search(r'src="http://localhost(/static/[^"]+\.js)" integrity="sha384-([^"]+)"', page)
    assert source
    with client.get(source[1]) as answer:
        script = answer.data
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert base64.b64encode(hashlib.sha384(script).digest()).decode() == source[2]
    assert len(brotli.compress(script)) < 2500
    assert script == Path("static/js/pooyesh-campaign-2.js").read_bytes()


@pytest.mark.parametrize("name", PASTED)
def test_a_script_that_others_have_pasted_never_changes(name):
    script = Path("static/js", name).read_bytes()
    assert base64.b64encode(hashlib.sha384(script).digest()).decode() == PASTED[name], "write the next number"


def test_the_script_knows_the_size_of_every_frame(app):
    script = Path("static/js/pooyesh-campaign-2.js").read_text()
    known = dict(re.findall(r"(\w+): (\[\d+, \d+\])", script))
    assert known == {
        name: f"[{frame.height}, {frame.widest}]" for name, frame in (FRAMES | FRAMES_OF_MANY).items()
    }


def test_a_frame_carries_the_script_only_where_it_was_asked_for(campaign, client):
    plain, fitted = client.get("/e/dowry-kerman/card"), client.get("/e/dowry-kerman/card?fit=1")
    assert "<script" not in plain.text and "script-src" not in plain.headers["Content-Security-Policy"]
    assert "/static/js/frame." in fitted.text
    assert "script-src 'self'" in fitted.headers["Content-Security-Policy"]


def test_a_paused_campaign_keeps_its_ways_in(campaign, client):
    actions.move(campaign, Move.PAUSE, campaign.author, "انبار پر است")
    db.session.commit()
    assert asked(client, url=PAGE).status_code == 200
    assert client.get("/widgets/dowry-kerman").status_code == 200
