"""The short page of a crisis, and the public page of the network."""

import pytest
from flask import Flask

from campaigns.base.extensions import db
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.surge_models import Surge, SurgeSignup
from campaigns.domain.volunteers.surges import close_call, open_call
from tests.network import KERMAN, YAZD, coordinator, network, signed_up, verified
from tests.web.network.test_joining import sent

CALL = "/volunteers/now/seyl"
ME = {"name": "نرگس امینی", "mobile": "09121112233", "province": YAZD, "offer": "پرستار"}


@pytest.fixture
def surge(app: Flask) -> Surge:
    network()
    made = open_call(Surge(slug="seyl", title_fa="سیل راین", province_code=KERMAN), coordinator())
    db.session.commit()
    return made


def test_one_short_form_and_everybody_gets_the_same_answer(client, surge):
    signed_up("nurse", mobile="+989121112233")
    answers = [
        sent(client, CALL, **ME),
        sent(client, CALL, **ME),
        sent(client, CALL, **ME | {"mobile": "09350000001"}),
    ]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (303, f"{CALL}/thanks")
    }
    assert db.session.query(SurgeSignup).count() == db.session.query(Volunteer).count() == 2
    assert "ثبت شد" in client.get(f"{CALL}/thanks").text


def test_the_place_of_the_crisis_is_chosen_until_another_is(client, surge):
    assert f'<option value="{KERMAN}" selected>' in client.get(CALL).text


@pytest.mark.parametrize("field", ["name", "mobile", "offer", "province"])
def test_what_is_missing_is_said(client, surge, field):
    answer = sent(client, CALL, **ME | {field: ""})
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert db.session.query(Volunteer).count() == 0


def test_a_closed_call_takes_nobody_and_says_so(client, surge):
    assert "سیل راین" in client.get("/volunteers/").text
    close_call(surge)
    db.session.commit()
    client.application.extensions["pagecache"].clear()
    assert "سیل راین" not in client.get("/volunteers/").text
    assert "به اندازهٔ کافی" in client.get(CALL).text
    assert client.post(CALL, data=ME).headers["Location"] == CALL
    assert db.session.query(Volunteer).count() == 0
    assert client.get("/volunteers/now/none").status_code == 404


def test_the_public_page_counts_and_names_nobody(client, app):
    network()
    by = coordinator()
    for _ in range(6):
        verified("nurse", by=by, name="نرگس امینی")
    verified("driver", by=by, name="نرگس امینی")
    pages = [client.get("/volunteers/").text, client.get(f"/volunteers/?province={KERMAN}").text]
    for page in pages:
        assert "پرستار" in page and "نرگس" not in page and "گفته نمی‌شود" in page
    assert "کمتر از ۵" in pages[1]
    assert client.get("/volunteers/?province=IR-99").status_code == 404
