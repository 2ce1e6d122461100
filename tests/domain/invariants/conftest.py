"""A house that lives, and ways to break it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger.checkpoints import seal_days
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.payments.models import PaymentAttempt
from tests.domain.invariants.breaking import GIFT, paid
from tests.domain.ledger.book import mirror
from tests.domain.ledger.seals import KEY, placed
from tests.giving import live_campaign


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return live_campaign()


@pytest.fixture
def house(campaign: Campaign) -> list[PaymentAttempt]:
    """Gifts of yesterday, one of them mirrored back, and a signed day."""
    with clock.at(now() - timedelta(days=1)):
        attempts = [paid(campaign, number) for number in range(1, 6)]
        first = db.session.scalars(select(LedgerTxn).order_by(LedgerTxn.id)).first()
        assert first is not None
        mirror(campaign, GIFT, first.id)
        placed()
    seal_days(KEY)
    db.session.commit()
    return attempts
