"""What visitors see of blocks and their pictures, once a moderator has agreed; before that nobody outside does."""

import re

import pytest
from werkzeug.test import Client

from campaigns.base.extensions import db
from campaigns.domain.campaigns.block_store import blocks_of
from campaigns.domain.campaigns.parts import Part, read, write
from campaigns.domain.moderation.actions import decide, take_back
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from tests.blocks import one_of_each
from tests.cast import mina, parisa, reza
from tests.counting import counting
from tests.web.officehands import Hands
from tests.worlds import change, live_campaign


@pytest.fixture
def scene(app):
    """A live campaign of Mina's whose new blocks wait for Reza."""
    author, moderator = mina(), reza()
    campaign = live_campaign(author, moderator, parisa())
    made = one_of_each(campaign, author, app.config["SETTINGS"].data_dir)
    edit = change(campaign, Part.BLOCKS, author, blocks=made.blocks)
    return campaign, made, edit, moderator


def approve(edit, moderator):
    made = decide(find("edit", edit.public_id), moderator, Verdict.APPROVE)
    db.session.commit()
    return made


def seen(app, path):
    app.extensions["pagecache"].clear()
    return app.test_client().get(path)


def files(made):
    return f"/pictures/{made.picture.key}/480.jpg", f"/documents/{made.paper.key}.pdf"


def test_pictures_and_papers_are_private_until_a_moderator_has_agreed(app, scene):
    campaign, made, edit, moderator = scene
    picture, paper = files(made)
    assert seen(app, picture).status_code == seen(app, paper).status_code == 404
    assert made.picture.key not in seen(app, f"/c/{campaign.slug}").text
    decision = approve(edit, moderator)
    shown, kept = seen(app, picture), seen(app, paper)
    assert shown.status_code == kept.status_code == 200
    assert shown.mimetype == "image/jpeg" and kept.headers["Content-Disposition"].startswith("attachment;")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for answer in (shown, kept):
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    take_back(find("edit", edit.public_id), decision, moderator)
    db.session.commit()
    assert blocks_of(campaign.id) == [] and seen(app, picture).status_code == 404


def test_the_page_draws_the_blocks_in_their_order_after_the_story(app, scene):
    campaign, _made, edit, moderator = scene
    approve(edit, moderator)
    text = seen(app, f"/c/{campaign.slug}").text
    marks = ["چهل زوج", "کارگاه", "خانه‌مان گرم شد.", "video.example", "از نزدیک", "مجوز پویش", 'id="costs"']
    places = [text.index(mark, text.index('id="story"')) for mark in marks]
    assert places == sorted(places) and text.count('id="costs"') == text.count('id="faq"') == 1
    assert "استاد نجار" not in text and "مادر یک عروس" in text
    picture = re.search(r"<picture>.*?</picture>", text, re.DOTALL)[0]
    for said in (
        'type="image/avif"',
        "480.webp 480w",
        'loading="lazy"',
        'width="1000" height="700"',
        "ده اجاق",
    ):
        assert said in picture
    english = seen(app, f"/en/c/{campaign.slug}").text
    assert "The workshop" in english and 'alt="Ten stoves in a store"' in english
    assert 'dir="auto" lang="fa"' in english and "<iframe" not in text


def test_a_draft_shows_its_pictures_to_those_who_may_see_it_by_addresses_that_end(app, scene):
    _campaign, _made, edit, moderator = scene
    page = Hands(app, moderator).seen(f"/en/mod/edit/{edit.public_id}")
    for words in ("ده اجاق در انبار", "استاد نجار", "on paper, signed", "Mina", "مجوز پویش", "Pictures (4)"):
        assert words in page
    private = re.search(r'src="(/pictures/private/[^"]+)"', page)[1]
    answer = Client(app.wsgi_app).get(private)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-store"
    assert seen(app, re.sub("private/[^/]+", "private/forged", private)).status_code == 404


def test_the_moderator_reads_each_block_that_changed_and_the_new_order(app, scene):
    campaign, _made, edit, moderator = scene
    approve(edit, moderator)
    blocks = read(campaign, Part.BLOCKS)["blocks"]
    quote = blocks[1] | {"words": {"fa": "خانه‌مان روشن شد.", "en": ""}}
    again = change(campaign, Part.BLOCKS, campaign.author, blocks=[quote, blocks[0], *blocks[3:]])
    page = Hands(app, moderator).seen(f"/en/mod/edit/{again.public_id}")
    changes = page[page.index('id="ch"') :]
    for words in ("<del>", "گرم", "روشن", "Quote (1)", "Link to a video (3)", "Order of the blocks"):
        assert words in changes
    assert "Documents (" not in changes


def test_however_many_blocks_the_page_asks_the_database_as_often(app, scene):
    campaign, made, edit, moderator = scene
    approve(edit, moderator)
    address, asked = f"/c/{campaign.slug}", []
    for times in (1, 1, 3):  # the first visit of all asks a little more
        rows = [block | {"id": f"{block['id']}{n}"} for n in range(times) for block in made.blocks]
        write(campaign, Part.BLOCKS, {"blocks": rows})
        db.session.commit()
        app.extensions["pagecache"].clear()
        with counting() as statements:
            assert app.test_client().get(address).status_code == 200
        asked.append(len(statements))
    assert asked[1] == asked[2]
