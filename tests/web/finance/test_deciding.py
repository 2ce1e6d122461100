"""Farid and Negar decide about money on its own page, each within reach; nobody else finds the page."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.payments.settlement import state_of
from tests.cast import mina, parisa, person, reza
from tests.domain.refunds.money import bar, farid, negar, of_another_sum, of_nobody
from tests.web.officehands import Hands, filled
from tests.worlds import live_campaign


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def address(item: ReviewItem, step: str = "") -> str:
    return f"/en/finance/items/{item.public_id}" + (f"/{step}" if step else "")


def test_farid_proposes_and_negar_agrees(app, campaign):
    item = of_another_sum(app, campaign)
    one, other = Hands(app, farid()), Hands(app, negar())
    page = one.seen(address(item))
    assert "The bank took another amount than was asked for" in page
    assert item.attempt.receipt_ref in page
    sent = one.fill(address(item), address(item, "propose"), outcome="allocate", evidence="line 12")
    page = one.after(sent)
    assert "This is your own proposal" in page
    assert "line 12" in page
    assert "Waits for a second person" in other.seen("/en/finance/items")
    page = other.after(other.fill(address(item), address(item, "answer"), answer="agree"))
    assert "Decided" in page
    assert bar(campaign) == (4_000_000, 1)
    assert "The bank took another" not in other.seen("/en/finance/items")


def test_ones_own_proposal_is_not_answered_even_by_hand(app, campaign):
    item, one = of_another_sum(app, campaign), Hands(app, farid())
    one.fill(address(item), address(item, "propose"), outcome="allocate", evidence="line 12")
    forged = {"csrf_token": one.token, "answer": "agree", "proposal": "x", "remark": ""}
    assert one.post(address(item, "answer"), forged).status_code == 422
    assert state_of(item.attempt.id) == "review"


def test_nothing_typed_is_lost_when_something_is_missing(app, campaign):
    item, one = of_another_sum(app, campaign), Hands(app, farid())
    sent = one.fill(
        address(item), address(item, "propose"), outcome="allocate", campaign="", evidence="line 12"
    )
    assert sent.status_code == 422
    assert "Choose the campaign that gets the money" in sent.text
    assert "line 12" in sent.text
    sent = one.fill(address(item), address(item, "propose"), evidence="line 12")
    assert "Choose what should become of the money" in sent.text
    sent = one.fill(address(item), address(item, "propose"), outcome="allocate", evidence="")
    assert "Write what you have seen" in sent.text


def test_a_no_needs_its_reason(app, campaign):
    item, one, other = of_another_sum(app, campaign), Hands(app, farid()), Hands(app, negar())
    one.fill(address(item), address(item, "propose"), outcome="allocate", evidence="line 12")
    assert other.fill(address(item), address(item, "answer"), answer="refuse").status_code == 422
    assert other.fill(address(item), address(item, "answer")).status_code == 422
    page = other.after(
        other.fill(address(item), address(item, "answer"), answer="refuse", remark="not that line")
    )
    assert "not that line" in page


def test_money_of_nobody_is_confirmed_then_given_to_a_campaign(app, campaign):
    item, one, other = of_nobody(), Hands(app, farid()), Hands(app, negar())
    page = one.get(address(item))
    confirmed = one.post(address(item, "confirm"), filled(page, statement="statement 3, line 2"))
    assert "statement 3, line 2" in one.after(confirmed)
    one.after(
        one.fill(
            address(item),
            address(item, "propose"),
            outcome="allocate",
            campaign=str(campaign.id),
            intent="sadaqah",
            evidence="line 2",
        )
    )
    other.after(other.fill(address(item), address(item, "answer"), answer="agree"))
    assert bar(campaign) == (700_000, 0)


def test_an_item_without_money_is_closed_by_one_person_with_a_reason(app, campaign):
    item, one = of_nobody(), Hands(app, farid())
    assert one.fill(address(item), address(item, "close")).status_code == 422
    page = one.after(one.fill(address(item), address(item, "close"), closing="the bank sent it back"))
    assert "the bank sent it back" in page
    assert db.session.get_one(ReviewItem, item.id).closed_at is not None


def test_finance_of_another_province_finds_no_such_page(app, campaign):
    item = of_another_sum(app, campaign)
    qom = Hands(app, farid(province_code="IR-25"))
    assert qom.get(address(item)).status_code == 404
    for step in ("confirm", "close", "propose", "answer"):
        assert qom.post(address(item, step), {"csrf_token": qom.token}).status_code == 404


def test_finance_of_a_province_gives_to_campaigns_of_it_only(app, campaign):
    """Money of the whole country is not theirs to give at all."""
    item, kerman = of_nobody(), Hands(app, farid(province_code="IR-08"))
    assert kerman.get(address(item)).status_code == 404


def test_an_auditor_looks_and_does_not_decide(app, campaign):
    item, auditor = of_another_sum(app, campaign), Hands(app, person("Simin", Role.AUDITOR))
    assert "Propose a decision" not in auditor.seen(address(item))
    assert auditor.post(address(item, "propose"), {"csrf_token": auditor.token}).status_code == 404
