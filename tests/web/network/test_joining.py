"""Signing up without an account, finding one's page again, changing it, leaving."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from campaigns.base.codes import new_code, spoken
from campaigns.base.extensions import db
from campaigns.base.tokens import read, sign
from campaigns.domain.volunteers import queries, verification
from campaigns.domain.volunteers.profile_models import Volunteer, VolunteerRequest
from campaigns.domain.volunteers.words import State
from campaigns.web.network.formkey import PURPOSE
from tests.network import coordinator, county, network, signed_up, speciality
from tests.web.officehands import filled

SARA = "۰۹۱۲ ۱۱۱ ۲۲۳۳"
KEPT = "+989121112233"
JOIN = "/volunteers/join/IR-08"


@pytest.fixture(autouse=True)
def _network(app: Flask) -> None:
    network()


def nurse(**changes: object) -> dict[str, object]:
    return {
        "name": "نرگس اميني",
        "county": str(county("راین")),
        "specialities": [str(speciality("nurse"))],
        "licence": "۱۲۳۴۵",
        "hours": "۶",
        "slots": ["1", "8"],
        "mobile": SARA,
        "consent": "y",
        **changes,
    }


def in_time(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The form as somebody sends it who took three minutes to fill it in."""
    if "form_key" in form:
        made_for, key, made = read(PURPOSE, form["form_key"])
        form["form_key"] = sign(PURPOSE, [made_for, key, made - 180])
    return form


def sent(client: FlaskClient, path: str = JOIN, **changes: object) -> TestResponse:
    """Opens the form, takes the time a person takes, and sends it."""
    return client.post(path, data=in_time(filled(client.get(path), **changes)))


def person() -> Volunteer:
    return db.session.query(Volunteer).filter_by(mobile=KEPT).one()


def test_a_nurse_signs_up_with_any_digits_and_sees_her_code(client):
    answer = sent(client, **nurse())
    assert answer.status_code == 303
    narges = person()
    assert (narges.name, narges.hours, narges.slots) == ("نرگس امینی", 6, 9)
    assert narges.county_id == county("راین") and narges.licence_number == "12345"
    page = client.get(answer.headers["Location"])
    assert spoken(narges.code) in page.text and "پرستار" in page.text and "نام‌نویسی شده" in page.text
    assert page.headers["Cache-Control"] == "private, no-store" and "Set-Cookie" not in page.headers


def test_the_province_is_asked_for_first(client):
    answer = client.get("/volunteers/join?province=IR-08")
    assert answer.status_code == 303 and answer.headers["Location"].endswith(JOIN)
    assert client.get("/volunteers/join/IR-99").status_code == 404
    assert "راین" in client.get(JOIN).text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"mobile": "12"}, "mobile"),
        ({"mobile": ""}, "mobile"),
        ({"hours": ""}, "hours"),
        ({"hours": "100"}, "hours"),
        ({"slots": []}, "slots"),
        ({"licence": ""}, "licence"),
        ({"consent": ""}, "consent"),
        ({"county": "999"}, "county"),
        ({"specialities": ["999"]}, "specialities"),
        ({"specialities": ["1", "2", "3", "4", "5", "6"]}, "specialities"),
    ],
)
def test_what_is_wrong_stands_in_the_summary_and_beside_its_field_and_nothing_is_lost(client, change, field):
    answer = sent(client, **nurse(about="شب‌ها نه", **{}) | change)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text and f'id="{field}-error"' in answer.text
    assert "شب‌ها نه" in answer.text
    assert db.session.query(Volunteer).count() == 0


def test_robots_and_forms_sent_in_a_blink_are_not_taken(client):
    assert sent(client, **nurse(website="https://example.com")).status_code == 422
    page = client.get(JOIN)
    quick = client.post(JOIN, data=filled(page, **nurse()))
    assert quick.status_code == 422 and "دوباره بفرستید" in quick.text
    assert client.post(JOIN, data=nurse()).status_code == 422
    assert db.session.query(Volunteer).count() == 0


def _blanked(text: str) -> str:
    """A page without what is different for everybody: code and signed link."""
    text = re.sub(r'(?<=class="code">)[^<]+', "", text)
    return re.sub(r"/mine/[^/\"?]+", "/mine/", text)


