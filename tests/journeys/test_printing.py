"""Sara's grandmother gets the campaign on paper: open answers, a code for a phone, no form."""

import re

import brotli
import pytest
from playwright.sync_api import Browser, expect

from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.states import Move
from campaigns.web.qr import qr
from tests.cast import mina, parisa, reza
from tests.domain.matching.test_worker import opened, worked
from tests.domain.refunds.money import farid, negar, paid
from tests.giving import pledged
from tests.support.processes import Live
from tests.web.officehands import Hands
from tests.worlds import UNIT_RIALS, gift, live_campaign, ready_draft

HTML_BUDGET = 9 * 1024
CODE_BUDGET = 1024
ON_PAPER = re.compile(r'<div class="onpaper way">.*?</div>\n', re.DOTALL)


def test_the_page_carries_its_code_and_short_link_within_its_budget(app, client):
    campaign = live_campaign(mina(), reza(), parisa())
    for number in range(12):
        gift(campaign, UNIT_RIALS // 3, donor_name=f"نیکوکار {number}", hide_name=False)
    page = client.get(f"/c/{campaign.slug}").text
    link = f"http://localhost/k/{campaign.short_code}"
    paper = ON_PAPER.search(page)
    assert paper and qr(link) in paper[0] and f'<bdi dir="ltr">{link}</bdi>' in paper[0]
    assert "کمک به این پویش" in paper[0]
    whole, without = (len(brotli.compress(text.encode())) for text in (page, ON_PAPER.sub("", page)))
    assert whole <= HTML_BUDGET and whole - without <= CODE_BUDGET
    assert f"http://localhost/en/k/{campaign.short_code}" in client.get(f"/en/c/{campaign.slug}").text


def test_a_campaign_that_takes_no_gifts_asks_for_none_on_paper(app, client):
    campaign = live_campaign(mina(), moderator := reza(), parisa())
    move(campaign, Move.PAUSE, moderator, "سیل")
    paper = ON_PAPER.search(client.get(f"/en/c/{campaign.slug}").text)
    assert paper and "Follow this campaign" in paper[0]


def test_a_draft_leads_nowhere_yet(app):
    desk = Hands(app, mina())
    campaign = ready_draft(desk.user)
    page = desk.seen(f"/desk/c/{campaign.public_id}/preview/page")
    assert campaign.short_code not in page and not ON_PAPER.search(page)


@pytest.mark.browser
@pytest.mark.server
def test_on_paper_it_is_four_pages_at_most_with_every_answer(
    app, live_server: Live, browser: Browser
) -> None:
    campaign = live_campaign(mina(), reza(), parisa())
    for number in range(12):
        gift(campaign, 500_000, donor_name=f"نیکوکار {number}", hide_name=False)
    page = browser.new_page()
    page.goto(f"{live_server.url}/c/{campaign.slug}")
    expect(page.locator(".way")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".way .qr")).to_be_visible()
    expect(page.get_by_text("پنج قلم اصلی.")).to_be_visible()
    for unprintable in (".give", ".dock", ".acts"):
        expect(page.locator(unprintable).first).to_be_hidden()
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))
    page.close()
    assert 1 <= sheets <= 4


@pytest.mark.browser
@pytest.mark.server
def test_a_receipt_doubled_by_two_sponsors_is_one_small_sheet(
    app, live_server: Live, browser: Browser
) -> None:
    campaign, people = live_campaign(mina(), reza(), parisa()), (farid(), negar())
    opened(people, 200_000, sponsor="شرکت معدنی و صنعتی مس کرمان")
    opened(people, 900_000, sponsor="شرکت پستهٔ کویر رفسنجان", position=2)
    given = pledged(campaign, 500_000, dedication="به یاد پدر و مادرم و همهٔ رفتگان")
    paid(app, given)
    worked()
    page = browser.new_page(locale="fa-IR")
    page.goto(f"{live_server.url}/r/{given.code}")
    page.emulate_media(media="print")
    expect(page.get_by_text("مس کرمان")).to_be_visible()
    expect(page.get_by_text("پستهٔ کویر")).to_be_visible()
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A5", prefer_css_page_size=True)))
    page.close()
    assert sheets == 1
