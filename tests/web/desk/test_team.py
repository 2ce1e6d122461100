"""Mina brings others onto the team of one campaign, with a part of what she may do there, and ends it again."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission, Role
from campaigns.domain.accounts.team import invite
from campaigns.domain.accounts.team_models import TeamInvitation
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.notices.models import Letter
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.worlds import live_campaign


@pytest.fixture
def desk(app):
    return Hands(app, mina())


@pytest.fixture
def campaign(desk):
    return live_campaign(desk.user, reza(), parisa())


def invited(desk, campaign, email="nima@example.org", role="organizer"):
    path = f"/en/desk/c/{campaign.public_id}/team"
    desk.after(desk.fill(path, name="Nima of the mosque", email=email, role=role))
    return db.session.scalars(select(TeamInvitation).where(TeamInvitation.email == email)).one()


def answered(hands, invitation, step="join"):
    return hands.post(f"/account/teams/{invitation.public_id}/{step}", {"csrf_token": hands.token})


def test_nima_joins_works_and_is_let_go(app, desk, campaign):
    nima = Hands(app, person("Nima", language="en"))
    mail = invited(desk, campaign)
    page = desk.seen(f"/en/desk/c/{campaign.public_id}/team")
    assert "has not answered yet" in page and ">Nima<" not in page, (
        "whose address it is, Mina learns from nobody"
    )
    assert not may(nima.user.id, Permission.SEE_GIFTS, where_is(campaign))
    assert "invites you to the team" in nima.seen("/en/account")
    answered(nima, mail)
    assert may(nima.user.id, Permission.EDIT_CAMPAIGN, where_is(campaign))
    nima.seen(f"/desk/c/{campaign.public_id}/updates")
    assert nima.get(f"/desk/c/{campaign.public_id}/team").status_code == 404, "who was invited invites nobody"
    desk.after(
        desk.post(f"/desk/c/{campaign.public_id}/team/{mail.public_id}/end", {"csrf_token": desk.token})
    )
    assert not may(nima.user.id, Permission.SEE_GIFTS, where_is(campaign))


def test_a_viewer_looks_and_changes_nothing(app, desk, campaign):
    nima = Hands(app, person("Nima"))
    answered(nima, invited(desk, campaign, role="viewer"))
    for page, status in (("gifts", 200), ("figures", 200), ("updates", 404), ("basics", 404), ("team", 404)):
        assert nima.get(f"/desk/c/{campaign.public_id}/{page}").status_code == status, page


def test_a_new_address_chooses_a_password_and_nothing_tells_that_it_is_new(desk, campaign):
    path = f"/en/desk/c/{campaign.public_id}/team"
    mail = invited(desk, campaign, "new@example.org")
    letter = db.session.scalars(select(Letter).where(Letter.to == "new@example.org")).one()
    assert letter.body.count("http") >= 3 and mail.state == "waiting"
    assert db.session.scalars(select(User).where(User.email == "new@example.org")).one().password_hash is None
    assert desk.fill(path, name="N", email="new@example.org", role="viewer").status_code == 422
    assert desk.fill(path, name="N", email="mina@example.org", role="viewer").status_code == 422
    forbidden = {"csrf_token": desk.token, "name": "N", "email": "x@example.org", "role": "admin"}
    assert desk.post(path, forbidden).status_code == 422


def test_an_invitation_of_who_no_longer_leads_gives_nothing(app, desk, campaign):
    nima = Hands(app, person("Nima"))
    mail = invited(desk, campaign)
    other = Hands(app, person("Sima"))
    assert answered(other, mail).status_code == 404
    desk.user.is_enabled = False
    db.session.commit()
    answered(nima, mail)
    assert not may(nima.user.id, Permission.SEE_GIFTS, where_is(campaign))


@pytest.mark.parametrize("role", ["admin", "finance", "moderator"])
def test_a_team_gives_no_role_of_the_house(desk, campaign, role):
    path = f"/en/desk/c/{campaign.public_id}/team"
    assert desk.fill(path, name="Nima", email="nima@example.org", role=role).status_code == 422
    with pytest.raises(ValueError, match=role):
        invite(desk.user, campaign.id, "nima@example.org", "Nima", "en", Role(role))
    assert db.session.scalar(select(TeamInvitation)) is None
