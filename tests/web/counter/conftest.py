"""An office of Kerman, its clerk Zahra at her browser, and the campaign she takes gifts for."""

import pytest

from tests.cast import mina, parisa, reza
from tests.domain.counter.desk import an_office
from tests.web.officehands import Hands
from tests.worlds import live_campaign


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def people(app, campaign):
    return an_office()


@pytest.fixture
def zahra(app, people):
    return Hands(app, people.zahra)
