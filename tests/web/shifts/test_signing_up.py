"""Signing up for a shift without an account: what one sees, types, and is told."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.notices.models import Letter
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.shift_models import RoleWording, Signup
from campaigns.domain.volunteers.wordings import reopen
from tests.cast import mina, parisa, reza
from tests.volunteering import checked_in, driver, gives_back, known, nurse, nursing, shift, takes, volunteer
from tests.web.refusals import assert_refused
from tests.web.shifts.hands import Person, code_of
from tests.worlds import live_campaign


@pytest.fixture
def role(app):
    return driver(live_campaign(mina(), reza(), parisa()))


@pytest.fixture
def sara(app, role):
    return Person(app, role)


def test_the_campaign_page_says_how_many_places_are_left(client, role):
    shift(role, places=3)
    page = client.get(f"/c/{role.campaign.slug}").text
    assert "رانندهٔ وانت" in page
    assert "۳ جا مانده" in page
    assert f"/c/{role.campaign.slug}/volunteer" in page


def test_sara_chooses_a_shift_and_gets_a_page_of_her_own(client, role, sara):
    one = shift(role, places=3)
    page = client.get(sara.sign_up(one)).text
    assert "رانندهٔ وانت" in page and "جا برای شماست" in page
    assert "انبار رایین" in page
    assert "۲ جا مانده" in client.get(f"/c/{sara.slug}/volunteer").text


def test_on_a_full_shift_the_page_says_her_place_on_the_list(client, role, sara):
    one = shift(role, places=1)
    takes(volunteer("امید"), one)
    page = client.get(sara.sign_up(one)).text
    assert "فهرست انتظار" in page and "نفر ۱" in page


def test_the_same_form_sent_twice_is_one_sign_up(role, sara):
    one, key = shift(role, places=3), sara.key()
    assert sara.sign_up(one, form_key=key) == sara.sign_up(one, form_key=key)
    assert db.session.scalar(select(func.count()).select_from(Signup)) == 1


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(role, sara):
    shift(role)
    page = sara.send(mobile="۱۲۳", email="sara@")
    assert_refused(page, "shifts", "mobile", "email")
    assert 'value="سارا محمدی"' in page.text and 'value="۱۲۳"' in page.text


def test_a_robot_and_a_blink_are_sent_back(role, sara):
    one = shift(role)
    assert sara.send(one, form_key=sara.key(seconds_ago=0)).status_code == 422
    assert sara.send(one, website="https://example.org").status_code == 422
    assert sara.send(one, form_key="junk").status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Signup)) == 0


def test_somebody_who_types_a_known_number_learns_nothing_of_its_person(client, role, sara):
    first, second = shift(role), shift(role, starts_at=now() + timedelta(days=9))
    own = sara.sign_up(first)
    other = sara.sign_up(second, name="کسی دیگر")
    assert code_of(own) != code_of(other)
    page = client.get(other).text
    assert "سارا" not in page and client.get(own).text.count('class="item"') == 2
    assert page.count('class="item"') == 1
    assert db.session.scalar(select(func.count()).select_from(Volunteer)) == 1
    assert known(code_of(other)).name == "سارا محمدی"


def test_two_shifts_at_the_same_time_are_refused_in_words(role, sara):
    morning = shift(role, hours=4)
    noon = shift(role, starts_at=morning.starts_at + timedelta(hours=2))
    page = sara.send(morning, noon)
    assert_refused(page, "shifts")
    assert db.session.scalar(select(func.count()).select_from(Signup)) == 0


def test_a_nurse_is_told_politely_what_is_missing(app, role):
    skill = nursing()
    role.speciality, role.needs_licence = skill, True
    one, person = shift(role, places=3), Person(app, role)
    waiting = nurse(skill, is_verified=False)
    page = person.send(one, code=waiting.code)
    assert_refused(page, "code")
    assert "هنوز" in page.text and "پرستاری" in page.text
    assert_refused(person.send(one), "code")
    assert_refused(person.send(one, code="00000000000"), "code")
    verified = nurse(skill)
    assert code_of(person.sign_up(one, code=verified.code)) == verified.code
    assert code_of(person.sign_up(one, code=verified.code)) == verified.code  # pressed twice


def test_who_left_an_address_gets_letters_and_others_get_none(client, role, sara):
    one = shift(role, places=1)
    [omid] = takes(volunteer("امید"), one)
    sara.sign_up(one, email="Sara@Example.org")
    assert gives_back(omid)
    subjects = db.session.scalars(select(Letter.subject).order_by(Letter.id)).all()
    assert len(subjects) == 2
    assert "فهرست انتظار" in subjects[0] and "جایی خالی شد" in subjects[1]
    assert set(db.session.scalars(select(Letter.to))) == {"sara@example.org"}


def test_too_many_tries_have_to_wait(change_settings, role, sara):
    change_settings(rate_limits=True)
    one = shift(role, places=30)
    answers = [sara.send(one).status_code for _ in range(12)]
    assert answers[0] == 303 and set(answers[1:10]) == {422} and answers[-1] == 429


def test_a_role_whose_words_wait_is_not_there_yet(client, role):
    shift(role)
    hidden = driver(role.campaign, "نامی که هنوز کسی نخوانده است")
    from_public = f"/c/{role.campaign.slug}/volunteer"
    assert "نامی که هنوز" in client.get(from_public).text
    hide(hidden)
    assert "نامی که هنوز" not in client.get(from_public).text
    assert client.get(f"{from_public}/{hidden.public_id}").status_code == 404


def test_public_pages_take_the_same_number_of_queries_however_many_come(app, client, role):
    one = shift(role, places=20)
    few = queries(app, client, role)
    for n in range(15):
        with_them = volunteer(f"نفر {n}")
        takes(with_them, shift(role, places=9, starts_at=now() + timedelta(days=30 + n)))
        takes(with_them, one)
        driver(role.campaign, f"نقش {n}")
    assert queries(app, client, role) == few


def test_hours_given_are_told_as_a_sum_and_nobody_is_named(client, role):
    past = shift(role, places=2, starts_at=now() + timedelta(hours=1))
    [sara], [omid] = takes(volunteer(), past), takes(volunteer("امید پارسا"), past)
    past.starts_at, past.ends_at = now() - timedelta(hours=5), now() - timedelta(hours=1)
    db.session.commit()
    for signup in (sara, omid):
        checked_in(signup, 240, role.campaign.author)
    for address in (f"/c/{role.campaign.slug}", f"/c/{role.campaign.slug}/volunteer"):
        page = client.get(address).text
        assert "۸ ساعت" in page
        assert "سارا" not in page and "امید" not in page


def hide(role) -> None:
    """A moderator takes the approval back."""
    wording = db.session.scalars(select(RoleWording).where(RoleWording.role_id == role.id)).one()
    assert reopen(wording)
    db.session.commit()


def queries(app, client, role) -> list[int]:
    """The fewest of three visits: what is asked once a second for all pages is no page's own."""
    pages = [f"/c/{role.campaign.slug}{rest}" for rest in ("", "/volunteer")]
    return [min(statements(app, client, page) for _visit in range(3)) for page in pages]


def statements(app, client, address: str) -> int:
    """How many statements the database runs for this page when no copy of it is kept."""
    app.extensions["pagecache"].clear()
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
