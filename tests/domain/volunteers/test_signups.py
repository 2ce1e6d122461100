"""Places on shifts: taken once, waited for in order, given back, never more than there are."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from campaigns.base.clock import at, now
from campaigns.base.extensions import db
from campaigns.domain.volunteers import signups
from campaigns.domain.volunteers.holders import holder_of, join
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.shift_models import Shift, Signup
from campaigns.domain.volunteers.signups import Asking, CannotTake, Why
from campaigns.web.letterlinks import link
from tests.cast import mina, parisa, reza
from tests.support.crowds import at_once
from tests.volunteering import driver, gives_back, mobile, nurse, nursing, shift, takes, volunteer
from tests.worlds import live_campaign


@pytest.fixture
def role(app):
    return driver(live_campaign(mina(), reza(), parisa()))


def states(one: Shift) -> list[str]:
    return list(db.session.scalars(select(Signup.state).where(Signup.shift_id == one.id).order_by(Signup.id)))


def refused(holder, *shifts: Shift) -> Why:
    with pytest.raises(CannotTake) as caught:
        takes(holder, *shifts)
    db.session.rollback()
    return caught.value.why


def test_the_first_takes_the_place_and_the_second_waits(role):
    one = shift(role, places=1)
    [sara] = takes(volunteer(), one)
    [omid] = takes(volunteer("امید"), one)
    assert (sara.state, omid.state) == ("taken", "waiting")
    assert signups.waiting_place(omid) == 1
    assert one.left == 0


def test_when_sara_cancels_who_waits_longest_moves_up(role):
    one = shift(role, places=1)
    [sara] = takes(volunteer(), one)
    [omid], [nima] = takes(volunteer("امید"), one), takes(volunteer("نیما"), one)
    assert gives_back(sara)
    assert [signup.state for signup in (sara, omid, nima)] == ["cancelled", "taken", "waiting"]
    assert signups.waiting_place(nima) == 1
    assert one.taken == 1


def test_a_place_is_given_back_once(role):
    [sara] = takes(volunteer(), shift(role, places=2))
    assert gives_back(sara)
    assert not gives_back(sara)
    assert sara.shift.taken == 0


def test_once_a_shift_has_begun_nobody_moves_up_and_nobody_cancels(role):
    one = shift(role, places=1)
    [sara], [omid] = takes(volunteer(), one), takes(volunteer("امید"), one)
    with at(one.starts_at + timedelta(minutes=1)):
        assert not gives_back(sara)
        assert refused(volunteer("نیما"), one) is Why.OVER
    assert (sara.state, omid.state) == ("taken", "waiting")


def test_more_places_let_those_who_wait_in(role):
    one = shift(role, places=1)
    for name in ("سارا", "امید", "نیما", "لاله"):
        takes(volunteer(name), one)
    assert signups.set_places(one, 3, link)
    db.session.commit()
    assert states(one) == ["taken", "taken", "taken", "waiting"]
    assert not signups.set_places(one, 2, link)


def test_nobody_is_in_two_places_at_once_and_waiting_counts_as_well(role):
    morning = shift(role, places=1, hours=4)
    noon = shift(role, places=1, starts_at=morning.starts_at + timedelta(hours=3))
    evening = shift(role, places=1, starts_at=morning.ends_at + timedelta(hours=4))
    takes(volunteer("امید"), morning)
    sara = volunteer()
    takes(sara, morning)
    assert refused(sara, noon) is Why.OVERLAP
    assert refused(sara, morning) is Why.ALREADY
    assert [made.state for made in takes(sara, evening)] == ["taken"]


def test_two_shifts_of_one_form_are_taken_both_or_not_at_all(role):
    morning = shift(role, hours=4)
    noon = shift(role, starts_at=morning.starts_at + timedelta(hours=3))
    assert refused(volunteer(), morning, noon) is Why.OVERLAP
    assert db.session.scalar(select(func.count()).select_from(Signup)) == 0
    assert (morning.taken, noon.taken) == (0, 0)


def test_a_role_for_nurses_is_for_verified_nurses_only(role):
    skill = nursing()
    role.speciality, role.needs_licence = skill, True
    one = shift(role, places=5)
    assert refused(volunteer(), one) is Why.SPECIALITY
    assert refused(nurse(skill, is_verified=False), one) is Why.UNVERIFIED
    assert refused(nurse(skill, licence=""), one) is Why.LICENCE
    assert [made.state for made in takes(nurse(skill), one)] == ["taken"]


def test_a_shift_that_is_called_off_leaves_nobody_on_it(role):
    one = shift(role, places=1)
    takes(volunteer(), one)
    takes(volunteer("امید"), one)
    assert signups.call_off(one, link) == 2
    assert signups.call_off(one, link) == 0
    db.session.commit()
    assert states(one) == ["called_off", "called_off"]
    assert refused(volunteer("نیما"), one) is Why.OVER


def test_a_number_that_is_known_joins_its_person_and_opens_nothing_of_theirs(role):
    first, second = shift(role), shift(role, starts_at=now() + timedelta(days=9))
    sara = volunteer()
    takes(sara, first)
    stranger = join("کسی دیگر", sara.volunteer.mobile, "IR-01", "fa")
    assert stranger.volunteer.id == sara.volunteer.id
    assert stranger.volunteer.name == "سارا محمدی"
    assert stranger.code != sara.code
    takes(stranger, second)
    opened = db.session.scalars(select(Signup.shift_id).where(holder_of(stranger.code).signups)).all()
    assert opened == [second.id]
    own = db.session.scalars(select(Signup.shift_id).where(holder_of(sara.code).signups)).all()
    assert sorted(own) == sorted([first.id, second.id])


def test_fifty_at_once_get_five_places_and_a_list_in_order(app, role):
    one = shift(role, places=5).id
    numbers = [mobile() for _ in range(50)]

    def ask(number: int) -> str:
        holder = join(f"نفر {number}", numbers[number], "IR-08", "fa")
        made = signups.take(holder, [one], Asking("fa"), link)
        db.session.commit()
        return made[0].state

    outcomes = at_once(app, 50, ask)
    assert (outcomes.count("taken"), outcomes.count("waiting")) == (5, 45)
    assert db.session.get_one(Shift, one).taken == 5
    assert states(db.session.get_one(Shift, one)) == ["taken"] * 5 + ["waiting"] * 45


def test_one_person_pressing_ten_times_has_one_place(app, role):
    one, number = shift(role, places=20).id, mobile()

    def ask(_number: int) -> str:
        try:
            signups.take(join("سارا", number, "IR-08", "fa"), [one], Asking("fa"), link)
        except CannotTake as refusal:
            db.session.rollback()
            return refusal.why.value
        db.session.commit()
        return "taken"

    assert sorted(at_once(app, 10, ask)) == ["already"] * 9 + ["taken"]
    assert db.session.get_one(Shift, one).taken == 1
    assert db.session.scalar(select(func.count()).select_from(Volunteer)) == 1


def test_twenty_cancel_while_twenty_ask_and_no_place_is_lost(app, role):
    one = shift(role, places=20)
    kept = [takes(volunteer(f"نفر {n}"), one)[0].id for n in range(20)]
    place, numbers = one.id, [mobile() for _ in range(20)]

    def act(number: int) -> None:
        if number < 20:
            signups.cancel(db.session.get_one(Signup, kept[number]), link)
        else:
            holder = join("تازه", numbers[number - 20], "IR-08", "fa")
            signups.take(holder, [place], Asking("fa"), link)
        db.session.commit()

    at_once(app, 40, act)
    db.session.expire_all()
    assert db.session.get_one(Shift, place).taken == 20
    assert states(db.session.get_one(Shift, place)).count("taken") == 20


@settings(max_examples=25)
@given(steps=st.lists(st.tuples(st.sampled_from(("ask", "leave", "places")), st.integers(0, 5)), max_size=25))
def test_whatever_happens_places_are_full_or_nobody_waits(role, steps):
    """For any history: as many have a place as `taken` says, at most all places, and nobody waits beside a free one."""
    one = shift(role, places=2)
    people = [volunteer(f"نفر {n}") for n in range(6)]
    for what, number in steps:
        _step(one, people, what, number)
        found = states(one)
        assert found.count("taken") == one.taken <= one.places
        assert one.left == 0 or "waiting" not in found


def _step(one: Shift, people, what: str, number: int) -> None:
    if what == "places":
        signups.set_places(one, number, link)
    elif what == "ask":
        try:
            signups.take(people[number], [one.id], Asking("fa"), link)
        except CannotTake:
            db.session.rollback()
    else:
        query = select(Signup).where(
            Signup.shift_id == one.id, Signup.volunteer_id == people[number].volunteer.id
        )
        for signup in db.session.scalars(query.order_by(Signup.id.desc()).limit(1)):
            signups.cancel(signup, link)
    db.session.commit()
