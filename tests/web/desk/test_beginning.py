"""Who may begin a campaign, where, and for which organization."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.grants import grant_role
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from tests.cast import mina, person
from tests.web.officehands import Hands
from tests.worlds import organization, ready_draft


def address(campaign: Campaign, page: str) -> str:
    return f"/desk/c/{campaign.public_id}/{page}"


def the_campaign() -> Campaign:
    return db.session.scalars(select(Campaign)).one()


def test_the_office_of_a_province_begins_where_it_may(app):
    organization()
    sara = person("Sara")
    grant_role(sara, Role.PROVINCE_DESK, province_code="IR-08")
    desk = Hands(app, sara)
    desk.after(desk.fill("/desk/new", title="سرپناه در کرمان"))
    assert [place.code for place in the_campaign().provinces] == ["IR-08"]
    basics = address(the_campaign(), "basics")
    assert "provinces-error" in desk.fill(basics, provinces=["IR-23"]).text
    assert desk.fill(basics, provinces=["IR-23", "IR-08"]).status_code == 303


def test_another_role_does_not_open_other_organizations(app):
    """Sara writes for one office; that she moderates as well does not let her write for another."""
    house = organization()
    about = {"name_fa": "دفتر قم", "name_en": "Qom office", "license_number": "1", "phone": "021"}
    db.session.add(Organization(slug="qom-office", **about))
    sara = person("Sara", Role.MODERATOR)
    grant_role(sara, Role.ORGANIZER, organization_id=house.id)
    page = Hands(app, sara).seen("/en/desk/new")
    assert house.name_en in page and "Qom office" not in page


def test_somebody_with_one_campaign_begins_no_other(app):
    campaign = ready_draft(mina())
    sara = person("Sara")
    grant_role(sara, Role.ORGANIZER, campaign_id=campaign.id)
    desk = Hands(app, sara)
    assert desk.fill(address(campaign, "look"), theme="firouzeh").status_code == 303
    assert desk.get("/desk/new").status_code == 404
