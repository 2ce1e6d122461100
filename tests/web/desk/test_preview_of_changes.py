"""Mina sees the page as it will be once a moderator has agreed to what she changed, and as it is."""

from campaigns.base.extensions import db
from campaigns.domain.campaigns.parts import Part
from tests.blocks import one_of_each
from tests.cast import mina, parisa, reza
from tests.web.officehands import Hands
from tests.worlds import change, live_campaign

STORY = "قصه‌ای که هنوز کسی نخوانده است."


def test_the_preview_has_what_waits_and_says_so_and_the_public_page_has_nothing_of_it(app):
    author, moderator = mina(), reza()
    campaign = live_campaign(author, moderator, parisa())
    made = one_of_each(campaign, author, app.config["SETTINGS"].data_dir)
    change(campaign, Part.STORY, author, story={"fa": STORY, "en": ""})
    change(campaign, Part.LOOK, author, theme="anar", accent="#7a1f4b")
    change(campaign, Part.GOAL, author, unit_count=50)
    change(campaign, Part.BLOCKS, author, blocks=made.blocks)
    change(campaign, Part.BASICS, author, title={"fa": "عنوان نو", "en": "A new title"})
    db.session.commit()
    desk, address = Hands(app, author), f"/desk/c/{campaign.public_id}/preview"
    page, now = desk.seen(f"{address}/page"), desk.seen(f"{address}/page?state=now")
    for words in (STORY, "عنوان نو", "خانه‌مان گرم شد.", "/colours/7a1f4b.css", "/pictures/private/"):
        assert words in page and words not in now
    assert "هنوز همگانی نیست" in page and "هنوز همگانی نیست" not in now
    assert desk.get("/colours/7a1f4b.css").status_code == 200
    reading = f"/mod/campaign/{campaign.public_id}/page"
    reza_ = Hands(app, moderator)
    assert STORY in reza_.seen(f"{reading}?changed=1") and STORY not in reza_.seen(reading)
    around = desk.seen(address)
    assert "state=now" in around and "داستان" in around
    assert "A new title" in desk.seen(f"/en{address}/page")
    assert STORY not in app.test_client().get(f"/c/{campaign.slug}").text


def test_without_changes_there_is_one_preview(app):
    campaign = live_campaign(mina(), reza(), parisa())
    assert "state=now" not in Hands(app, campaign.author).seen(f"/desk/c/{campaign.public_id}/preview")
