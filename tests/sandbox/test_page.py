"""The bank's page: Persian, without script, and a button for every way a payment can end."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.gateways.canned import canned_server
from tests.sandbox.caller import Caller


def test_the_page_says_in_persian_that_it_is_practice_and_how_much(bank: Caller) -> None:
    page = bank.page(bank.begin(6_750_000)).text
    assert '<html lang="fa" dir="rtl">' in page
    assert "هیچ پول واقعی جابه‌جا نمی‌شود" in page
    assert "۶٬۷۵۰٬۰۰۰" in page
    assert "۶۷۵٬۰۰۰ تومان" in page
    assert re.findall(r'name="act" value="(\w+)"', page) == [
        "pay",
        "cancel",
        "pay_and_close",
        "wrong_pin",
        "insufficient",
    ]


def test_no_card_leaves_the_browser_and_no_script_runs(bank: Caller) -> None:
    answer = bank.page(bank.begin())
    assert answer.text.count("<input") == 4
    assert not re.search(r"<input[^>]*\bname=", answer.text)
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action" not in policy
    assert "Set-Cookie" not in answer.headers


def test_what_the_merchant_wrote_is_shown_as_text(bank: Caller) -> None:
    page = bank.page(bank.begin(description="<script>alert(1)</script>")).text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("button", "claim"), [("pay", "OK"), ("cancel", "NOK"), ("wrong_pin", "NOK"), ("insufficient", "NOK")]
)
def test_each_button_leads_back_with_its_claim(bank: Caller, button: str, claim: str) -> None:
    authority = bank.begin()
    pressed = bank.press(authority, button)
    assert pressed.status_code == 303
    url = urlsplit(pressed.headers["Location"])
    assert url.netloc == "127.0.0.1:9"
    assert parse_qs(url.query) == {"lang": ["fa"], "Authority": [authority], "Status": [claim]}


def test_a_second_press_changes_nothing(bank: Caller) -> None:
    authority = bank.begin()
    paid = bank.press(authority, "pay").headers["Location"]
    for button in ("pay", "cancel", "insufficient"):
        assert bank.press(authority, button).headers["Location"] == paid
    with bank.bank.store.transaction() as db:
        assert db.execute("SELECT count(*), sum(rials) FROM session WHERE state = 'PAID'").fetchone()[:] == (
            1,
            500_000,
        )
    cancelled = bank.begin()
    back = bank.press(cancelled, "cancel").headers["Location"]
    assert bank.press(cancelled, "pay").headers["Location"] == back


def test_paying_and_closing_the_tab_leads_nowhere(bank: Caller) -> None:
    authority = bank.begin()
    pressed = bank.press(authority, "pay_and_close")
    assert pressed.status_code == 200
    assert "می‌توانید این برگه را ببندید" in pressed.text
    assert "<a " not in pressed.text
    assert bank.status(authority) == "PAID"


@pytest.mark.parametrize(("button", "status"), [("pay", 200), ("cancel", 410)])
def test_a_session_that_is_over_says_so_and_leads_back(bank: Caller, button: str, status: int) -> None:
    authority = bank.begin()
    back = bank.press(authority, button).headers["Location"]
    page = bank.page(authority)
    assert page.status_code == status
    assert back.replace("&", "&amp;") in page.text
    assert 'name="act"' not in page.text


@pytest.mark.parametrize("authority", ["S" + "0" * 35, "x", "۱۲۳", "%00", "a" * 5_000])
def test_a_session_that_never_was_is_not_found(bank: Caller, authority: str) -> None:
    assert bank.page(authority).status_code == 404
    assert bank.press(authority, "pay").status_code == 404


@pytest.mark.parametrize("button", ["", "steal", "PAY"])
def test_a_button_that_is_not_there_leads_back_to_the_page(bank: Caller, button: str) -> None:
    authority = bank.begin()
    assert bank.press(authority, button).headers["Location"].endswith(f"/pg/StartPay/{authority}")
    assert bank.status(authority) == "IN_BANK"


def test_the_front_says_where_one_is(bank: Caller) -> None:
    assert "بانک تمرینی" in bank.page("../..").text


@pytest.mark.parametrize("by_post", [False, True])
def test_a_callback_may_come_more_than_once(bank: Caller, by_post: bool) -> None:
    with canned_server() as merchant:
        authority = bank.begin(callback_url=f"{merchant.base_url}/back")
        bank.steer("POST", "faults", kind="duplicate_callback", value=3)
        if by_post:
            bank.steer("POST", "faults", kind="callback_method")
        bank.press(authority, "pay")
        merchant.wait_for(3)
        assert {method for method, _path in merchant.called} == {"POST" if by_post else "GET"}
        assert all(authority in text for _method, text in merchant.called)


def test_a_merchant_who_is_away_does_not_trouble_the_bank(bank: Caller) -> None:
    bank.steer("POST", "faults", kind="duplicate_callback", value=2)
    assert bank.press(bank.begin(), "pay").status_code == 303
