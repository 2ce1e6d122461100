"""A merchant, a payer and a tester of the practice bank, over HTTP as anybody else."""

from dataclasses import dataclass
from typing import Any

import requests

from sandbox.bank import Bank

MERCHANT = "00000000-0000-4000-8000-000000000000"
ANOTHER_MERCHANT = "11111111-1111-4111-8111-111111111111"
CALLBACK = "http://127.0.0.1:9/back?lang=fa"


@dataclass
class Caller:
    base_url: str
    bank: Bank

    def call(self, operation: str, merchant: object = MERCHANT, **body: Any) -> requests.Response:
        url = f"{self.base_url}/pg/v4/payment/{operation}.json"
        return requests.post(url, json={"merchant_id": merchant, **body}, timeout=10)

    def post(self, path: str, body: object) -> Any:
        """The JSON that another gateway's API answers."""
        url = f"{self.base_url}{path}"
        return requests.post(url, json=body, timeout=10, allow_redirects=False).json()

    def press_at(self, path: str, button: str) -> requests.Response:
        """A button on the page of any gateway."""
        url = f"{self.base_url}{path}"
        return requests.post(url, data={"act": button}, timeout=10, allow_redirects=False)

    def look(self, path: str) -> str:
        """A page of the bank."""
        return requests.get(f"{self.base_url}{path}", timeout=10).text

    def begin(self, rials: int = 500_000, **more: Any) -> str:
        """The authority of a new session."""
        body = {"amount": rials, "description": "هدیه", "callback_url": CALLBACK} | more
        return str(self.call("request", **body).json()["data"]["authority"])

    def page(self, authority: str) -> requests.Response:
        return requests.get(f"{self.base_url}/pg/StartPay/{authority}", timeout=10)

    def press(self, authority: str, button: str) -> requests.Response:
        url = f"{self.base_url}/pg/StartPay/{authority}"
        return requests.post(url, data={"act": button}, timeout=10, allow_redirects=False)

    def code(self, operation: str, authority: object, merchant: str = MERCHANT, **body: Any) -> int:
        """The code of an answer, wherever it stands."""
        said = self.call(operation, merchant, authority=authority, **body).json()
        place = said["data"] or said["errors"]
        return int(place["code"])

    def status(self, authority: str) -> str:
        return str(self.call("inquiry", authority=authority).json()["data"]["status"])

    def steer(self, method: str, path: str, token: str = "steer", **body: Any) -> requests.Response:
        url = f"{self.base_url}/__sandbox/{path}"
        return requests.request(method, url, json=body, headers={"X-Sandbox-Token": token}, timeout=10)
