"""Roles and shifts on the desk: written, read by a moderator, filled with shifts, and the roll of who came."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.volunteers.erasing import erase
from campaigns.domain.volunteers.hour_models import HourEntry
from campaigns.domain.volunteers.shift_models import RoleWording, Shift, Signup, VolunteerRole
from campaigns.domain.volunteers.signups import move_up_everywhere
from campaigns.web.letterlinks import link
from tests.cast import mina, parisa, person, reza
from tests.volunteering import driver, shift, takes, volunteer
from tests.web.officehands import Hands
from tests.web.refusals import assert_refused
from tests.worlds import live_campaign


@pytest.fixture
def desk(app):
    return Hands(app, mina())


@pytest.fixture
def campaign(desk):
    return live_campaign(desk.user, reza(), parisa())


def address(campaign, page: str = "roles") -> str:
    return f"/desk/c/{campaign.public_id}/{page}"


def begun(role: VolunteerRole) -> Signup:
    """Sara has a place on a shift that began two hours ago."""
    one = shift(role, places=2)
    [signup] = takes(volunteer(), one)
    one.starts_at, one.ends_at = now() - timedelta(hours=2), now() + timedelta(hours=2)
    db.session.commit()
    return signup


def test_a_role_is_written_read_by_a_moderator_and_then_shown(app, desk, campaign, client):
    facts = {"name_fa": "رانندهٔ وانت", "text_fa": "بردن یخچال", "place_fa": "رایین"}
    page = desk.after(desk.fill(address(campaign, "roles/new"), **facts))
    assert "در انتظار بررس" in page
    public = f"/c/{campaign.slug}/volunteer"
    assert "رانندهٔ وانت" not in client.get(public).text
    wording = db.session.scalars(select(RoleWording)).one()
    moderator = Hands(app, person("Nima", Role.MODERATOR))
    item = f"/mod/role/{wording.public_id}"
    assert "بردن یخچال" in moderator.seen(item)
    page = moderator.after(moderator.fill(item, verdict="approve"))
    assert "رانندهٔ وانت" in client.get(public).text
    decision = page.split("/undo/")[1].split('"')[0]
    moderator.after(moderator.fill(item, to=f"{item}/undo/{decision}"))
    assert "رانندهٔ وانت" not in client.get(public).text


def test_new_words_wait_while_the_old_ones_stay(app, desk, campaign, client):
    role = driver(campaign)
    desk.after(desk.fill(address(campaign, f"roles/{role.public_id}"), name_fa="رانندهٔ کامیون"))
    public = f"/c/{campaign.slug}/volunteer"
    assert "رانندهٔ وانت" in client.get(public).text
    waiting = db.session.scalars(select(RoleWording).where(RoleWording.state == "waiting")).one()
    moderator = Hands(app, person("Nima", Role.MODERATOR))
    moderator.after(moderator.fill(f"/mod/role/{waiting.public_id}", verdict="approve"))
    page = client.get(public).text
    assert "رانندهٔ کامیون" in page and "رانندهٔ وانت" not in page


def test_words_sent_back_can_be_mended(app, desk, campaign):
    desk.after(desk.fill(address(campaign, "roles/new"), name_fa="کمک"))
    wording = db.session.scalars(select(RoleWording)).one()
    moderator = Hands(app, person("Nima", Role.MODERATOR))
    answers = {"verdict": "return", "reason": "unclear", "note": "بنویسید چه کمکی."}
    item = f"/mod/role/{wording.public_id}"
    reasons = moderator.seen(item)
    answers["reason"] = reasons.split('<option value="')[2].split('"')[0]
    moderator.after(moderator.fill(item, **answers))
    assert "بنویسید چه کمکی." in desk.seen(address(campaign))
    desk.after(desk.fill(address(campaign, f"roles/{wording.role.public_id}"), name_fa="رانندهٔ وانت"))
    assert db.session.scalars(select(RoleWording.state)).all() == ["waiting"]


def test_shifts_come_for_some_weeks_at_the_same_hour(desk, campaign):
    role = driver(campaign)
    day = tehran_day(now() + timedelta(days=3)).isoformat()
    form = {"day": day, "begins": "۲۲:۰۰", "ends": "۲:۰۰", "places": "۳", "weeks": "۲"}
    page = desk.after(desk.fill(address(campaign, f"roles/{role.public_id}/shifts"), **form))
    assert "۰ از ۳ جا" in page
    made = db.session.scalars(select(Shift).order_by(Shift.starts_at)).all()
    assert [one.minutes for one in made] == [240, 240]
    assert made[1].starts_at - made[0].starts_at == timedelta(weeks=1)
    wrong = form | {"day": "۱۴۰۰/۰۱/۰۱", "places": "۰"}
    assert_refused(desk.fill(address(campaign, f"roles/{role.public_id}/shifts"), **wrong), "day", "places")


def test_more_places_let_who_waits_in_and_fewer_than_taken_are_refused(desk, campaign):
    one = shift(driver(campaign), places=1)
    takes(volunteer(), one)
    [omid] = takes(volunteer("امید"), one)
    places = address(campaign, f"shifts/{one.public_id}/places")
    desk.after(desk.fill(places, places="۲"))
    assert db.session.get_one(Signup, omid.id).state == "taken"
    assert_refused(desk.fill(places, places="۱"), "places")


def test_who_came_is_checked_in_corrected_and_summed(desk, campaign):
    signup = begun(driver(campaign))
    roll = address(campaign, f"shifts/{signup.shift.public_id}")
    page = desk.seen(roll)
    assert "سارا محمدی" in page and "ثبت حضور" in page
    note = f"{roll}/seen/{signup.public_id}"
    names = {"hours": f"{signup.public_id}-hours", "minutes": f"{signup.public_id}-minutes"}
    sent = {names["hours"]: "۳", names["minutes"]: "۳۰", "seen": "there", "csrf_token": desk.token}
    page = desk.after(desk.post(note, sent))
    assert "۳ ساعت و ۳۰ دقیقه" in page
    assert desk.post(note, sent | {names["hours"]: "۹۹"}).status_code == 422
    desk.after(desk.post(note, {"seen": "absent", "csrf_token": desk.token}))
    assert db.session.scalar(select(func.sum(HourEntry.minutes))) == 0
    assert db.session.scalar(select(func.count()).select_from(HourEntry)) == 2


def test_a_shift_that_is_called_off_says_so_and_lists_whom_to_call(desk, campaign):
    one = shift(driver(campaign))
    takes(volunteer(), one)
    roll = address(campaign, f"shifts/{one.public_id}")
    page = desk.after(desk.post(f"{roll}/call-off", {"csrf_token": desk.token}))
    assert "سارا محمدی" in page and "لغو" in page


def test_the_roll_is_for_its_organizer_and_coordinators_of_its_province_only(app, desk, campaign):
    signup = begun(driver(campaign))
    roll = address(campaign, f"shifts/{signup.shift.public_id}")
    other = Hands(app, person("Omid", Role.ORGANIZER))
    elsewhere = Hands(app, person("Nahid", Role.COORDINATOR, province_code="IR-01"))
    here = Hands(app, person("Zahra", Role.COORDINATOR, province_code="IR-08"))
    for stranger in (other, elsewhere):
        assert stranger.get(roll).status_code == 404
    assert "سارا محمدی" in here.seen(roll)
    assert here.get(address(campaign)).status_code == 404


def test_somebody_who_is_forgotten_leaves_the_place_to_who_waits(app, client, campaign):
    one = shift(driver(campaign), places=1)
    sara = volunteer()
    takes(sara, one, email="sara@example.org")
    [omid] = takes(volunteer("امید"), one)
    forget(sara.volunteer)
    assert db.session.get_one(Signup, omid.id).state == "taken"
    assert db.session.scalars(select(Signup.email)).all() == [None, None]
    assert client.get(f"/shifts/{sara.code}").status_code == 404


def forget(someone) -> None:
    erase(someone)
    db.session.commit()
    move_up_everywhere(link)
    db.session.commit()
