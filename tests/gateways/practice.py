"""How a test becomes a payer at the practice bank, for each gateway it speaks. One entry per plug."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import parse_qs, urlsplit

import requests

from campaigns.domain.payments.contract import CallbackHint, Gateway, StartRequest, StartResult, VerifyRequest
from campaigns.gateways.sep import Sep
from campaigns.gateways.zarinpal import ZarinPal
from campaigns.gateways.zibal import Zibal
from sandbox.bank import Bank
from sandbox.faults import Fault

MERCHANT = "00000000-0000-4000-8000-000000000000"
ANOTHER_MERCHANT = "11111111-1111-4111-8111-111111111111"
ZIBAL_MERCHANT, TERMINAL = "practice-merchant", "761940582013"
CALLBACK = "http://127.0.0.1:9/pay/cb/x/abc?lang=fa"
_numbers = count(1)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@dataclass
class Practice:
    """One adapter, and the bank behind it. `strange` are a reference and a receipt that never were."""

    gateway: Gateway
    base_url: str
    bank: Bank
    another: Callable[[], Gateway]
    page: str
    strange: tuple[str, str | None]
    numbers: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, str | None] = field(default_factory=dict)

    def begin(self, rials: int = 500_000, **more: object) -> StartResult:
        """A session for Sara's gift."""
        request = wish(rials, **more)
        begun = self.gateway.start(request)
        self.numbers[begun.gateway_ref] = request.numeric_ref
        return begun

    def press(self, begun: StartResult, button: str) -> requests.Response:
        """Presses a button on the bank's page; what the way back would bring is remembered for `ask`."""
        address = f"{self.base_url}{self.page}{begun.gateway_ref}"
        pressed = requests.post(address, data={"act": button}, timeout=10, allow_redirects=False)
        if pressed.status_code == 303 or 'class="main">بازگشت' in pressed.text:
            self.receipts[begun.gateway_ref] = self.bring_back(pressed).receipt_ref
        return pressed

    def bring_back(self, pressed: requests.Response) -> CallbackHint:
        """What the adapter reads from the address or the form by which the bank sends the browser back."""
        if pressed.status_code == 303:
            query = parse_qs(urlsplit(pressed.headers["Location"]).query, keep_blank_values=True)
            return self.gateway.parse_callback("GET", query, {}, None)
        return self.gateway.parse_callback("POST", {}, form_of(pressed.text), None)

    def ask(self, begun: StartResult, rials: int = 500_000) -> VerifyRequest:
        """What the house would ask about a session, with the receipt its callback brought."""
        ref = begun.gateway_ref
        return VerifyRequest(ref, rials, self.numbers[ref], self.receipts.get(ref))

    def fault(self, kind: str, **more: object) -> None:
        self.bank.faults.add(Fault(kind, **more))  # type: ignore[arg-type]


def form_of(page: str) -> dict[str, list[str]]:
    """The hidden fields of the bank's way back by POST."""
    return {name: [html.unescape(value)] for name, value in _HIDDEN.findall(page)}


def wish(rials: int = 500_000, **more: object) -> StartRequest:
    number = next(_numbers)
    values: dict[str, object] = {
        "attempt_id": f"attempt{number}",
        "numeric_ref": number,
        "rials": rials,
        "description": "هدیه به «جهیزیهٔ نوعروسان»",
        "callback_url": CALLBACK,
        "idempotency_key": f"start:{number}",
        "mobile": "+989123456789",
        "email": "sara@example.org",
    }
    return StartRequest(**(values | more))  # type: ignore[arg-type]


def zarinpal(base_url: str, bank: Bank) -> Practice:
    return Practice(
        ZarinPal(MERCHANT, base_url, "sandbox"),
        base_url,
        bank,
        another=lambda: ZarinPal(ANOTHER_MERCHANT, base_url, "sandbox"),
        page="/pg/StartPay/",
        strange=("S" + "0" * 35, None),
    )


def zibal(base_url: str, bank: Bank) -> Practice:
    return Practice(
        Zibal(ZIBAL_MERCHANT, base_url, "sandbox"),
        base_url,
        bank,
        another=lambda: Zibal("another", base_url, "sandbox"),
        page="/start/",
        strange=("1" * 15, None),
    )


def sep(base_url: str, bank: Bank) -> Practice:
    return Practice(
        Sep(TERMINAL, base_url, "sandbox"),
        base_url,
        bank,
        another=lambda: Sep("2016", base_url, "sandbox"),
        page="/OnlinePG/pay/",
        strange=("0" * 32, "never+was/A="),
    )


PRACTICES: dict[str, Callable[[str, Bank], Practice]] = {"zarinpal": zarinpal, "zibal": zibal, "sep": sep}
LISTING, INQUIRING, REVERSING = ["zarinpal"], ["zarinpal", "zibal"], ["zarinpal", "sep"]
"""Plugs that can do it; `test_every_plug_does_what_it_says` holds these against their capabilities."""
