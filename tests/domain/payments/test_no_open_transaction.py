"""The gateway is asked with no transaction open: a slow bank must not keep others out of the database."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.payments.contract import VerifyRequest, VerifyResult
from campaigns.domain.payments.settlement import settle
from campaigns.gateways.zarinpal import ZarinPal
from tests.giving import live_campaign, pledged
from tests.support.paying import MERCHANT


@pytest.fixture
def attempt_id(paying):
    return paying.attempt(pledged(live_campaign()))


def test_no_transaction_is_open_while_the_bank_is_asked(paying, attempt_id):
    watching = Watching(MERCHANT, paying.url, "sandbox")
    settle(attempt_id, watching, "callback")
    paying.press(attempt_id)
    settle(attempt_id, watching, "callback")
    settle(attempt_id, watching, "callback")
    assert set(watching.open_while_asked) == {False}
    assert not db.session().in_transaction()


class Watching(ZarinPal):
    """The same gateway, noting whether we hold a transaction while it works."""

    def __init__(self, *values: str) -> None:
        super().__init__(*values)
        self.open_while_asked: list[bool] = []

    def verify(self, request: VerifyRequest) -> VerifyResult:
        self.open_while_asked.append(db.session().in_transaction())
        return super().verify(request)

    def inquire(self, request: VerifyRequest) -> VerifyResult:
        self.open_while_asked.append(db.session().in_transaction())
        return super().inquire(request)
