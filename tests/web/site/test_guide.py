"""The webmaster of a newspaper reads how to show a campaign, copies a text, and sees it at work."""

import json
import re
from html import unescape

import pytest
from standardwebhooks.webhooks import Webhook

from campaigns.base import outside
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.signhooks import new_secret, signed_headers
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.webhooks import endpoints, telling
from campaigns.domain.webhooks.models import Message
from campaigns.web import guidereceiver
from campaigns.web.guidehooks import FIELDS
from campaigns.web.guideways import WAYS
from campaigns.web.letterlinks import link
from tests.cast import mina, parisa, reza
from tests.worlds import UNIT_RIALS, gift, live_campaign

CODE = re.compile(r'<pre class="code"[^>]*>(.*?)</pre>', re.DOTALL)
TEXTS = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)
OURS = re.compile(r'(?:src|srcset|href)="http://localhost(/[^"]*)"')


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def codes(page):
    return [unescape(code) for code in CODE.findall(page)]


def flat(said, before=""):
    for name, value in said.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_way_has_a_page_whose_texts_lead_to_something(campaign, client, prefix):
    index = client.get(f"{prefix}/embed").text
    for name in WAYS:
        assert f'href="{prefix}/embed/{name}"' in index
        answer = client.get(f"{prefix}/embed/{name}")
        assert answer.status_code == 200 and answer.headers["Cache-Control"].startswith("public")
        for text in map(unescape, TEXTS.findall(answer.text)):
            paths = [unescape(path) for path in OURS.findall(text)] or re.findall(
                r"^http://localhost(/\S+)$", text
            )
            assert paths or "og:image" in text, text
            for path in paths:
                with client.get(path) as there:
                    assert there.status_code == 200, path


@pytest.mark.parametrize("name", WAYS)
def test_what_can_be_seen_at_work_is_in_a_page_of_an_invented_site(campaign, client, name):
    answer = client.get(f"/embed/{name}/host?ground=dark&dir=ltr")
    assert answer.status_code == 200
    assert "dowry-kerman" in answer.text and 'dir="ltr"' in answer.text and 'data-mode="dark"' in answer.text
    scripts = "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert scripts == ("<script" in answer.text) == (name in {"element", "api"})


def test_the_policy_names_our_site_for_what_is_loaded(campaign, client):
    assert codes(client.get("/embed/frame").text) == ["frame-src 'self' http://localhost"]
    assert codes(client.get("/embed/link").text) == []


def test_a_portal_without_campaigns_still_tells_of_every_way(app, client):
    for name in WAYS:
        assert client.get(f"/embed/{name}").status_code == 200
    assert client.get("/embed/image/host").status_code == 404


def test_the_example_of_a_message_is_what_is_sent(campaign, client):
    gift(campaign, UNIT_RIALS * 3)
    endpoints.add(campaign, "https://example.org/pooyesh", campaign.author)
    telling.write_changes(link)
    db.session.commit()
    sent = json.loads(db.session.query(Message).one().body)
    page = client.get("/embed/webhooks").text
    shown = next(json.loads(code) for code in codes(page) if code.startswith("{"))
    assert {**shown, "timestamp": ""} == {**sent, "timestamp": ""}
    assert list(flat(sent)) == [name for name, _says in FIELDS]
    tries = page.split('id="tries"')[1].split("</ol>")[0]
    assert tries.count("<li>") == len(telling.PAUSES)


def test_the_answer_of_the_interface_is_the_one_that_is_shown(campaign, client):
    gift(campaign, UNIT_RIALS)
    shown = next(json.loads(code) for code in codes(client.get("/embed/api").text) if code.startswith("{"))
    assert shown == client.get("/api/v1/campaigns/dowry-kerman").json


