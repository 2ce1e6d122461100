"""A sponsor's pool is closed from its page: Farid proposes with the sponsor's word, Negar agrees, the bank pays."""

import pytest

from campaigns.domain.accounts.permissions import Role
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from tests.cast import mina, parisa, person, reza
from tests.domain.refunds.money import bar
from tests.web.finance.test_pools import SHEBA, address, opened
from tests.web.officehands import Hands
from tests.worlds import live_campaign

WORD = "letter of their board, number 12"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def farid(app, campaign):
    return Hands(app, person("Farid", Role.FINANCE))


@pytest.fixture
def negar(app, campaign):
    return Hands(app, person("Negar", Role.FINANCE))


def proposed(hands: Hands, **words: str):
    return hands.fill(f"{address()}/close", **{"outcome": "return", "word": WORD, **words})


def answered(hands: Hands, step: str, **words: str):
    return hands.fill(address(), f"{address()}/close/{step}", **words)


def test_what_is_left_goes_back_to_the_sponsor(campaign, farid, negar, client):
    opened(farid, negar)
    page = farid.after(proposed(farid))
    assert "somebody else decides on it" in page
    page = negar.after(answered(negar, "agree"))
    assert "We owe the sponsor 100,000 toman" in page
    assert WORD in page
    page = farid.after(answered(farid, "pay", bank_account=SHEBA, bank_reference="B-77"))
    assert "B-77" in page
    assert balance(accounts.PAYABLE) == 0
    assert "doubles every gift" not in client.get(f"/en/c/{campaign.slug}").text


def test_or_to_a_campaign(campaign, farid, negar):
    opened(farid, negar)
    farid.after(proposed(farid, outcome="give", campaign=campaign.slug))
    before = bar(campaign)[0]
    negar.after(answered(negar, "agree"))
    assert bar(campaign)[0] == before + 1_000_000


def test_refused_the_pool_goes_on(campaign, farid, negar, client):
    opened(farid, negar)
    farid.after(proposed(farid))
    assert answered(negar, "refuse").status_code == 422
    page = negar.after(answered(negar, "refuse", reason="the sponsor has not said so"))
    assert "the sponsor has not said so" in page
    assert "doubles every gift" in client.get(f"/en/c/{campaign.slug}").text


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"outcome": ""}, "outcome", "Choose what becomes of it"),
        ({"word": ""}, "word", "Write what the sponsor said"),
        ({"outcome": "give", "campaign": "nowhere"}, "campaign", "no campaign with this address"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(farid, negar, words, field, sentence):
    opened(farid, negar)
    sent = proposed(farid, **words)
    assert sent.status_code == 422
    assert sentence in sent.text.split(f'id="{field}-error"')[1].split("</p>")[0]


def test_nobody_agrees_with_their_own_word_even_by_hand(farid, negar):
    opened(farid, negar)
    farid.after(proposed(farid))
    page = negar.seen(address())
    closing = page.split('name="closing"')[1].split('value="')[1].split('"')[0]
    sent = farid.post(f"{address()}/close/agree", {"csrf_token": farid.token, "closing": closing})
    assert sent.status_code == 422
    assert "another person answers it" in sent.text


def test_an_auditor_looks_and_does_nothing(app, farid, negar):
    opened(farid, negar)
    auditor = Hands(app, person("Simin", Role.AUDITOR))
    assert "Propose to close" not in auditor.seen(address())
    assert auditor.get(f"{address()}/close").status_code == 404
