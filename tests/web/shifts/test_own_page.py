"""One's own page by code: the list moves up, places are given back, the calendar follows, hours become thanks."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base.clock import at, now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.notices.models import Letter
from campaigns.domain.volunteers.hour_models import HourEntry, Thanks
from campaigns.domain.volunteers.hours import NotNow, minutes_of, see
from campaigns.domain.volunteers.shift_models import Signup
from campaigns.domain.volunteers.shift_worker import remind_of_shifts
from campaigns.domain.volunteers.thanks import letters_of
from campaigns.web.letterlinks import link
from tests.cast import mina, parisa, reza
from tests.support.crowds import at_once
from tests.volunteering import checked_in, driver, shift, takes, volunteer
from tests.web.refusals import assert_refused
from tests.worlds import live_campaign


@pytest.fixture
def role(app):
    return driver(live_campaign(mina(), reza(), parisa()))


@pytest.fixture
def sara(role):
    return volunteer()


def served(role, holder, hours: int = 4) -> Signup:
    """Somebody was at a shift last week for so many hours, and was checked in."""
    with at(now() - timedelta(days=8)):
        [signup] = takes(holder, shift(role, places=5, hours=hours))
    checked_in(signup, hours * 60, role.campaign.author)
    return signup


def test_looking_at_the_cancel_link_cancels_nothing_and_the_button_does(client, role, sara):
    one = shift(role, places=1)
    [hers], omid = takes(sara, one), volunteer("امید")
    [his] = takes(omid, one)
    address = f"/shifts/{sara.code}/{hers.public_id}/cancel"
    assert "جا را پس می‌دهم" in client.get(address).text
    assert db.session.get_one(Signup, hers.id).state == "taken"
    assert client.post(address).status_code == 303
    assert client.post(address).status_code == 303
    assert [db.session.get_one(Signup, one.id).state for one in (hers, his)] == ["cancelled", "taken"]
    assert "جا برای شماست" in client.get(f"/shifts/{omid.code}").text
    assert "پس داده‌اید" in client.get(f"/shifts/{sara.code}").text


def test_nobody_gives_back_what_another_code_opens(client, role, sara):
    [hers] = takes(sara, shift(role))
    takes(volunteer("امید"), shift(role))
    other = db.session.scalars(select(Signup).where(Signup.id != hers.id)).one()
    assert client.post(f"/shifts/{other.code}/{hers.public_id}/cancel").status_code == 404
    assert client.get("/shifts/00000000000").status_code == 404


def test_once_it_has_begun_she_is_told_to_call(client, role, sara):
    one = shift(role)
    [hers] = takes(sara, one)
    one.starts_at = now() - timedelta(minutes=5)
    db.session.commit()
    assert client.post(f"/shifts/{sara.code}/{hers.public_id}/cancel").status_code == 422


def test_the_calendar_file_puts_the_shift_in_and_takes_it_out_again(client, role, sara):
    [hers] = takes(sara, shift(role))
    address = f"/shifts/{sara.code}/{hers.public_id}.ics"
    answer = client.get(address)
    assert answer.mimetype == "text/calendar"
    first = answer.text.replace("\r\n ", "").splitlines()
    assert {"METHOD:PUBLISH", "SEQUENCE:0", f"UID:{hers.public_id}@localhost"} <= set(first)
    client.post(f"/shifts/{sara.code}/{hers.public_id}/cancel")
    later = client.get(address).text.replace("\r\n ", "").splitlines()
    assert {"METHOD:CANCEL", "SEQUENCE:1", f"UID:{hers.public_id}@localhost"} <= set(later)


def test_who_waits_has_no_calendar_file(client, role, sara):
    one = shift(role, places=1)
    takes(volunteer("امید"), one)
    [hers] = takes(sara, one)
    assert client.get(f"/shifts/{sara.code}/{hers.public_id}.ics").status_code == 404


def test_the_code_typed_in_any_way_opens_the_page(client, role, sara):
    takes(sara, shift(role))
    typed = f"{sara.code[:4]}-{sara.code[4:8]} {sara.code[8:].lower()}"
    assert client.post("/shifts", data={"code": typed}).headers["Location"].endswith(f"/shifts/{sara.code}")
    assert_refused(client.post("/shifts", data={"code": "ABC"}), "code")
    assert_refused(client.post("/shifts", data={"code": "00000000000"}), "code")


def test_the_reminder_comes_once_however_many_workers_look(app, role, sara):
    one = shift(role, places=3)
    takes(sara, one, email="sara@example.org")
    takes(volunteer("امید"), one)
    before = one.starts_at - timedelta(hours=20)

    def look(_number: int) -> None:
        with at(before):
            remind_of_shifts(link)
            db.session.commit()

    look(0)
    at_once(app, 4, look)
    keys = db.session.scalars(select(Letter.dedupe_key).where(Letter.dedupe_key.endswith(":reminder"))).all()
    assert len(keys) == 1


def test_nobody_is_reminded_early_or_of_what_was_given_back(role, sara):
    one = shift(role)
    takes(sara, one, email="sara@example.org")
    assert remind_of_shifts(link) == 0
    with at(one.starts_at + timedelta(minutes=1)):
        assert remind_of_shifts(link) == 0


def test_hours_are_corrected_by_another_entry_only(role, sara):
    hers = served(role, sara)
    checked_in(hers, 150, role.campaign.author, "زودتر رفت")
    assert minutes_of(sara.volunteer.id, role.campaign_id) == 150
    checked_in(hers, None, role.campaign.author)
    assert minutes_of(sara.volunteer.id, role.campaign_id) == 0
    entries = db.session.scalars(select(HourEntry).order_by(HourEntry.id)).all()
    assert [entry.minutes for entry in entries] == [240, -90, -150]
    assert [entry.corrects_id for entry in entries] == [None, entries[0].id, entries[1].id]


def test_nobody_is_checked_in_before_the_shift_or_from_the_waiting_list(role, sara):
    one = shift(role, places=1)
    [hers], [his] = takes(sara, one), takes(volunteer("امید"), one)
    for signup, moment in ((hers, now()), (his, one.starts_at + timedelta(hours=1))):
        with at(moment), pytest.raises(NotNow):
            see(signup, 60, role.campaign.author_id)
    db.session.rollback()


def test_a_vow_is_fulfilled_by_hours_that_were_checked_in(client, role, sara):
    takes(sara, shift(role))
    address = f"/shifts/{sara.code}/vow/{role.campaign.slug}"
    last = tehran_day(now() + timedelta(days=30)).isoformat()
    assert_refused(client.post(address, data={"hours": "۰", "until": "۱۴۰۰/۰۱/۰۱"}), "hours", "until")
    assert client.post(address, data={"hours": "۶", "until": last}).status_code == 303
    assert "۰ از ۶ ساعت" in client.get(f"/shifts/{sara.code}").text
    with at(now() + timedelta(days=1)):
        [signup] = takes(sara, shift(role, starts_at=now() + timedelta(hours=1)))
    with at(now() + timedelta(days=2)):
        checked_in(signup, 240, role.campaign.author)
    assert "۴ از ۶ ساعت" in client.get(f"/shifts/{sara.code}").text
    assert client.post(f"{address}/withdraw").status_code == 303
    assert "از ۶ ساعت" not in client.get(f"/shifts/{sara.code}").text


def test_hours_become_a_certificate_that_anybody_can_confirm(client, role, sara):
    served(role, sara, hours=3)
    address = f"/shifts/{sara.code}/thanks/{role.campaign.slug}"
    assert_refused(client.post(address, data={}), "shown")
    for _ in range(2):
        assert client.post(address, data={"shown": "letters"}).status_code == 303
    made = db.session.scalars(select(Thanks)).one()
    page = client.get(f"/thanks/{made.code}").text
    assert "س. م." in page and "سارا" not in page and "۳ ساعت" in page
    paper = client.get(f"/shifts/{sara.code}/certificate/{made.code}.pdf")
    assert paper.mimetype == "application/pdf" and paper.data.startswith(b"%PDF-")
    other = volunteer("امید")
    assert client.get(f"/shifts/{other.code}/certificate/{made.code}.pdf").status_code == 404


def test_a_certificate_says_when_its_hours_were_corrected_away(client, role, sara):
    hers = served(role, sara)
    client.post(f"/shifts/{sara.code}/thanks/{role.campaign.slug}", data={"shown": "whole"})
    made = db.session.scalars(select(Thanks)).one()
    assert "سارا محمدی" in client.get(f"/thanks/{made.code}").text
    checked_in(hers, 60, role.campaign.author)
    assert "اصلاح شده" in client.get(f"/thanks/{made.code}").text


def test_without_hours_there_is_no_certificate(client, role, sara):
    takes(sara, shift(role))
    address = f"/shifts/{sara.code}/thanks/{role.campaign.slug}"
    assert client.get(address).status_code == 404
    assert client.post(address, data={"shown": "whole"}).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Thanks)) == 0


def test_first_letters_of_a_name() -> None:
    assert letters_of("سارا  محمدی") == "س. م."
