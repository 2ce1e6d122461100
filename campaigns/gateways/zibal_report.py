"""Zibal's own report of a merchant's transactions. Read only.

`/v1/gateway/report/transaction` of Zibal's platform, by days and pages. It names a transaction by its trackId and our
orderId, so every session is found, paid or not.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from campaigns.domain.payments.contract import Outcome, ReportRow
from campaigns.domain.payments.errors import ConfigError, UnexpectedResponse
from campaigns.gateways.answers import tehran_moment, whole
from campaigns.gateways.http import JsonClient
from campaigns.gateways.zibal_replies import OK, STATUS_OUTCOMES

PATH = "/v1/gateway/report/transaction"
PAGE, MOST_PAGES = 100, 500


class TransactionReport:
    """Transactions of one merchant. `token` opens Zibal's platform for its owner."""

    def __init__(self, url: str, token: str, merchant: str, client: JsonClient | None = None) -> None:
        self._client = client or JsonClient(url)
        self._merchant = merchant
        self._headers = {"Authorization": f"Bearer {token}"}

    def rows(self, first: date, last: date) -> list[ReportRow]:
        """Raises `GatewayError`."""
        found: list[ReportRow] = []
        for page in range(1, MOST_PAGES + 1):
            listed = self._page(first, last, page)
            found += [row for row in map(_row, listed) if row is not None]
            if len(listed) < PAGE:
                return found
        raise UnexpectedResponse("a report without an end")

    def _page(self, first: date, last: date, number: int) -> list[Any]:
        days = {"fromDate": first.isoformat(), "toDate": last.isoformat()}
        body = {"merchantId": self._merchant, "page": number, "size": PAGE, **days}
        answer = self._client.post(PATH, body, self._headers)
        if answer.status in {401, 403}:
            raise ConfigError("Zibal refuses the access token", code=str(answer.status))
        listed = answer.body.get("data")
        if answer.status >= 300 or whole(answer.body.get("result")) != OK or not isinstance(listed, list):
            raise UnexpectedResponse("no report", code=str(answer.status))
        return listed


def _row(listed: object) -> ReportRow | None:
    """None for what has no amount."""
    if not isinstance(listed, Mapping) or (rials := whole(listed.get("amount"))) is None:
        return None
    track_id, receipt = whole(listed.get("trackId")), whole(listed.get("refNumber"))
    return ReportRow(
        rials=rials,
        outcome=STATUS_OUTCOMES.get(whole(listed.get("status")), Outcome.UNKNOWN),
        at=tehran_moment(listed.get("paidAt")) or tehran_moment(listed.get("createdAt")),
        gateway_ref=str(track_id) if track_id else None,
        receipt_ref=str(receipt) if receipt else None,
        numeric_ref=whole(listed.get("orderId")),
    )
