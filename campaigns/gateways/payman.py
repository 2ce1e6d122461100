"""ZarinPal's direct debit («Payman»): a contract the payer signs once at their bank, then charges without them.

Protocol: zarinpal.com/docs/directDebit. Counters and amounts of a contract are texts there. No document names the
codes of a refused checkout, so the money is never judged by them: whoever charges asks verify or inquiry afterwards.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from campaigns.base.jalali import TEHRAN
from campaigns.domain.payments.debits import Answer, ContractBank, ContractRequest, Said
from campaigns.domain.payments.errors import GatewayError, InvalidRequest, UnexpectedResponse
from campaigns.gateways import zarinpal_replies as replies
from campaigns.gateways.answers import local_mobile, matching, whole
from campaigns.gateways.http import JsonClient

PAYMENT_HOST = "payment.zarinpal.com"
API, PAGES = "https://api.zarinpal.com", "https://www.zarinpal.com"
"""Where direct debit lives when payments are at `PAYMENT_HOST`; elsewhere both are at one address."""
_CONTRACT = re.compile(r"payman_[0-9A-Za-z]{1,60}")
_SIGNATURE = re.compile(r"[!-~]{20,1000}")
_BANK = re.compile(r"[0-9A-Za-z]{2,20}")
_OVER = {-54, -55}


class Payman:
    """The adapter; `client` for tests."""

    def __init__(self, merchant_id: str, base_url: str, client: JsonClient | None = None) -> None:
        real = urlsplit(base_url).hostname == PAYMENT_HOST
        self._pages = PAGES if real else base_url
        self._merchant_id = merchant_id
        self._client = client or JsonClient(API if real else base_url)

    def open_contract(self, request: ContractRequest) -> str:
        mobile = local_mobile(request.mobile)
        if mobile is None:
            raise InvalidRequest("a contract needs an Iranian mobile number")
        body = {
            "mobile": mobile,
            "expire_at": f"{request.expires_at.astimezone(TEHRAN):%Y-%m-%d %H:%M:%S}",
            "max_daily_count": str(request.max_daily),
            "max_monthly_count": str(request.max_monthly),
            "max_amount": str(request.max_rials),
            "callback_url": request.callback_url,
        }
        reply = self._call("request", body)
        if reply.code != replies.OK:
            raise replies.error(reply)
        contract = matching(_CONTRACT, reply.data.get("payman_authority"))
        if contract is None:
            raise UnexpectedResponse("a contract without a name", raw=reply.raw)
        return contract

    def banks(self) -> Sequence[ContractBank]:
        reply = replies.read(self._client.get("/pg/v4/payman/banksList.json"))
        rows = reply.data.get("banks")
        if reply.code != replies.OK or not isinstance(rows, list):
            raise replies.error(reply)
        found = (_bank(row) for row in rows if isinstance(row, Mapping))
        return [bank for bank in found if bank is not None]

    def signing_url(self, contract_ref: str, bank_code: str) -> str:
        return f"{self._pages}/pg/StartPayman/{contract_ref}/{bank_code}"

    def signature(self, contract_ref: str) -> Answer:
        reply = self._asked("verify", {"payman_authority": contract_ref})
        if not isinstance(reply, replies.Reply):
            return reply
        signature = matching(_SIGNATURE, reply.data.get("signature"))
        if reply.code in {replies.OK, replies.ALREADY}:
            said = Said.DONE if signature else Said.UNKNOWN
            return Answer(said, reply.said, signature, reply.raw)
        return Answer(_said(reply.code), reply.said, raw=reply.raw)

    def checkout(self, gateway_ref: str, signature: str) -> Answer:
        reply = self._asked("checkout", {"authority": gateway_ref, "signature": signature})
        if not isinstance(reply, replies.Reply):
            return reply
        return Answer(_said(reply.code), reply.said, raw=reply.raw)

    def cancel(self, signature: str) -> Answer:
        reply = self._asked("cancelContract", {"signature": signature})
        if not isinstance(reply, replies.Reply):
            return reply
        return Answer(_said(reply.code), reply.said, raw=reply.raw)

    def _asked(self, operation: str, body: Mapping[str, Any]) -> "replies.Reply | Answer":
        """The reply; or that there was none to believe."""
        try:
            return self._call(operation, body)
        except GatewayError as error:
            return Answer(Said.UNKNOWN, error.code, raw=error.raw)

    def _call(self, operation: str, body: Mapping[str, Any]) -> replies.Reply:
        path = f"/pg/v4/payman/{operation}.json"
        return replies.read(self._client.post(path, {"merchant_id": self._merchant_id, **body}))


def _said(code: int | None) -> Said:
    if code in {replies.OK, replies.ALREADY}:
        return Said.DONE
    if code in _OVER:
        return Said.OVER
    return Said.NOT_DONE if code == -51 else Said.UNKNOWN


def _bank(row: Mapping[str, Any]) -> ContractBank | None:
    name, code = row.get("name"), matching(_BANK, row.get("bank_code"))
    if not isinstance(name, str) or not name.strip() or code is None:
        return None
    return ContractBank(name.strip()[:60], code, whole(row.get("max_daily_amount")))
