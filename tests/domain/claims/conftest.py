"""A live campaign, and an account that gifts to it may be transferred to."""

import pytest
from flask import Flask

from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims.models import BankAccount
from tests.giving import live_campaign
from tests.transfers import receiving, two_people


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return live_campaign("sadaqah", "zakat")


@pytest.fixture
def people(campaign: Campaign) -> tuple[User, User]:
    return two_people()


@pytest.fixture
def account(people: tuple[User, User]) -> BankAccount:
    return receiving(*people)
