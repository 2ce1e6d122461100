"""Mina looks back: what she saved, what changed in it, and a version that comes back."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from campaigns.base.extensions import db
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.campaigns.version_models import CampaignVersion
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands, filled
from tests.worlds import live_campaign, ready_draft


@pytest.fixture
def desk(app):
    return Hands(app, mina())


def at(campaign, page):
    return f"/en/desk/c/{campaign.public_id}/{page}"


def versions(campaign, part):
    """Addresses of the versions of a part, oldest first."""
    db.session.rollback()
    query = select(CampaignVersion).where(CampaignVersion.campaign_id == campaign.id)
    rows = db.session.scalars(query.where(CampaignVersion.part == part).order_by(CampaignVersion.id))
    return [at(campaign, f"history/{row.public_id}") for row in rows]


def test_each_save_is_kept_with_who_when_and_the_words_that_changed(desk):
    campaign = ready_draft(desk.user)
    desk.fill(at(campaign, "story"), story_fa="چهل زوج در بم.")
    desk.fill(at(campaign, "story"), story_fa="سی زوج در بم.")
    desk.fill(at(campaign, "story"))  # nothing changed: nothing kept
    page = desk.seen(at(campaign, "history?part=story"))
    assert page.count("<bdi>Mina</bdi>") == 2 and "as it stood before" in page
    _began, forty, thirty = versions(campaign, Part.STORY)
    page = desk.seen(thirty)
    assert '<del><span class="vh">removed: </span>چهل</del>' in page and "This is what stands now" in page
    assert "Restore" not in page
    assert "Restore this version" in desk.seen(forty)


def test_restoring_is_a_save_like_any_other(desk):
    campaign = ready_draft(desk.user)
    before = read(campaign, Part.STORY)
    desk.fill(at(campaign, "story"), story_fa="سی زوج.")
    began = versions(campaign, Part.STORY)[0]
    assert "Restored." in desk.after(desk.fill(began))
    assert read(db.session.get_one(Campaign, campaign.id), Part.STORY) == before
    assert len(versions(campaign, Part.STORY)) == 3


def test_on_a_public_page_a_restored_version_waits_for_a_moderator(app, desk):
    campaign = live_campaign(desk.user, reza(), parisa())
    present = read(campaign, Part.STORY)
    desk.fill(at(campaign, "story"), story_fa="سی زوج.")
    desk.fill(at(campaign, "story"), story_fa="نود زوج.")
    thirty = versions(campaign, Part.STORY)[1]
    assert "replaced by a later one" in desk.seen(thirty)
    assert "once a moderator has agreed" in desk.after(desk.fill(thirty))
    db.session.rollback()
    assert read(db.session.get_one(Campaign, campaign.id), Part.STORY) == present
    edit = db.session.scalars(select(CampaignEdit).where(CampaignEdit.state == "waiting")).one()
    assert edit.data["story"]["fa"] == "سی زوج."


def test_what_was_saved_meanwhile_is_not_overwritten_by_restoring(desk):
    campaign = ready_draft(desk.user)
    desk.fill(at(campaign, "story"), story_fa="سی زوج.")
    began = versions(campaign, Part.STORY)[0]
    opened = desk.get(began)
    desk.fill(at(campaign, "story"), story_fa="نود زوج.")
    assert "saved this page meanwhile" in desk.after(desk.post(began, filled(opened)))
    db.session.rollback()
    assert read(db.session.get_one(Campaign, campaign.id), Part.STORY)["story"]["fa"] == "نود زوج."


def test_what_no_longer_fits_opens_in_the_form_to_be_mended(desk):
    """The address of an older version has gone to another campaign."""
    user = desk.user
    campaign = ready_draft(user, "old-name")
    desk.fill(at(campaign, "basics"), slug="new-name", title_fa="نام تازه")
    db.session.rollback()
    db.session.execute(db.text("DELETE FROM old_slug"))
    ready_draft(user, "old-name")
    page = desk.after(desk.fill(versions(campaign, Part.BASICS)[0]))
    assert "no longer fits" in page and 'value="old-name"' in page and "an older version" in page
    assert db.session.get_one(Campaign, campaign.id).slug == "new-name"


def test_versions_of_another_campaign_do_not_exist(app, desk):
    campaign = ready_draft(desk.user)
    desk.fill(at(campaign, "story"), story_fa="سی زوج.")
    mine_, other = versions(campaign, Part.STORY)[0], ready_draft(person("Neda"), "other-one")
    assert desk.get(mine_.replace(campaign.public_id, other.public_id)).status_code == 404
    own = ready_draft(desk.user, "third-one")
    assert desk.get(mine_.replace(campaign.public_id, own.public_id)).status_code == 404
    version = mine_.rpartition("/")[2]
    assert desk.get(at(own, f"story?from={version}")).status_code == 404


def test_no_version_is_ever_changed(desk):
    campaign = ready_draft(desk.user)
    desk.fill(at(campaign, "story"), story_fa="سی زوج.")
    with pytest.raises(DBAPIError):
        db.session.execute(db.text("UPDATE campaign_version SET author_id = NULL"))
    db.session.rollback()
