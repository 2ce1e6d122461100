"""Farid copies the gateway's payment from the bank's statement, Negar finds it there too; what is open stays seen."""

import pytest
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.settlements.models import Settlement
from tests.cast import person
from tests.domain.settlements.held import SHEBA, placed, took
from tests.giving import live_campaign
from tests.web.officehands import Hands

NEW = "/en/finance/settlements/new"


@pytest.fixture
def today(app):
    """Kerman got 100,000 tomans through ZarinPal today; it keeps 500 of them."""
    day = tehran_day(now())
    took(app, live_campaign(), day, 1_000_000, 5_000)
    return day.isoformat()


@pytest.fixture
def farid(app, today):
    return Hands(app, person("Farid", Role.FINANCE))


@pytest.fixture
def negar(app, today):
    return Hands(app, person("Negar", Role.FINANCE))


def entered(farid, today, **changes):
    line = {
        "terminal": "zarinpal",
        "rials": "99,500",
        "fee_rials": "",
        "day": today,
        "bank_account": SHEBA,
        "bank_reference": "B-77",
        "first_day": today,
        "last_day": today,
    }
    return farid.fill(NEW, **line | changes)


def the_settlement():
    db.session.expire_all()
    return f"/en/finance/settlements/{db.session.scalars(select(Settlement.public_id)).one()}"


def test_two_people_settle_and_nothing_stays_open(farid, negar, today):
    page = farid.seen("/en/finance/clearing")
    assert "ZarinPal" in page and "99,500" in page
    page = farid.after(entered(farid, today))
    assert "waits for a second person" in page and "somebody else confirms it" in page
    assert "It fits to the rial." in page
    address = the_settlement()
    page = negar.after(negar.fill(address, to=f"{address}/confirm"))
    assert "in the book" in page and "Negar" in page
    placed()
    page = farid.seen("/en/finance/clearing/zarinpal")
    assert "Holds 0 toman for us." in page and "None: everything is settled." in page


def test_what_the_gateway_did_not_pay_is_listed_with_its_payment(farid, negar, today):
    farid.after(entered(farid, today, rials="600,000 rial", fee_rials="100 rial"))
    address = the_settlement()
    assert "has not paid 39,490 toman" in farid.seen(address)
    negar.after(negar.fill(address, to=f"{address}/confirm"))
    page = farid.seen("/en/finance/clearing/zarinpal")
    assert "39,490 toman" in page and "of 100,000 toman" in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"terminal": ""}, "terminal", "Choose the gateway"),
        ({"rials": ""}, "rials", "above zero"),
        ({"rials": "much"}, "rials", "in rials with the word"),
        ({"day": "1420/01/01"}, "day", "has not come yet"),
        ({"day": "soon"}, "day", "Write the day"),
        ({"bank_account": "IR12"}, "bank_account", "not the digits of a Sheba"),
        ({"bank_reference": ""}, "bank_reference", "the bank&#39;s reference"),
        ({"first_day": "1420/01/01"}, "first_day", "end no later than"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(farid, today, changes, field, words):
    answer = entered(farid, today, note="پیش از ظهر", **changes)
    assert answer.status_code == 422
    assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert "پیش از ظهر" in answer.text
    assert db.session.scalars(select(Settlement)).all() == []


def test_the_same_line_is_not_entered_twice(farid, today):
    farid.after(entered(farid, today))
    answer = entered(farid, today)
    assert answer.status_code == 422 and "has this reference already" in answer.text


def test_nobody_confirms_what_they_entered_and_a_refusal_says_why(farid, negar, today):
    farid.after(entered(farid, today))
    address = the_settlement()
    answer = farid.post(f"{address}/confirm", {"csrf_token": farid.token})
    assert answer.status_code == 422 and "somebody else confirms it" in answer.text
    assert negar.fill(address, to=f"{address}/refuse", reason="").status_code == 422
    page = negar.after(negar.fill(address, to=f"{address}/refuse", reason="در صورت‌حساب نیست"))
    assert "در صورت‌حساب نیست" in page and "It is on the statement" not in page
    late = negar.post(f"{address}/confirm", {"csrf_token": negar.token})
    assert late.status_code == 422 and "Somebody else was first" in late.text
    assert farid.get(f"{address}/confirm").status_code == 303


def test_others_see_nothing_of_it(app, farid, today):
    farid.after(entered(farid, today))
    address = the_settlement()
    seed_provinces()
    shirin = Hands(app, person("Shirin", Role.FINANCE, province_code="IR-25"))
    assert "ZarinPal" not in shirin.seen("/en/finance/clearing")
    assert {shirin.get(path).status_code for path in (address, "/en/finance/clearing/zarinpal")} == {404}
    nima = Hands(app, person("Nima", Role.AUDITOR))
    assert "It is on the statement" not in nima.seen(address)
    assert nima.get(NEW).status_code == 404
    assert nima.post(f"{address}/confirm", {"csrf_token": nima.token}).status_code == 404
    omid = Hands(app, person("Omid", Role.ORGANIZER))
    assert omid.get("/en/finance/clearing").status_code == 404
