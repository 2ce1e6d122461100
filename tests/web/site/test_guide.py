"""The webmaster of a newspaper reads how to show a campaign, copies a text, and sees it at work."""

import json
import re
from html import unescape

import pytest

from campaigns.base import outside
from campaigns.base.extensions import db
from campaigns.base.signhooks import new_secret, signed_headers
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
    assert answer.status_code == (200 if WAYS[name].shown else 404)
    if WAYS[name].shown:
        assert (
            "/dowry-kerman" in answer.text
            and 'dir="ltr"' in answer.text
            and 'data-mode="dark"' in answer.text
        )
        scripts = "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert scripts == ("<script" in answer.text) == (name == "element")


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
    now = int(guidereceiver.time.time())
    headers = signed_headers(secret, "msg_1", now, body)
    assert room["is_ours"](secret, headers, body)
    assert not room["is_ours"](secret, headers, body + b" ")
    assert not room["is_ours"](new_secret(), headers, body)
    assert not room["is_ours"](secret, {}, body)
    assert not room["is_ours"](secret, signed_headers(secret, "msg_1", now - 400, body), body)
    assert room["is_ours"](
        secret, headers | {"webhook-signature": f"v1,other {headers['webhook-signature']}"}, body
    )
    assert guidereceiver.TOLERANCE > outside.TOTAL_SECONDS


def test_the_pages_lead_to_each_other(campaign, client):
    for path in ("/widgets", "/c/dowry-kerman/share", "/embed/image"):
        assert 'href="/embed"' in client.get(path).text, path
    for kind, way in (("badge", "image"), ("card", "frame"), ("button", "link")):
        assert f'href="/embed/{way}"' in client.get(f"/widgets/dowry-kerman?kind={kind}").text