def test_the_code_on_the_page_takes_our_messages_and_no_others(campaign, client):
    room = {}
    exec(next(code for code in codes(client.get("/embed/webhooks").text) if "def is_ours" in code), room)
    secret, body = new_secret(), b'{"type": "campaign.changed"}'
    moment = int(guidereceiver.time.time())
    headers = signed_headers(secret, "msg_1", moment, body)
    assert room["is_ours"](secret, headers, body)
    assert not room["is_ours"](secret, headers, body + b" ")
    assert not room["is_ours"](new_secret(), headers, body)
    assert not room["is_ours"](secret, {}, body)
    assert not room["is_ours"](secret, signed_headers(secret, "msg_1", moment - 400, body), body)
    assert room["is_ours"](
        secret, headers | {"webhook-signature": f"v1,other {headers['webhook-signature']}"}, body
    )
    assert guidereceiver.TOLERANCE > outside.TOTAL_SECONDS


def test_the_message_that_a_server_got_is_signed_with_the_secret_beside_it(campaign, client):
    gift(campaign, UNIT_RIALS * 3)
    page = client.get("/en/embed/webhooks/host").text
    came, secret = codes(page)
    head, _empty, body = came.partition("\n\n")
    headers = dict(line.split(": ", 1) for line in head.splitlines()[1:])
    assert Webhook(secret).verify(body, headers)["data"]["received_rials"] == UNIT_RIALS * 3
    assert re.findall(r"<dd>(.*?)</dd>", page) == ["It is ours", "Refused"]


def test_the_feed_reader_shows_what_the_feeds_say(campaign, client):
    news = CampaignUpdate(
        campaign_id=campaign.id, author_id=campaign.author_id, language="fa", title="خبر نو"
    )
    news.body, news.state, news.shown_at = "**پنج** یخچال & <b>رسید</b>", "shown", now()
    db.session.add(news)
    db.session.commit()
    page = client.get("/embed/feed/host").text
    assert "خبر نو" in page and "<strong>پنج</strong>" in page and "<b>رسید" not in page
    assert 'href="http://localhost/c/dowry-kerman">جهیزیه برای زوج‌های کرمان' in page


def test_the_numbers_stay_hidden_and_the_link_stays_where_no_script_runs(campaign, client):
    page = client.get("/embed/api/host").text
    address = re.search(r'hidden data-numbers="([^"]+)"', page)
    assert address and f'<a href="{address[1]}"' in page
    numbers = client.get(address[1]).json
    assert all(name in numbers for name in re.findall(r'data-name="(\w+)"', page))


KEPT_BY_WORDPRESS = {
    "a": {"href", "lang", "dir", "style"},
    "img": {"src", "alt", "width", "height", "loading", "style"},
}
"""What its filter for posts knows of what stands in our texts, by its documentation."""
STYLES_KEPT = {
    "background",
    "border-radius",
    "color",
    "font",
    "height",
    "max-width",
    "padding",
    "text-decoration",
}


@pytest.mark.parametrize(("kind", "lost"), [("card", set()), ("badge", set()), ("button", {"display"})])
def test_wordpress_keeps_what_we_say_it_keeps(campaign, client, kind, lost):
    texts = [unescape(text) for text in TEXTS.findall(client.get(f"/widgets/dowry-kerman?kind={kind}").text)]
    text = texts[0] if kind == "button" else texts[-1]
    for tag, attributes in re.findall(r"<(\w+)([^>]*)>", text):
        assert set(re.findall(r'(\w+)="', attributes)) <= KEPT_BY_WORDPRESS[tag]
    styles = {
        rule.partition(":")[0] for style in re.findall(r'style="([^"]*)"', text) for rule in style.split(";")
    }
    assert styles - STYLES_KEPT == lost and not re.search(r'style="[^"]*[(&=}\\]', text)


def test_the_pages_lead_to_each_other(campaign, client):
    for path in ("/widgets", "/c/dowry-kerman/share", "/embed/image"):
        assert 'href="/embed"' in client.get(path).text, path
    for kind, way in (("badge", "image"), ("card", "frame"), ("button", "link")):
        assert f'href="/embed/{way}"' in client.get(f"/widgets/dowry-kerman?kind={kind}").text
