"""Whoever is seen in a picture changes their mind: it is gone on the next visit, everywhere and for good."""

import re

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.campaigns import versions
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.block_store import blocks_of
from campaigns.domain.campaigns.parts import Part, write
from campaigns.domain.campaigns.states import Move
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.pictures.models import PictureWithdrawal
from campaigns.domain.pictures.store import FOLDER
from tests.blocks import one_of_each, photo
from tests.cast import mina, parisa, person, reza
from tests.web.desk.test_blocks import upload
from tests.web.officehands import Hands
from tests.worlds import change, live_campaign

REASON = "خود ایشان تلفنی گفت"


@pytest.fixture
def scene(app):
    """A live campaign of Mina's that shows somebody; what Sara asks for stays in the cache."""
    author, moderator = mina(), reza()
    campaign = live_campaign(author, moderator, parisa())
    made = one_of_each(campaign, author, app.config["SETTINGS"].data_dir)
    edit = change(campaign, Part.BLOCKS, author, blocks=made.blocks)
    decide(find("edit", edit.public_id), moderator, Verdict.APPROVE)
    db.session.commit()
    return campaign, made, moderator


def withdraw(hands, door, campaign, picture, reason=REASON):
    return hands.fill(f"{door}/{campaign.public_id}/pictures/{picture.public_id}/withdraw", reason=reason)


def test_an_organizer_takes_a_picture_off_and_no_page_no_address_and_no_cache_has_it(app, scene):
    campaign, made, _moderator = scene
    sara, desk, key, name = app.test_client(), Hands(app, campaign.author), made.picture.key, made.picture
    page = f"/c/{campaign.slug}"
    before = sara.get(page)
    assert key in before.text and "از نزدیک" in before.text
    kept = sara.get(f"/pictures/{key}/480.jpg")
    assert kept.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    mark = {"If-None-Match": kept.headers["ETag"]}
    again = sara.get(f"/pictures/{key}/480.jpg", headers=mark)
    assert again.status_code == 304 and again.headers["Cache-Control"] == kept.headers["Cache-Control"]
    private = re.search(r"/pictures/private/[^\"/]+/", desk.seen(f"/desk/c/{campaign.public_id}/pictures"))[0]

    assert "برداشته شد" in desk.after(withdraw(desk, "/desk/c", campaign, name))

    after = sara.get(page)
    assert after.status_code == 200 and key not in after.text and "از نزدیک" not in after.text
    assert "خانه‌مان گرم شد." in after.text, "the other blocks stand"
    for file in ("480.jpg", "960.webp", "1000.avif"):
        gone = sara.get(f"/pictures/{key}/{file}", headers=mark)
        assert gone.status_code == sara.get(f"{private}{file}").status_code == 410
        assert gone.headers["Cache-Control"] == "private, no-store"
    assert not (app.config["SETTINGS"].data_dir / FOLDER / name.public_id).exists()


def test_it_leaves_every_campaign_that_shows_the_same_file_and_never_comes_back(app, scene):
    campaign, made, moderator = scene
    other = live_campaign(person("کامران", Role.ORGANIZER), moderator, slug="stoves-bam")
    write(other, Part.BLOCKS, {"blocks": made.blocks})
    waiting = change(campaign, Part.BLOCKS, campaign.author, blocks=made.blocks[::-1])
    db.session.commit()
    hands = Hands(app, moderator)
    assert withdraw(hands, "/mod/campaign", campaign, made.picture).status_code == 303
    for one in (campaign, other):
        assert [block["pictures"] for block in blocks_of(one.id) if block["kind"] == "gallery"] == [[]]
    decide(find("edit", waiting.public_id), moderator, Verdict.APPROVE)
    db.session.commit()
    assert blocks_of(campaign.id)[0] == made.blocks[-1], "the rest of the change is taken"
    assert made.picture.key not in app.test_client().get(f"/c/{campaign.slug}").text
    desk = Hands(app, campaign.author)
    refused = upload(desk, f"/desk/c/{campaign.public_id}/blocks/gallery1/pictures", photo())
    assert refused.status_code == 422 and "رضایت" in refused.text


def test_it_is_written_down_who_did_it_and_why_and_strangers_have_no_part_in_it(app, scene):
    campaign, made, moderator = scene
    path = f"/desk/c/{campaign.public_id}/pictures"
    kamran = Hands(app, person("کامران", Role.ORGANIZER))
    assert kamran.get(path).status_code == 404
    assert (
        kamran.post(f"{path}/{made.picture.public_id}/withdraw", {"csrf_token": kamran.token}).status_code
        == 404
    )
    hands = Hands(app, moderator)
    assert withdraw(hands, "/mod/campaign", campaign, made.picture, reason="").status_code == 422
    assert db.session.scalar(select(PictureWithdrawal)) is None
    withdraw(hands, "/mod/campaign", campaign, made.picture)
    row = db.session.scalars(select(PictureWithdrawal)).one()
    assert (row.actor.name, row.reason, row.campaign_id) == (moderator.name, REASON, campaign.id)
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "picture_withdrawal")).one()
    assert (
        logged.actor_id == moderator.id and logged.campaign_id == campaign.id and REASON not in logged.after
    )
    assert versions.newest(campaign.id, Part.BLOCKS).author_id == moderator.id


def test_what_somebody_agreed_to_until_the_campaign_is_over_ends_with_it(app, scene):
    campaign, made, _moderator = scene
    sara, key = app.test_client(), made.picture.key
    assert key in sara.get(f"/c/{campaign.slug}").text
    move(campaign, Move.END, campaign.author)
    db.session.commit()
    page = sara.get(f"/c/{campaign.slug}")
    assert page.status_code == 200 and key not in page.text and "خانه‌مان گرم شد." in page.text
    assert sara.get(f"/pictures/{key}/480.jpg").status_code == 404
    write(campaign, Part.BLOCKS, {"blocks": made.blocks})
    assert made.picture.public_id not in str(blocks_of(campaign.id)), "no later change brings it back"
