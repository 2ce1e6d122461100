"""A warehouse of Kerman, Zahra at her browser, and a campaign that asks for blankets."""

import pytest

from tests.cast import mina, parisa, reza
from tests.domain.goods.store import PRICE, a_store
from tests.promises import need
from tests.web.officehands import Hands
from tests.worlds import live_campaign


@pytest.fixture
def line(app):
    return need(live_campaign(mina(), reza(), parisa()), 40, unit_price_rials=PRICE)


@pytest.fixture
def store(app):
    return a_store()


@pytest.fixture
def zahra(app, store):
    return Hands(app, store.zahra)


@pytest.fixture
def home(store):
    """Where the pages of the warehouse are."""
    return f"/goods/{store.warehouse.public_id}"
