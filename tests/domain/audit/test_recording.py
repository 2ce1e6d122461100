"""What somebody of the house changes stands in the log: who, what, before and after, and nothing personal."""

import json

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import change_details, create_person
from campaigns.domain.accounts.grants import grant_role, revoke_role
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.audit.acting import Actor, as_actor
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.audit.recording import record
from campaigns.domain.audit.values import keyed_hash
from campaigns.domain.audit.watched import UNWATCHED
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.campaigns.states import Move
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from tests.cast import leila, mina, reza
from tests.worlds import live_campaign, organization, ready_draft, sent_campaign


def entries(**where):
    db.session.flush()
    query = select(AuditEntry).order_by(AuditEntry.id).filter_by(**where)
    return list(db.session.scalars(query))


def acting_as(user, role="admin"):
    return as_actor(Actor(user.id, role, "people.roles.give", "abc-1"))


def test_every_table_that_is_not_watched_has_a_reason():
    assert all(UNWATCHED.values())


def test_a_role_given_and_taken_stands_in_the_persons_timeline(app):
    boss, mina_ = leila(), mina()
    organization()
    with acting_as(boss):
        grant_role(mina_, Role.FINANCE, province_code="IR-07", by=boss)
        db.session.commit()
        revoke_role(mina_, Role.FINANCE, province_code="IR-07", by=boss)
        db.session.commit()
    given, taken = entries(what="role_grant")
    assert (given.act, given.object_kind, given.object_id) == ("create", "user", mina_.public_id)
    assert (given.actor_id, given.role, given.via, given.request_id) == (
        *(boss.id, "admin"),
        *("people.roles.give", "abc-1"),
    )
    assert given.province_code == "IR-07" and json.loads(given.after)["role"] == "finance"
    assert taken.act == "remove" and json.loads(taken.before)["role"] == "finance" and taken.after == ""


def test_private_values_stand_there_as_keyed_hashes_that_can_only_be_compared(app):
    boss, mina_ = leila(), mina()
    with acting_as(boss):
        change_details(mina_, "مینا رضایی", "fa")
        db.session.commit()
        change_details(mina_, "Mina", "en")
        db.session.commit()
    first, second = entries(what="user")
    before, after = json.loads(first.before), json.loads(first.after)
    assert before["name"] == keyed_hash("Mina") == json.loads(second.after)["name"] != after["name"]
    assert json.loads(second.after)["language"] == "en"
    assert "مینا" not in first.after and "Mina" not in first.before


def test_a_statement_that_changes_rows_is_seen_before_and_after(app):
    boss = leila()
    kept = organization()
    with acting_as(boss):
        db.session.execute(
            update(Organization).where(Organization.slug == kept.slug).values(name_en="Another")
        )
        db.session.commit()
    (line,) = entries(what="organization")
    assert json.loads(line.before) == {"name_en": "National Charity Organization"}
    assert json.loads(line.after) == {"name_en": "Another"}
    assert (line.object_kind, line.object_id) == ("organization", kept.slug)


def test_what_a_campaign_goes_through_is_one_timeline(app):
    mina_, reza_ = mina(), reza()
    campaign = ready_draft(mina_)
    with acting_as(mina_, "organizer"):
        actions.save_part(campaign, Part.LOOK, read(campaign, Part.LOOK) | {"motif": "bricks"}, mina_)
        actions.move(campaign, Move.SUBMIT, mina_)
        db.session.commit()
    with acting_as(reza_, "moderator"):
        decide(find("campaign", campaign.public_id), reza_, Verdict.APPROVE)
        db.session.commit()
    found = {(line.what, line.act) for line in entries(campaign_id=campaign.id)}
    assert ("decision", "create") in found and ("campaign", "change") in found
    (look,) = [line for line in entries(what="campaign") if "motif" in line.after]
    assert json.loads(look.before)["motif"] == "window" and json.loads(look.after)["motif"] == "bricks"
    assert look.object_id == campaign.public_id


def test_provinces_tied_to_a_campaign_and_untied_stand_there(app):
    mina_ = mina()
    campaign = sent_campaign(mina_)
    with acting_as(mina_):
        province = campaign.provinces[0]
        campaign.provinces.remove(province)
        db.session.commit()
        campaign.provinces.append(province)
        db.session.commit()
    assert [(line.act, line.object_id) for line in entries(what="campaign_province")] == [
        ("remove", campaign.public_id),
        ("create", campaign.public_id),
    ]


def test_many_rows_at_once_are_one_line_that_says_how_many(app):
    boss = leila()
    with acting_as(boss):
        db.session.add_all(User(name=f"p{n}", email=f"p{n}@example.org") for n in range(30))
        db.session.commit()
        db.session.execute(delete(User).where(User.email.startswith("p")))
        db.session.rollback()
    (line,) = entries(what="user")
    assert json.loads(line.after) == {"rows": 30}


def test_what_is_rolled_back_was_not_done(app):
    boss = leila()
    with acting_as(boss):
        create_person("Sima", email="sima@example.org", by=boss)
        record("export", "user", boss.public_id, after={"rows": 3})
        db.session.rollback()
    assert entries() == []


def test_visitors_and_the_worker_leave_nothing(app):
    live_campaign(mina(), reza(), leila())
    assert db.session.scalar(select(Campaign.id)) and entries() == []


def test_nothing_is_changed_or_taken_out_of_the_log(app):
    boss = leila()
    with acting_as(boss):
        record("sign_in", "user", boss.public_id)
        db.session.commit()
    for statement in (update(AuditEntry).values(act="other"), delete(AuditEntry)):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(statement)
        db.session.rollback()
