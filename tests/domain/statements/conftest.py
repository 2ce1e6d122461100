"""Farid and Negar handle money; one campaign takes it; one account receives it."""

import pytest

from tests.cast import mina
from tests.domain.statements import papers
from tests.giving import live_campaign


@pytest.fixture
def farid(app):
    return papers.farid()


@pytest.fixture
def negar(app):
    return papers.negar()


@pytest.fixture
def account(farid, negar):
    return papers.account(farid, negar)


@pytest.fixture
def campaign(app):
    return live_campaign(author=mina())
