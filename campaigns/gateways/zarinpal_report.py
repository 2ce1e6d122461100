"""ZarinPal's own list of sessions, asked for over GraphQL. Read only.

Source: the `Session` query of ZarinPal's SDK, newest first, by pages, with no filter for days. It names a session by a
number of its own and by the reference of its payment, which a verify told us too: that is what they are matched by.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from campaigns.base.jalali import tehran_day
from campaigns.domain.payments.contract import Outcome, ReportRow
from campaigns.domain.payments.errors import ConfigError, UnexpectedResponse
from campaigns.gateways.answers import tehran_moment, whole
from campaigns.gateways.http import JsonClient

PATH = "/api/v4/graphql/"
PAGE, MOST_PAGES = 100, 500
QUERY = """
query Sessions($terminal_id: ID!, $limit: Int, $offset: Int) {
  Session(terminal_id: $terminal_id, limit: $limit, offset: $offset) {
    id status amount created_at reference_id
  }
}
"""
OUTCOMES = {
    "VERIFIED": Outcome.ALREADY,
    "PAID": Outcome.PAID_UNVERIFIED,
    "ACTIVE": Outcome.PENDING,
    "IN_BANK": Outcome.PENDING,
    "TRASH": Outcome.NOT_PAID,
    "FAILED": Outcome.NOT_PAID,
    "REFUNDED": Outcome.REFUNDED,
    "REVERSED": Outcome.REVERSED,
}


class SessionReport:
    """Sessions of one terminal. `token` is of the terminal's owner."""

    def __init__(self, url: str, token: str, terminal: str, client: JsonClient | None = None) -> None:
        self._client = client or JsonClient(url)
        self._terminal = terminal
        self._headers = {"Authorization": f"Bearer {token}"}

    def rows(self, first: date, last: date) -> list[ReportRow]:
        """Raises `GatewayError`."""
        found: list[ReportRow] = []
        for page in range(MOST_PAGES):
            sessions = self._page(page)
            rows = [row for row in map(_row, sessions) if row is not None]
            days = [tehran_day(row.at) for row in rows if row.at is not None]
            found += [row for row in rows if row.at is None or first <= tehran_day(row.at) <= last]
            if len(sessions) < PAGE or (days and max(days) < first):
                return found
        raise UnexpectedResponse("a report without an end")

    def _page(self, number: int) -> list[Any]:
        variables = {"terminal_id": self._terminal, "limit": PAGE, "offset": number * PAGE}
        answer = self._client.post(PATH, {"query": QUERY, "variables": variables}, self._headers)
        if answer.status in {401, 403}:
            raise ConfigError("ZarinPal refuses the access token", code=str(answer.status))
        data = answer.body.get("data")
        sessions = data.get("Session") if isinstance(data, Mapping) else None
        if answer.status >= 300 or answer.body.get("errors") or not isinstance(sessions, list):
            raise UnexpectedResponse("no report", code=str(answer.status))
        return sessions


def _row(session: object) -> ReportRow | None:
    """None for what has no amount."""
    if not isinstance(session, Mapping) or (rials := whole(session.get("amount"))) is None:
        return None
    receipt = whole(session.get("reference_id"))
    return ReportRow(
        rials=rials,
        outcome=OUTCOMES.get(str(session.get("status")).upper(), Outcome.UNKNOWN),
        at=tehran_moment(session.get("created_at")),
        receipt_ref=str(receipt) if receipt else None,
    )
