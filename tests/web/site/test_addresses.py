"""Where a campaign is found: its present address, those it had before, its short link; and where it is not."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.models import OldSlug
from campaigns.domain.campaigns.parts import Part, write
from campaigns.domain.campaigns.states import Move
from tests.cast import mina, parisa, reza
from tests.worlds import change, full_parts, live_campaign, ready_draft

PLACES = ("/c/{}", "/c/{}/share", "/e/{}/card", "/e/{}/badge.svg", "/api/campaigns/{}.json")


@pytest.fixture
def moved(app):
    """A live campaign that was called «dowry-kerman» when it opened."""
    campaign = live_campaign(mina(), reza(), parisa())
    write(campaign, Part.BASICS, full_parts("new-name")[Part.BASICS])
    actions.changed(campaign)
    db.session.commit()
    return campaign


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_old_address_leads_to_the_same_thing_at_the_new_one(moved, client, place, prefix):
    answer = client.get(prefix + place.format("dowry-kerman"))
    assert answer.status_code == 301
    assert answer.headers["Location"] == prefix + place.format("new-name")
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_short_link_outlives_every_name(moved, client):
    answer = client.get(f"/k/{moved.short_code}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/c/new-name")
    assert client.get("/k/nobody").status_code == 404


@pytest.mark.parametrize("place", PLACES)
def test_the_old_address_of_a_draft_tells_nobody_its_new_one(app, client, place):
    author = mina()
    campaign = ready_draft(author, "secret-plan")
    change(campaign, Part.BASICS, author, slug="secret-families")
    assert db.session.get(OldSlug, "secret-plan") is not None
    for slug in ("secret-plan", "secret-families"):
        answer = client.get(place.format(slug))
        assert answer.status_code == 404
        assert "secret-families" not in answer.headers.get("Location", "")


def test_the_old_address_of_a_rejected_campaign_leads_nowhere(moved, client):
    actions.move(moved, Move.REOPEN, moved.author)
    actions.move(moved, Move.CANCEL, moved.author, "نشد")
    db.session.commit()
    for slug in ("dowry-kerman", "new-name"):
        assert client.get(f"/c/{slug}").status_code == 404


def test_a_sister_nobody_may_see_is_not_named(app, client):
    author, moderators = mina(), (reza(), parisa())
    campaign = live_campaign(author, *moderators)
    sister = live_campaign(author, *moderators, slug="sister-one")
    goal = full_parts("x")[Part.GOAL] | {"goal_policy": "sibling", "sibling": "sister-one"}
    write(campaign, Part.GOAL, goal)
    actions.move(campaign, Move.PAUSE, author, "زمستان")
    db.session.commit()
    assert "/c/sister-one" in client.get("/c/dowry-kerman").text
    actions.move(sister, Move.REOPEN, author)
    actions.changed(campaign)
    db.session.commit()
    for page in ("/c/dowry-kerman", "/c/dowry-kerman/give"):
        assert "sister-one" not in client.get(page).text
