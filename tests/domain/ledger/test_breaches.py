"""A breach freezes payouts until two people have answered for it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.ledger import breaches
from campaigns.domain.ledger.breach_models import Breach, BreachClearance
from campaigns.domain.ledger.breaches import CannotClear, Found, clear, keep, payouts_frozen
from tests.cast import leila, reza
from tests.support.crowds import at_once

ALL = ("I5", "I7")
WRONG = Found("I7", "entry 3 is not what was sealed")


def only() -> Breach:
    return db.session.scalars(select(Breach)).one()


@pytest.mark.usefixtures("app")
class TestKeeping:
    def test_nothing_found_freezes_nothing(self) -> None:
        assert keep([], ALL) == []
        assert not payouts_frozen()

    def test_what_is_found_is_kept_once_and_freezes(self) -> None:
        assert keep([WRONG], ALL) == [WRONG]
        assert payouts_frozen()
        assert keep([WRONG], ALL) == []
        assert db.session.scalar(select(func.count(Breach.id))) == 1

    def test_what_is_gone_again_is_not_forgotten(self) -> None:
        keep([WRONG], ALL)
        keep([], ALL)
        assert only().gone_at is not None
        assert payouts_frozen()

    def test_a_look_at_something_else_does_not_make_it_gone(self) -> None:
        keep([WRONG], ALL)
        keep([], ["I5"])
        assert only().gone_at is None

    def test_each_of_several_has_a_name_by_which_it_is_found(self) -> None:
        keep([WRONG, Found("I5", "two lines differ")], ALL)
        for one in breaches.breaches():
            assert breaches.by_public_id(one.public_id) is one
        assert breaches.by_public_id("unknown") is None

    def test_the_same_thing_found_again_later_is_a_new_breach(self) -> None:
        keep([WRONG], ALL)
        keep([], ALL)
        assert keep([WRONG], ALL) == [WRONG]
        assert db.session.scalar(select(func.count(Breach.id))) == 2

    def test_a_long_place_is_cut_and_still_the_same(self) -> None:
        long = Found("I7", "x" * 900)
        keep([long], ALL)
        assert keep([long], ALL) == []


def test_two_workers_who_find_the_same_keep_it_once(app: Flask) -> None:
    def act(_number: int) -> None:
        keep([WRONG], ALL)
        db.session.commit()

    at_once(app, 8, act)
    assert db.session.scalar(select(func.count(Breach.id))) == 1


@pytest.mark.usefixtures("app")
class TestClearing:
    @pytest.fixture(autouse=True)
    def _found(self, app: Flask) -> None:
        keep([WRONG], ALL)
        db.session.commit()

    def test_one_person_is_not_enough(self) -> None:
        assert clear(only(), leila().id, "a test of the alarm") is False
        assert payouts_frozen()

    def test_two_people_are(self) -> None:
        breach, first, second = only(), leila(), reza()
        clear(breach, first.id, "a test of the alarm")
        assert clear(breach, second.id, "I was there") is True
        assert not payouts_frozen()
        rows = breaches.clearances([breach.id])[breach.id]
        assert [(row.user.name, row.reason) for row in rows] == [
            ("Leila", "a test of the alarm"),
            ("Reza", "I was there"),
        ]

    def test_the_same_person_twice_is_one_person(self) -> None:
        breach, person = only(), leila()
        clear(breach, person.id, "a test")
        db.session.commit()
        with pytest.raises(CannotClear):
            clear(breach, person.id, "a test")
        assert payouts_frozen()
        assert db.session.scalar(select(func.count(BreachClearance.id))) == 1

    def test_what_is_answered_for_stays_so_while_it_stands(self) -> None:
        """An old wound that two people have explained does not freeze again every ten minutes."""
        breach, first = only(), leila()
        clear(breach, first.id, "known")
        clear(breach, reza().id, "known")
        db.session.commit()
        with pytest.raises(CannotClear):
            clear(breach, first.id, "known")
        assert keep([WRONG], ALL) == []
        assert not payouts_frozen()
        keep([], ALL)
        keep([WRONG], ALL)
        assert payouts_frozen()

    def test_the_open_ones_stand_first(self) -> None:
        breach = only()
        clear(breach, leila().id, "known")
        clear(breach, reza().id, "known")
        keep([Found("I5", "another"), WRONG], ALL)
        assert [row.name for row in breaches.breaches()] == ["I5", "I7"]


def test_people_who_clear_at_once_count_as_many_as_they_are(app: Flask) -> None:
    keep([WRONG], ALL)
    people = [leila().id, reza().id]
    breach_id = only().id

    def act(number: int) -> bool:
        try:
            done = clear(db.session.get_one(Breach, breach_id), people[number % 2], "known")
        except CannotClear:
            return False
        db.session.commit()
        return done

    assert sum(at_once(app, 6, act)) == 1
    assert db.session.scalar(select(func.count(BreachClearance.id))) == 2
    assert not payouts_frozen()
