"""What does not fit about money is seen by finance, each within reach, and by nobody else."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.payments.actions import begin
from campaigns.domain.payments.events import open_item
from campaigns.gateways import build_gateways
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign

UNKNOWN = {"gateway": "zarinpal", "gateway_ref": "S1", "rials": 500_000}


@pytest.fixture
def unfit(app):
    """A gift to Kerman that was paid twice, and money that nobody knows."""
    given = gift(live_campaign(mina(), reza(), parisa()))
    attempt = begin(given, build_gateways(app.config["SETTINGS"])["zarinpal"])
    open_item("second_payment", attempt.public_id, {}, attempt.id)
    open_item("unknown_money", "zarinpal:sandbox:S1", UNKNOWN)
    db.session.commit()
    return given


def test_finance_of_the_country_sees_all_of_it(app, unfit):
    page = Hands(app, person("Farid", Role.FINANCE)).seen("/en/finance/items")
    assert "The same gift was paid twice" in page
    assert unfit.campaign.slug not in page
    assert "The bank holds money that we know nothing of" in page
    assert "2 items are open" in page


def test_finance_of_a_province_sees_only_what_was_given_there(app, unfit):
    kerman = Hands(app, person("Farid", Role.FINANCE, province_code="IR-08"))
    assert "1 item is open" in kerman.seen("/en/finance/items")
    qom = Hands(app, person("Negar", Role.FINANCE, province_code="IR-25"))
    assert "Nothing is open" in qom.seen("/en/finance/items")


def test_for_everybody_else_the_room_does_not_exist(app, unfit):
    for name, role in (("Omid", Role.ORGANIZER), ("Nima", Role.MODERATOR)):
        assert Hands(app, person(name, role)).get("/finance/items").status_code == 404
