"""A code counts once, in its own half minute and the two beside it; a code from paper counts once, ever."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import AccountChange, LoginSession
from campaigns.domain.factors import actions, codes, recovery, totp
from campaigns.domain.factors.errors import LastFactor, WrongCode
from campaigns.domain.factors.models import AuthenticatorApp
from campaigns.domain.factors.queries import factors_of, has_any
from tests.cast import mina, reza
from tests.support.crowds import at_once

AT = datetime(2026, 11, 28, 8, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(offset: int = 0, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(AT, counter_offset=offset)


@pytest.fixture
def rezas(app):
    """Reza, whose app was set up two minutes ago."""
    user = reza()
    with clock.at(AT - timedelta(minutes=2)):
        totp.keep(user, SECRET, code(-4))
    db.session.commit()
    return user


def taken(user_id: int, typed: str) -> bool:
    try:
        codes.accept(user_id, typed)
    except WrongCode:
        db.session.rollback()
        return False
    db.session.commit()
    return True


@pytest.mark.parametrize(("offset", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_clock_of_a_phone_may_be_half_a_minute_off(rezas, offset, right):
    with clock.at(AT):
        assert taken(rezas.id, code(offset)) is right


def test_a_code_that_was_seen_over_the_shoulder_is_worth_nothing_and_so_is_an_older_one(rezas):
    with clock.at(AT):
        assert taken(rezas.id, code())
        assert not taken(rezas.id, code())
        assert not taken(rezas.id, code(-1))
        assert taken(rezas.id, code(1))


def test_persian_digits_and_spaces_are_read(rezas):
    persian = code().translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    with clock.at(AT):
        assert taken(rezas.id, f" {persian[:3]} {persian[3:]}\u200c")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "💧" * 40, "0" * 16])
def test_what_is_no_code_is_refused_like_a_wrong_one(rezas, typed):
    with clock.at(AT):
        assert not taken(rezas.id, typed)


def test_the_secret_does_not_stand_in_the_database(rezas):
    assert SECRET not in db.session.get_one(AuthenticatorApp, rezas.id).sealed


def test_of_eight_who_send_one_code_at_once_one_comes_in(app, rezas):
    user_id, now = rezas.id, code()

    def send(_: int) -> bool:
        with clock.at(AT):
            return taken(user_id, now)

    assert sorted(at_once(app, 8, send)) == [False] * 7 + [True]


def test_each_code_on_paper_counts_once_however_it_is_written(app):
    user = mina()
    sheet = recovery.write_anew(user)
    user_id = user.id
    db.session.commit()
    assert len(set(sheet)) == 10
    assert taken(user_id, f"{sheet[0][:4]}-{sheet[0][4:8].lower()} {sheet[0][8:]}")
    assert not taken(user_id, sheet[0])
    assert sorted(at_once(app, 6, lambda _: taken(user_id, sheet[1]))) == [False] * 5 + [True]
    assert recovery.left(user_id) == 8


def test_codes_are_the_persons_own_and_new_ones_end_those_before(app):
    user, other = mina(), reza()
    sheet = recovery.write_anew(user)
    db.session.commit()
    assert not taken(other.id, sheet[0])
    recovery.write_anew(user)
    db.session.commit()
    assert not taken(user.id, sheet[0])


def test_the_last_factor_stays_where_the_role_demands_one(rezas):
    with pytest.raises(LastFactor):
        actions.let_app_go(rezas, must_keep_one=True)
    actions.let_app_go(rezas, must_keep_one=False)
    assert not has_any(rezas.id)


def test_a_reset_leaves_nothing_and_is_written_down(rezas):
    recovery.write_anew(rezas)
    db.session.add(LoginSession(id_hash="x", user_id=rezas.id))
    actions.reset(rezas)
    db.session.commit()
    found = factors_of(rezas.id)
    assert (found.count, found.codes_left) == (0, 0)
    assert db.session.scalars(select(LoginSession)).all() == []
    assert (
        db.session.scalars(select(AccountChange.verb).order_by(AccountChange.id.desc())).first() == "reset_2"
    )
