"""Mina shows her draft to colleagues who have no account, for as long as she wants."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.base.masking import mask
from campaigns.domain.campaigns.draft_models import DraftLink
from campaigns.domain.campaigns.drafts import make, token_of
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.worlds import live_campaign, ready_draft


@pytest.fixture
def desk(app):
    return Hands(app, mina())


def links(campaign):
    return f"/en/desk/c/{campaign.public_id}/draft-links"


def made(desk, campaign, days="3"):
    """The path of a link Mina makes, as her page shows it."""
    page = desk.after(desk.fill(links(campaign), days=days))
    return "/en/draft/" + page.split("/draft/")[1].split('"')[0]


def test_a_colleague_reads_the_draft_which_says_that_it_is_one(desk, client):
    campaign = ready_draft(desk.user)
    answer = client.get(made(desk, campaign))
    assert answer.status_code == 200 and "Dowries for couples in Kerman" in answer.text
    assert "not public yet" in answer.text and "I help</a>" not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex" and 'content="noindex"' in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/c/dowry-kerman").status_code == 404


def test_it_ends_after_the_days_she_chose(desk, client):
    campaign = ready_draft(desk.user)
    for hours, status in ((71, 200), (73, 410)):
        with clock.at(clock.now() - timedelta(hours=hours)):
            link = make(campaign, desk.user, 3)
        db.session.commit()
        assert client.get(f"/draft/{token_of(link)}").status_code == status


def test_or_when_she_withdraws_it_and_the_other_link_goes_on(desk, client):
    campaign = ready_draft(desk.user)
    first = made(desk, campaign)
    other = made(desk, campaign)
    link = db.session.scalars(select(DraftLink).order_by(DraftLink.id)).first()
    answer = desk.post(f"{links(campaign)}/{link.public_id}/withdraw", {"csrf_token": desk.token})
    assert desk.after(answer).count("/en/draft/") == 2  # the address once to copy, once to open
    assert client.get(first).status_code == 410 and client.get(other).status_code == 200


@pytest.mark.parametrize("days", ["0", "365", "many"])
def test_only_the_days_that_are_offered_are_taken(desk, days):
    campaign = ready_draft(desk.user)
    assert desk.fill(links(campaign), days=days).status_code == 422
    assert not db.session.scalars(select(DraftLink)).all()


def test_no_link_is_guessed_from_what_is_kept_or_from_another(desk, client):
    campaign = ready_draft(desk.user)
    path = made(desk, campaign)
    link = db.session.scalars(select(DraftLink)).one()
    for guess in (link.public_id, path.rpartition("/")[2][:-1], campaign.public_id):
        assert client.get(f"/draft/{guess}").status_code == 404
    assert link.public_id not in mask(f"GET /draft/{path.rpartition('/')[2]}")


def test_once_it_has_a_page_the_link_leads_there(desk, client):
    campaign = live_campaign(desk.user, reza(), parisa())
    token = token_of(make(campaign, desk.user, 1))
    db.session.commit()
    assert client.get(f"/draft/{token}").headers["Location"] == "/c/dowry-kerman"


def test_links_are_made_and_withdrawn_by_people_of_the_campaign_alone(app, desk):
    campaign = ready_draft(desk.user)
    link = make(campaign, desk.user, 1)
    other = ready_draft(person("Neda"), "other-one")
    db.session.commit()
    assert desk.get(links(other)).status_code == 404
    own = ready_draft(desk.user, "third-one")
    path = f"{links(own)}/{link.public_id}/withdraw"
    assert desk.post(path, {"csrf_token": desk.token}).status_code == 404
