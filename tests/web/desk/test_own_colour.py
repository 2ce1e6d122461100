"""A campaign may have a colour of its own, as long as words and bars can be told from their ground."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.themes import THEMES, neighbour, too_close
from tests.cast import mina, parisa, reza
from tests.web.officehands import Hands, filled
from tests.worlds import live_campaign, ready_draft

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
PALE = "#f5a3c7"


@pytest.fixture
def desk(app):
    return Hands(app, mina())


def look(campaign):
    return f"/en/desk/c/{campaign.public_id}/look"


def accent(campaign):
    db.session.rollback()
    return db.session.get_one(Campaign, campaign.id).accent


@given(st.sampled_from(sorted(THEMES)), COLOURS)
def test_for_every_colour_there_is_one_beside_it_that_passes(app, theme, colour):
    with app.test_request_context():
        found = neighbour(theme, colour)
        assert not too_close(theme, found)
        assert found == colour or too_close(theme, colour)


def test_a_colour_that_fails_is_answered_with_its_neighbour_as_a_button(desk):
    campaign = ready_draft(desk.user)
    answer = desk.fill(look(campaign), accent=PALE)
    assert answer.status_code == 422 and 'id="accent-error"' in answer.text
    assert f'value="{PALE}"' in answer.text and accent(campaign) == ""
    offered = answer.text.split('<button class="btn" name="accent" value="')[1].split('"')[0]
    form = filled(answer)
    form.add("accent", offered)  # the button stands after the field of its name
    assert desk.post(look(campaign), form).status_code == 303
    assert accent(campaign) == offered != PALE


@pytest.mark.parametrize("typed", ["#0B6E4F", "0b6e4f", "۰b۶e۴f", " #0b6e4f "])
def test_it_is_read_as_people_write_it(desk, typed):
    campaign = ready_draft(desk.user)
    assert desk.fill(look(campaign), accent=typed).status_code == 303
    assert accent(campaign) == "#0b6e4f"


@pytest.mark.parametrize("typed", ["green", "#12345", "red;}body{display:none", "url(//evil.example)"])
def test_what_is_no_colour_is_refused_and_not_lost(desk, typed):
    campaign = ready_draft(desk.user)
    answer = desk.fill(look(campaign), accent=typed)
    assert answer.status_code == 422 and f'value="{typed}"' in answer.text
    assert accent(campaign) == ""


def test_the_page_wears_it_once_a_moderator_has_agreed(app, desk, client):
    moderator = reza()
    campaign = live_campaign(desk.user, moderator, parisa())
    desk.fill(look(campaign), accent="#0b6e4f")
    assert "/colours/" not in client.get("/c/dowry-kerman").text
    assert client.get("/colours/123456.css").status_code == 404  # nobody has or asks for it
    reads = Hands(app, moderator)
    edit = reads.seen("/en/mod/").split("/en/mod/edit/")[1].split('"')[0]
    assert "Own colour" in reads.seen(f"/en/mod/edit/{edit}")
    reads.after(reads.fill(f"/en/mod/edit/{edit}", verdict="approve"))
    for page in ("/c/dowry-kerman", "/c/dowry-kerman/give"):
        assert '<link rel="stylesheet" href="/colours/0b6e4f.css">' in client.get(page).text
    sheet = client.get("/colours/0b6e4f.css")
    assert sheet.mimetype == "text/css" and "--c-brand:#0b6e4f;" in sheet.text and "url(" not in sheet.text


def test_it_is_taken_off_again(desk):
    campaign = ready_draft(desk.user)
    desk.fill(look(campaign), accent="#0b6e4f")
    desk.fill(look(campaign), accent="")
    assert accent(campaign) == ""
