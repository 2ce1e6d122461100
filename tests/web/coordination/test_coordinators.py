"""Coordinators: whom they see, verifying with evidence, joining, matching, calling, taking a file along."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import event
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission, Role
from campaigns.domain.exports.models import Export
from campaigns.domain.volunteers import evidence, profiles
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer
from campaigns.domain.volunteers.surge_models import Surge
from campaigns.domain.volunteers.surges import answer
from campaigns.domain.volunteers.words import State
from tests.cast import leila, person
from tests.network import (
    KERMAN,
    YAZD,
    a_mobile,
    coordinator,
    county,
    network,
    profile,
    signed_up,
    speciality,
    verified,
)
from tests.web.officehands import Hands, filled


@pytest.fixture(autouse=True)
def _network(app: Flask) -> None:
    network()


@pytest.fixture
def nasrin(app: Flask) -> Hands:
    """The coordinator of Kerman."""
    return Hands(app, coordinator(province_code=KERMAN))


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), (10, 120, 90)).save(file, "PNG")
    return file.getvalue()


def kept(hands: Hands, one: Volunteer, data: bytes) -> TestResponse:
    """Sends a paper; the whole body at once, so that no file is left open."""
    form = {"csrf_token": hands.token, "paper": FileStorage(BytesIO(data), "licence.png")}
    boundary, body = encode_multipart(form)
    sort = f"multipart/form-data; boundary={boundary}"
    return hands.client.post(f"{page_of(one)}/papers", data=body, content_type=sort)


def page_of(one: Volunteer) -> str:
    return f"/coordination/people/{one.public_id}"


def decided(hands: Hands, one: Volunteer, **what: str) -> Any:
    return hands.fill(page_of(one), f"{page_of(one)}/decide", **what)


def test_who_waits_longest_stands_first_and_only_ones_own_province_is_there(nasrin):
    first, second = signed_up("nurse", name="یکم"), signed_up("nurse", name="دوم")
    far = signed_up("nurse", name="یزدی", province_code=YAZD)
    page = nasrin.seen("/coordination/")
    assert page.index("یکم") < page.index("دوم") and "یزدی" not in page
    assert first.mobile[-4:] != second.mobile[-4:]
    for path in (
        page_of(far),
        f"{page_of(far)}/erase",
        "/coordination/?province=IR-21",
        "/coordination/?page=9",
    ):
        assert nasrin.get(path).status_code == 404, path
    assert decided_status(nasrin, far) == 404
    assert far.state == State.REGISTERED


def decided_status(hands: Hands, one: Volunteer) -> int:
    form = {"csrf_token": hands.token, "after": "verified", "note": "-", "seen": one.state}
    return hands.post(f"{page_of(one)}/decide", form).status_code


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMIN, Role.COORDINATOR}])
def test_other_roles_find_no_volunteers(app, role):
    hands, one = Hands(app, person("Reza", role)), signed_up("nurse")
    for path in ("/coordination/", "/coordination/match", "/coordination/export", page_of(one)):
        assert hands.get(path).status_code == 404, path
    assert decided_status(hands, one) == 404


def test_somebody_is_found_by_name_and_by_number_in_any_writing(nasrin):
    one = signed_up("nurse", name="نرگس امینی")
    signed_up("nurse", name="دیگری")
    for words in ("نرگس", f"0{one.mobile[3:]}", f"0098{one.mobile[3:]}"):
        page = nasrin.seen(f"/coordination/?q={words}")
        assert "نرگس" in page and "دیگری" not in page


def test_verifying_with_a_paper_that_is_painted_anew(nasrin, client, settings):
    one = signed_up("nurse")
    refused = decided(nasrin, one, after="verified")
    assert refused.status_code == 422 and "مدرکی نگه دارید" in refused.text
    assert kept(nasrin, one, picture()).status_code == 303
    (paper,) = evidence.papers_of(one)
    address = f"{page_of(one)}/papers/{paper.public_id}"
    shown = nasrin.get(address)
    assert shown.mimetype == "image/jpeg" and shown.headers["Content-Security-Policy"].endswith("sandbox")
    assert shown.data != picture() and client.get(address).status_code == 302
    done = decided(nasrin, one, after="verified")
    assert "تأییدشده" in nasrin.after(done) and one.state == State.VERIFIED


@pytest.mark.parametrize("data", [b"", b"<html>", b"x" * (5 * 1024 * 1024 + 1)])
def test_what_is_no_paper_is_not_kept(nasrin, data):
    one = signed_up("nurse")
    answer = kept(nasrin, one, data)
    assert answer.status_code == 422 and 'id="paper-error"' in answer.text
    assert evidence.papers_of(one) == []


def test_asking_for_more_and_declining_need_a_reason_which_the_volunteer_reads(nasrin, client):
    one = signed_up("nurse")
    for after in ("more", "declined"):
        assert decided(nasrin, one, after=after).status_code == 422
    assert decided(nasrin, one, after="more", reason="شمارهٔ پروانه را بنویسید").status_code == 303
    found = client.post("/volunteers/status", data={"code": one.code, "last": one.mobile[-4:]})
    assert "شمارهٔ پروانه را بنویسید" in client.get(found.headers["Location"]).text


def test_a_page_that_is_out_of_date_decides_nothing(nasrin):
    one = signed_up("nurse")
    form = filled(nasrin.get(page_of(one)), after="declined", reason="نه")
    assert decided(nasrin, one, after="verified", note="دیدم").status_code == 303
    late = nasrin.post(f"{page_of(one)}/decide", form)
    assert late.status_code == 422 and "کس دیگری" in late.text and one.state == State.VERIFIED


def test_a_later_sign_up_waits_until_somebody_has_called(nasrin, app):
    one = signed_up("nurse", name="نرگس")
    profiles.sign_up(profile("driver", name="نرگس امینی"), one.mobile)
    db.session.commit()
    page = nasrin.get("/coordination/again")
    assert "نرگس امینی" in page.text
    other = Hands(app, coordinator("Yazdi", province_code=YAZD))
    assert "نرگس" not in other.seen("/coordination/again")
    again = page.text.split("/coordination/again/")[1].split("/")[0]
    path = f"/coordination/again/{again}/join"
    assert other.post(path, {"csrf_token": other.token}).status_code == 404
    assert nasrin.post(path, {"csrf_token": nasrin.token}).status_code == 303
    assert one.name == "نرگس امینی"
    late = nasrin.post(path, {"csrf_token": nasrin.token})
    assert "کس دیگری" in nasrin.after(late)


def test_finding_somebody_by_what_where_and_when(nasrin):
    by, rayen = nasrin.user, county("راین")
    verified("nurse", by=by, name="نرگس صبح", county_id=rayen, slots=1)
    verified("nurse", by=by, name="نرگس شب", county_id=rayen, slots=32)
    verified(by=by, name="تسهیلگر راین", county_id=rayen, slots=1, is_facilitator=True)
    path = f"/coordination/match?speciality={speciality('nurse')}&province={KERMAN}&county={rayen}&slot=1"
    page = nasrin.seen(path)
    assert "نرگس صبح" in page and "نرگس شب" not in page
    assert page.index("نرگس صبح") < page.index("تسهیلگر راین")
    for wrong in (
        "province=IR-21",
        "speciality=999",
        "speciality=x",
        f"speciality={speciality('nurse')}&slot=3",
    ):
        assert nasrin.get(f"/coordination/match?{wrong}").status_code == 404, wrong


def test_the_match_page_asks_as_often_for_one_as_for_many(nasrin):
    path = f"/coordination/match?speciality={speciality('nurse')}"
    verified("nurse", by=nasrin.user, is_facilitator=True)
    few = asked(nasrin, path)
    for number in range(40):
        verified("nurse", "doctor", by=nasrin.user, county_id=county("راین"), is_facilitator=number % 2 == 0)
    assert asked(nasrin, path) == few
    many = asked(nasrin, "/coordination/?state=verified")
    verified("nurse", "driver", by=nasrin.user)
    assert asked(nasrin, "/coordination/?state=verified") == many


def asked(hands: Hands, path: str) -> int:
    """Statements of one page."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        hands.seen(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_a_call_for_many_hands(nasrin, client):
    told = {"title_fa": "سیل راین", "slug": "seyl-rayen", "about_fa": "بیل و نان"}
    answer_ = nasrin.fill("/coordination/calls", **told)
    assert answer_.status_code == 303
    assert "بیل و نان" in client.get("/volunteers/now/seyl-rayen").text
    surge = db.session.query(Surge).one()
    assert surge.province_code == KERMAN
    answer(surge, a_mobile(), "نرگس", KERMAN, "پرستار", "fa")
    answer(surge, a_mobile(), "یزدی", YAZD, "راننده", "fa")
    db.session.commit()
    page = nasrin.seen(answer_.headers["Location"])
    assert "نرگس" in page and "یزدی" not in page
    assert nasrin.fill("/coordination/calls", **told).status_code == 422
    for wrong in ({"slug": "Seyl!"}, {"title_fa": ""}, {"campaign": "nothing-here"}):
        assert nasrin.fill("/coordination/calls", **told | {"slug": "barf"} | wrong).status_code == 422
    close = f"/coordination/calls/{surge.public_id}/close"
    assert nasrin.post(close, {"csrf_token": nasrin.token}).status_code == 303
    assert surge.closed_at is not None


