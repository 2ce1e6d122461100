"""Sara gives every month: signs at the practice bank, follows it on her own page, changes it, ends it."""

import re
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.mandates import links
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.reminders.models import Reminder
from tests.cast import person
from tests.domain.mandates.house import RIALS, SARA, Debits, charges
from tests.giving import live_campaign
from tests.web.give.donor import Donor, gifts
from tests.web.officehands import Hands
from tests.web.refusals import assert_refused


@pytest.fixture
def sara(app: Flask, debits: Debits) -> Donor:
    return Donor(app, live_campaign())


def sends(sara: Donor, **changes: str):
    values = {"repeat": "monthly", "email": SARA, "mobile": "۰۹۱۲ ۳۴۵ ۶۷۸۹", "day": "12"} | changes
    return sara.send(sara.form(**values))


def mandates() -> list[Mandate]:
    return list(db.session.scalars(select(Mandate).execution_options(populate_existing=True)))


def sign(sara: Donor, banks: str, button: str = "sign") -> str:
    """Chooses her bank, signs there and comes back; where that leads."""
    page = sara.client.post(banks, data={"bank": "ONEAIR"})
    way = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.text)
    assert way, page.text
    pressed = requests.post(way[1], data={"act": button}, timeout=10, allow_redirects=False)
    back = urlsplit(pressed.headers["Location"])
    return str(sara.client.get(f"{back.path}?{back.query}").headers["Location"])


def test_from_the_form_to_the_first_gift(sara: Donor, debits: Debits):
    page = sara.choose(other="500000", intent="sadaqah", repeat="monthly")
    assert "امضا" in page.text
    banks = sends(sara).headers["Location"]
    assert "بانک تمرینی یک" in sara.client.get(banks).text
    own = sign(sara, banks)
    [mandate] = mandates()
    assert (mandate.state, mandate.day, mandate.email) == ("active", 12, SARA)
    assert gifts() == [] and db.session.scalars(select(Reminder)).all() == []
    debits.work()
    page = sara.client.get(own)
    assert page.status_code == 200
    assert f"/r/{gifts()[0].code}" in page.text
    assert sara.client.get(f"/r/{gifts()[0].code}").status_code == 200


def test_a_contract_needs_a_mobile_number_and_an_address(sara: Donor):
    assert_refused(sends(sara, mobile="", email=""), "email", "mobile")
    assert mandates() == []


def test_the_same_form_sent_twice_makes_one_mandate(sara: Donor):
    form = sara.form(repeat="monthly", email=SARA, mobile="09123456789", day="12")
    first, second = sara.send(form), sara.send(form)
    assert first.status_code == second.status_code == 303
    assert len(mandates()) == 1


def test_who_comes_back_with_a_no_has_signed_nothing_whatever_the_address_says(sara: Donor, debits: Debits):
    banks = sends(sara).headers["Location"]
    own = sign(sara, banks, "refuse")
    assert mandates()[0].state == "lapsed"
    forged = f"{own}/signed?payman_authority=payman_x&status=OK"
    assert sara.client.get(forged).status_code == 303
    assert mandates()[0].state == "lapsed"
    debits.work()
    assert debits.money() == []


def test_a_bank_that_is_not_on_the_list_is_asked_for_again(sara: Donor):
    banks = sends(sara).headers["Location"]
    assert_refused(sara.client.post(banks, data={"bank": "NONE"}), "bank")


def test_a_gateway_that_opens_no_contract_keeps_everything_for_another_try(sara: Donor, debits: Debits):
    debits.fault("http_500", operation="payman_request")
    page = sends(sara)
    assert page.status_code == 503
    again = re.search(r'action="(/mandate/[^"]+/bank)"', page.text)
    assert again and mandates()[0].state == "draft"
    assert sara.client.post(again[1]).status_code == 303
    assert mandates()[0].state == "signing"


def test_her_own_page_pauses_changes_and_goes_on(sara: Donor, debits: Debits):
    own = sign(sara, sends(sara).headers["Location"])
    debits.work()
    assert sara.client.post(own, data={"rials": "۹۰٬۰۰۰", "day": "20"}).status_code == 303
    assert (mandates()[0].rials, mandates()[0].day) == (900_000, 20)
    assert_refused(sara.client.post(own, data={"rials": "100001", "day": "20"}), "rials")
    sara.client.post(f"{own}/pause")
    assert mandates()[0].state == "paused" and mandates()[0].next_on is None
    sara.client.post(f"{own}/resume")
    assert mandates()[0].state == "active" and mandates()[0].next_on is not None


def test_looking_at_the_end_ends_nothing_and_the_button_does(sara: Donor, debits: Debits):
    own = sign(sara, sends(sara).headers["Location"])
    assert sara.client.get(f"{own}/stop").status_code == 200
    assert mandates()[0].state == "active"
    assert sara.client.post(f"{own}/stop").status_code == 303
    assert mandates()[0].state == "stopped"
    assert debits.contract_states() == ["CANCELLED"]
    assert sara.client.get(own).status_code == 200
    assert sara.client.post(f"{own}/resume").status_code == 303
    assert mandates()[0].state == "stopped"
    debits.work()
    assert debits.money() == []


def test_with_the_gateway_down_the_end_is_final_all_the_same(sara: Donor, debits: Debits):
    own = sign(sara, sends(sara).headers["Location"])
    debits.fault("http_500", operation="cancelContract")
    sara.client.post(f"{own}/stop")
    assert mandates()[0].state == "stopped"
    assert debits.contract_states() == ["SIGNED"]
    debits.work(minutes=3)
    assert debits.money() == [] and debits.contract_states() == ["CANCELLED"]


def test_nobody_without_the_link_sees_anything(client: FlaskClient, sara: Donor, debits: Debits):
    mandate = debits.signed(live_campaign())
    for token in (mandate.public_id, "x"):
        for path in ("", "/bank", "/stop", "/signed"):
            assert client.get(f"/mandate/{token}{path}").status_code == 404
    assert client.get(f"/mandate/{links.own(mandate)}").status_code == 200


def test_finance_sees_how_it_stands_and_never_who_it_is(app: Flask, debits: Debits):
    mandate = debits.signed(live_campaign(), hide_name=False, donor_name="Sara Ahmadi")
    debits.work()
    farid = Hands(app, person("Farid", Role.FINANCE))
    assert "۵۰۰٬۰۰۰" in farid.seen("/finance/mandates?state=active")
    assert "۵۰۰٬۰۰۰" not in farid.seen("/finance/mandates?state=stopped")
    page = farid.seen(f"/finance/mandates/{mandate.public_id}")
    assert charges(mandate)[0].gift.rials == RIALS
    for secret in (SARA, "9123456789", "Sara Ahmadi", mandate.sealed):
        assert secret not in page
    seed_provinces()
    elsewhere = Hands(app, person("Sima", Role.FINANCE, province_code="IR-25"))
    assert "۵۰۰٬۰۰۰" not in elsewhere.seen("/finance/mandates")
    assert elsewhere.get(f"/finance/mandates/{mandate.public_id}").status_code == 404
    stranger = Hands(app, person("Nima"))
    assert stranger.get("/finance/mandates").status_code == 404
    assert stranger.get(f"/finance/mandates/{mandate.public_id}").status_code == 404
