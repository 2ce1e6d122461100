"""The first and the last day are days in Tehran, also while no worker has looked at the calendar yet."""

from datetime import timedelta

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from tests.giving import live_campaign
from tests.web.give.donor import Donor


def today(days: int = 0):
    return tehran_day(now()) + timedelta(days=days)


@pytest.mark.parametrize("state", ["live", "paused"])
def test_after_its_last_day_a_campaign_is_over_wherever_one_looks(app, client, state):
    campaign = live_campaign(state=state, ends_on=today(-1))
    slug = campaign.slug
    page = client.get(f"/c/{slug}").text
    assert "پایان یافت" in page
    assert f'action="/c/{slug}/give"' not in page
    assert client.get(f"/c/{slug}/give").status_code == 409
    assert client.get(f"/api/campaigns/{slug}.json").json["state"] == "ended"
    assert "کمک می‌کنم" not in client.get(f"/e/{slug}/card").text
    assert slug not in client.get("/").text
    assert slug not in client.get("/campaigns").text
    assert slug in client.get("/campaigns?state=ended").text


def test_on_its_last_day_gifts_are_taken(app, client):
    campaign = live_campaign(ends_on=today())
    assert Donor(app, campaign).choose(other="۵۰ هزار").status_code == 200
    assert "پایان یافت" not in client.get(f"/c/{campaign.slug}").text


def test_before_its_first_day_a_campaign_says_when_it_begins(app, client):
    campaign = live_campaign(state="approved", starts_on=today(3), ends_on=today(30))
    db.session.commit()
    page = client.get(f"/c/{campaign.slug}")
    assert page.status_code == 200
    assert f'action="/c/{campaign.slug}/give"' not in page.text
    assert client.get(f"/c/{campaign.slug}/give").status_code == 409