def test_only_administrators_of_the_country_keep_the_specialities(nasrin, app):
    assert nasrin.get("/coordination/specialities").status_code == 404
    hands = Hands(app, leila())
    new = {"division": "construction", "name_fa": "جوش‌کار", "name_en": "Welder"}
    assert hands.fill("/coordination/specialities", **new).status_code == 303
    assert hands.fill("/coordination/specialities", **new).status_code == 422
    assert hands.fill("/coordination/specialities", **new | {"name_en": "؟"}).status_code == 422
    edit = hands.fill("/coordination/specialities/welder", name_fa="جوشکار", needs_licence="y")
    assert edit.status_code == 303
    row = db.session.query(Speciality).filter_by(code="welder").one()
    assert (row.name_fa, row.needs_licence, row.is_active) == ("جوشکار", True, True)
    assert (
        hands.post("/coordination/specialities/welder/rest", {"csrf_token": hands.token}).status_code == 303
    )
    assert not row.is_active and "جوشکار" in hands.seen("/coordination/specialities")


def test_a_file_holds_ones_own_province_and_is_logged(nasrin):
    signed_up("nurse", name="=HYPERLINK()", licence_number="99")
    signed_up("nurse", name="یزدی", province_code=YAZD)
    answer_ = nasrin.fill("/coordination/export")
    assert answer_.mimetype == "text/csv"
    assert "'=HYPERLINK()" in answer_.text and "یزدی" not in answer_.text
    log = db.session.query(Export).one()
    assert (log.kind, log.rows, log.personal, log.user_id) == ("volunteers", 1, True, nasrin.user.id)
    assert log.sha256.hex() == answer_.headers["X-Checksum-SHA256"]


def test_erasing_for_somebody_who_called(nasrin):
    one = signed_up("nurse", name="نرگس")
    path = f"{page_of(one)}/erase"
    assert "نرگس" in nasrin.seen(path)
    assert nasrin.fill(path).status_code == 303
    assert one.mobile is None and nasrin.get(page_of(one)).status_code == 404


def test_the_room_stands_in_the_navigation_of_coordinators_only(nasrin, app):
    assert 'href="/coordination/"' in nasrin.seen("/account")
    assert 'href="/coordination/"' not in Hands(app, person("Reza", Role.MODERATOR)).seen("/account")
    assert Permission.COORDINATE.value == "coordinate"
