"""The bank's page in a real browser, on a phone, with JavaScript off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.gateways.canned import canned_server
from tests.sandbox.caller import Caller

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=request.param, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_sara_pays_on_a_small_phone(bank: Caller, phone: Page) -> None:
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text))
    with canned_server() as merchant:
        merchant.says("thank you", 200, Content_Type="text/plain")
        authority = bank.begin(callback_url=f"{merchant.base_url}/back")
        phone.goto(f"{bank.base_url}/pg/StartPay/{authority}")
        for button in phone.get_by_role("button").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320
        phone.get_by_role("button", name="پرداخت", exact=True).click()
        assert phone.url == f"{merchant.base_url}/back?Authority={authority}&Status=OK"
    assert complaints == []


def test_sara_comes_back_by_post(bank: Caller, phone: Page) -> None:
    with canned_server() as merchant:
        merchant.says("thank you", 200, Content_Type="text/plain")
        authority = bank.begin(callback_url=f"{merchant.base_url}/back")
        bank.steer("POST", "faults", kind="callback_method")
        phone.goto(f"{bank.base_url}/pg/StartPay/{authority}")
        phone.get_by_role("button", name="انصراف").click()
        phone.get_by_role("button", name="بازگشت به پذیرنده").click()
        assert ("POST", f"/back Authority={authority}&Status=NOK") in merchant.called
