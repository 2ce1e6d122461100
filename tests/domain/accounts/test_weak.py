import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.domain.accounts.weak import Weakness, weakness

ABOUT = ("Mina Karimi", "mina.karimi@example.org", "+989123456789")


@pytest.mark.parametrize("password", ["", "short", "نان و نمک", "123456789"])
def test_short_passwords_are_refused(password):
    assert weakness(password) is Weakness.SHORT


def test_very_long_passwords_are_refused_and_sixty_four_characters_are_fine():
    assert weakness("fig ladder rain " * 13) is Weakness.LONG
    assert weakness("fig ladder rain and a boat over quiet water 77 times in a winter") is None


@pytest.mark.parametrize(
    "password",
    [
        "1234567890",
        "۱۲۳۴۵۶۷۸۹۰",
        "0987654321",
        "aaaaaaaaaaaa",
        "1212121212",
        "abcabcabcabc",
        "password123",
        "Password!2024",
        "P@ssw0rd1234",
        "qwertyuiop",
        "1qaz2wsx3edc",
        "q1w2e3r4t5",
        "iran1404iran",
        "iloveyou1234",
        "Admin@123456",
        "ضصثقفغعهخح",
        "ایران۱۳۵۷۱۳۵۷",
        "پویش۱۲۳۴۵۶۷",
    ],
)
def test_the_commonest_passwords_are_refused(password):
    assert weakness(password) is Weakness.COMMON


@pytest.mark.parametrize(
    "password",
    [
        "minakarimi",
        "Mina Karimi 1",
        "mina.karimi1",
        "karimimina22",
        "09123456789",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "mina.karimi@example.org",
    ],
)
def test_what_anyone_who_knows_mina_would_try_is_refused(password):
    assert weakness(password, ABOUT) is Weakness.PERSONAL


@pytest.mark.parametrize(
    "password", ["fig ladder rain", "نردبان و انجیر و باران", "kX9v#mQ2pLw8", "correct horse battery staple"]
)
def test_words_that_do_not_belong_together_are_taken(password):
    assert weakness(password, ABOUT) is None


@given(st.text(max_size=250), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_gets_an_answer(password, about):
    assert weakness(password, about) in {None, *Weakness}
