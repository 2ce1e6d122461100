import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.domain.accounts.identity import Login, login_of


@pytest.mark.parametrize(
    "typed",
    [
        "mina@example.org",
        "  Mina@Example.ORG ",
        "ｍｉｎａ＠ｅｘａｍｐｌｅ.ｏｒｇ",
        "mi\u200bna@exam\u00adple.org",
        "\u202emina@example.org",
        "MİNA@example.org".replace("İ", "I"),
    ],
)
def test_every_spelling_of_an_address_is_one_address(typed):
    assert login_of(typed) == Login(email="mina@example.org")


@pytest.mark.parametrize(
    "typed", ["09123456789", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "٠٩١٢٣٤٥٦٧٨٩", "+98 912 345 6789", "0098-912-345-6789"]
)
def test_every_spelling_of_a_number_is_one_number(typed):
    assert login_of(typed) == Login(mobile="+989123456789")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mina",
        "mina@",
        "@example.org",
        "a@b@example.org",
        "mina@example",
        "0912",
        "021 8888 0000",
        "x" * 300 + "@example.org",
    ],
)
def test_what_is_neither_is_nobody(typed):
    login = login_of(typed)
    assert not login
    assert login.email is login.mobile is None


@given(st.text(max_size=400))
def test_anything_may_be_typed_and_one_reading_is_enough(typed):
    login = login_of(typed)
    if login.email:
        assert login_of(login.email) == login
    if login.mobile:
        assert login_of(login.mobile) == login
