"""Farid takes an imported file back as a whole, or reads why it stays."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.ledger import accounts as book
from campaigns.domain.ledger.queries import balance
from campaigns.domain.statements.models import StatementImport, StatementLine
from tests.cast import mina, parisa, person, reza
from tests.domain.statements.papers import account, declared
from tests.web.finance.test_statements import bring, came, file_of
from tests.web.officehands import Hands
from tests.worlds import live_campaign


@pytest.fixture
def ours(app):
    return account(person("Farid", Role.FINANCE), person("Negar", Role.FINANCE))


@pytest.fixture
def farid(app, ours):
    return Hands(app, ours.created_by)


@pytest.fixture
def claim(ours):
    """Sara has declared 500,000 tomans and a little more."""
    return declared(live_campaign(mina(), reza(), parisa()), ours, 5_000_000)


def test_a_file_is_taken_back_as_a_whole_with_a_reason(farid, ours):
    bring(farid, file_of(came(900_000)), ours)
    one = db.session.query(StatementImport).one()
    page = f"/en/finance/statements/{one.public_id}"
    farid.after(farid.post(f"{page}/import", {"csrf_token": farid.token}))
    assert balance(book.UNALLOCATED) == 900_000
    assert farid.fill(f"{page}/back", why=" ").status_code == 422
    said = farid.after(farid.fill(f"{page}/back", why="حساب دیگری بود"))
    assert "Taken back" in said and "حساب دیگری بود" in said
    assert balance(book.UNALLOCATED) == 0
    line = db.session.query(StatementLine).one()
    assert farid.get(f"/en/finance/statements/lines/{line.public_id}").status_code in {200, 404}
    assert "Somebody else was first" in farid.seen(f"{page}/back")


def test_a_file_with_a_gift_says_why_it_stays(farid, ours, claim):
    bring(farid, file_of(came(claim.expected_rials)), ours)
    page = f"/en/finance/statements/{db.session.query(StatementImport).one().public_id}"
    farid.after(farid.post(f"{page}/import", {"csrf_token": farid.token}))
    assert "a gift that stands in the book" in farid.seen(f"{page}/back")
    late = farid.post(f"{page}/back", {"csrf_token": farid.token, "why": "-"})
    assert late.status_code == 422 and "a gift that stands in the book" in late.text
