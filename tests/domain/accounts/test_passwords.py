import pytest
from argon2 import PasswordHasher

from campaigns.domain.accounts.passwords import hash_password, is_outdated, matches


def test_the_right_password_opens_and_others_do_not():
    kept = hash_password("fig ladder rain 7")
    assert matches(kept, "fig ladder rain 7")
    assert not matches(kept, "fig ladder rain 8")
    assert not matches(kept, "")


def test_hashes_are_argon2id_with_the_parameters_owasp_gives():
    assert hash_password("fig ladder rain 7").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_two_hashes_of_one_password_differ():
    assert hash_password("fig ladder rain 7") != hash_password("fig ladder rain 7")


@pytest.mark.parametrize(
    ("set_with", "typed"),
    [
        ("نان و نمک ۱۴۰۴", "نان و نمک 1404"),
        ("رمز ٤٥٦ دریا", "رمز ۴۵۶ دریا"),
        ("ﬁg ladder rain", "fig ladder rain"),
    ],
)
def test_another_keyboard_types_the_same_password(set_with, typed):
    assert matches(hash_password(set_with), typed)


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$broken"])
def test_nobody_gets_in_without_a_hash(kept):
    assert not matches(kept, "the password of nobody")


def test_a_hash_with_weaker_parameters_is_outdated_and_still_opens():
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("fig ladder rain 7")
    assert matches(old, "fig ladder rain 7")
    assert is_outdated(old)
    assert not is_outdated(hash_password("fig ladder rain 7"))