def test_nobody_learns_whether_a_number_is_known(client):
    """The same number signs up again: same answer, same page, and nothing of the person behind it."""
    first = sent(client, **nurse())
    fresh = client.get(first.headers["Location"])
    narges = person()
    verification.decide(narges, coordinator(), State.VERIFIED, seen="registered", note="دیدم")
    narges.name = "نام راستین"
    db.session.commit()
    second = sent(client, **nurse())
    again = client.get(second.headers["Location"])
    assert (first.status_code, fresh.status_code) == (second.status_code, again.status_code)
    assert _blanked(fresh.text) == _blanked(again.text)
    for step in ("/change", "/leave"):
        page = client.get(second.headers["Location"] + step)
        assert page.status_code == 200 and "نام راستین" not in page.text
    changed = sent(client, second.headers["Location"] + "/change", name="دیگری")
    assert changed.status_code == 303 and "دیگری" in client.get(changed.headers["Location"]).text
    assert narges.name == "نام راستین" and narges.state == State.VERIFIED
    gone = client.post(second.headers["Location"] + "/leave", data={"erase": "y"})
    assert gone.status_code == 303 and client.get(second.headers["Location"]).status_code == 404
    assert db.session.query(VolunteerRequest).count() == 0 and narges.mobile == KEPT


def test_the_same_form_sent_twice_is_one_sign_up(client):
    form = in_time(filled(client.get(JOIN), **nurse()))
    first, second = client.post(JOIN, data=form), client.post(JOIN, data=form)
    assert first.status_code == second.status_code == 303
    assert db.session.query(Volunteer).count() == 1 and db.session.query(VolunteerRequest).count() == 0


def test_code_and_four_digits_open_the_page_and_neither_alone_does(client):
    narges = signed_up("nurse", mobile=KEPT)
    good = {"code": spoken(narges.code).lower(), "last": "۲۲۳۳"}
    answer = client.post("/volunteers/status", data=good)
    assert answer.status_code == 303 and "نرگس" in client.get(answer.headers["Location"]).text
    wrong = [
        client.post("/volunteers/status", data=good | change).text
        for change in ({"last": "2234"}, {"code": new_code(), "last": "2233"})
    ]
    sentences = [re.search(r'id="code-error">.*?</span>(.*?)</p>', page, re.DOTALL) for page in wrong]
    assert sentences[0] and sentences[1] and sentences[0][1] == sentences[1][1]
    assert client.get("/volunteers/mine/anything").status_code == 404


def test_leaving_and_coming_back(client):
    answer = sent(client, **nurse())
    own = answer.headers["Location"]
    assert client.get(f"{own}/leave").status_code == 200 and person().state == State.REGISTERED
    assert client.post(f"{own}/leave").status_code == 303
    assert person().state == State.LEFT and "کناره گرفته‌اید" in client.get(own).text
    assert sent(client, f"{own}/change", hours="9").status_code == 303
    assert person().state == State.REGISTERED and person().hours == 9
    assert sent(client, f"{own}/change", hours="").status_code == 422


def test_moving_to_another_province(client):
    own = sent(client, **nurse()).headers["Location"]
    page = client.get(f"{own}/change?province=IR-21")
    assert "راین" not in page.text
    assert client.post(f"{own}/change?province=IR-21", data=filled(page)).status_code == 303
    assert (person().province_code, person().county_id) == ("IR-21", None)


def test_being_erased(client):
    own = sent(client, **nurse()).headers["Location"]
    answer = client.post(f"{own}/leave", data={"erase": "y"})
    assert answer.status_code == 303
    assert "پاک شد" in client.get(answer.headers["Location"]).text
    assert client.get(own).status_code == 404
    assert db.session.query(Volunteer).filter_by(mobile=KEPT).count() == 0


def test_too_many_tries_of_a_number_or_a_code_wait(client, change_settings):
    change_settings(rate_limits=True)
    answers = [sent(client, **nurse()).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]
    unknown = [sent(client, **nurse(mobile="09350000000")).status_code for _ in range(6)]
    assert unknown == answers
    code = {"code": person().code, "last": "0000"}
    tries = [client.post("/volunteers/status", data=code).status_code for _ in range(7)]
    assert tries == [422] * 6 + [429]


def test_what_is_offered_no_more_stays_with_who_has_it(client):
    own = sent(client, **nurse()).headers["Location"]
    skill = queries.specialities_of([person().id])[person().id][0]
    skill.is_active = False
    db.session.commit()
    assert "پرستار" not in client.get(JOIN).text
    assert "پرستار" in client.get(f"{own}/change").text
