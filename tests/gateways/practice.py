"""How a test becomes a payer at the practice bank, for each gateway it speaks. One entry per plug."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import requests

from campaigns.domain.payments.contract import CallbackHint, Gateway, StartRequest, StartResult, VerifyRequest
from campaigns.gateways.zarinpal import ZarinPal
from sandbox.bank import Bank
from sandbox.faults import Fault

MERCHANT = "00000000-0000-4000-8000-000000000000"
ANOTHER_MERCHANT = "11111111-1111-4111-8111-111111111111"
CALLBACK = "http://127.0.0.1:9/pay/cb/x/abc?lang=fa"
_numbers = count(1)


@dataclass
class Practice:
    """One adapter, and the bank behind it."""

    gateway: Gateway
    base_url: str
    bank: Bank
    another: Callable[[], Gateway]

    def begin(self, rials: int = 500_000, **more: object) -> StartResult:
        """A session for Sara's gift."""
        return self.gateway.start(wish(rials, **more))

    def press(self, begun: StartResult, button: str) -> requests.Response:
        """Presses a button on the bank's page, without going where it sends the browser."""
        return requests.post(begun.redirect.url, data={"act": button}, timeout=10, allow_redirects=False)

    def bring_back(self, pressed: requests.Response) -> CallbackHint:
        """What the adapter reads from the address the bank sends the browser to."""
        url = requests.Request("GET", pressed.headers["Location"]).prepare().url or ""
        pairs = [pair.split("=", 1) for pair in url.split("?", 1)[1].split("&")]
        return self.gateway.parse_callback("GET", {key: [value] for key, value in pairs}, {}, None)

    def fault(self, kind: str, **more: object) -> None:
        self.bank.faults.add(Fault(kind, **more))  # type: ignore[arg-type]


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


def ask(begun: StartResult, rials: int = 500_000) -> VerifyRequest:
    return VerifyRequest(gateway_ref=begun.gateway_ref, rials=rials, numeric_ref=1)


def zarinpal(base_url: str, bank: Bank) -> Practice:
    return Practice(
        ZarinPal(MERCHANT, base_url, "sandbox"),
        base_url,
        bank,
        another=lambda: ZarinPal(ANOTHER_MERCHANT, base_url, "sandbox"),
    )


PRACTICES: dict[str, Callable[[str, Bank], Practice]] = {"zarinpal": zarinpal}
