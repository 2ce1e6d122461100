"""A gift goes back: Farid asks, Negar approves, the donor's receipt and the public page say so."""

import pytest

from campaigns.base.codes import spoken
from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.funds.actions import Plan
from campaigns.domain.funds.actions import approve as spend
from campaigns.domain.funds.actions import propose as propose_spending
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.models import Refund
from tests.cast import mina, parisa, person, reza
from tests.domain.refunds.money import asked as request
from tests.domain.refunds.money import bar, farid, negar, of_another_sum, of_nobody, paid, placed, whole
from tests.giving import pledged
from tests.support.paying import look
from tests.web.officehands import Hands
from tests.worlds import live_campaign

LIST = "/en/finance/refunds"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def attempt(app, campaign):
    return whole(app, campaign, donor_name="سارا", hide_name=False)


def asked(hands: Hands, attempt, **more: str) -> str:
    """The address of a refund that somebody asks for on the payment's own page."""
    path = f"{LIST}/of/{attempt.public_id}"
    sent = hands.fill(path, **{"way": "refund", "reason": "donor", "text": "she called us", **more})
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"]


def done(hands: Hands, address: str, step: str, **words: str) -> str:
    return hands.after(hands.fill(address, f"{address}/{step}", **words))


def test_from_the_tracking_code_to_the_donors_card(app, client, campaign, attempt):
    one, other = Hands(app, farid()), Hands(app, negar())
    found = one.get(f"{LIST}/find?code={spoken(attempt.contribution.code)}")
    assert found.headers["Location"].endswith(f"/refunds/of/{attempt.public_id}")
    address = asked(one, attempt)
    assert "You asked for this" in one.seen(address)
    assert bar(campaign) == (5_000_000, 1)
    assert "Approved, to be sent" in done(other, address, "approve")
    assert bar(campaign) == (0, 0)
    assert "PANEL-7" in done(one, address, "send", reference="PANEL-7")
    page = done(other, address, "finish", seen="the statement of Sunday")
    assert "Given back" in page
    assert "the statement of Sunday" in page
    receipt = client.get(f"/en/r/{attempt.contribution.code}").text
    assert "Your gift goes back to you" in receipt
    assert "PANEL-7" in receipt
    assert "she called us" not in receipt
    bar(campaign)
    shown = client.get("/en/corrections").text
    assert "The donor asked for it" in shown
    assert "500,000" in shown
    for private in ("she called us", "Farid", "Negar", "سارا", attempt.contribution.code):
        assert private not in shown


def test_a_gift_given_back_leaves_the_wall(app, client, campaign, attempt):
    address = f"/en/c/{campaign.slug}"
    before = client.get(address)
    if before.status_code == 404:
        address = f"/en/{campaign.slug}"
        before = client.get(address)
    assert "سارا" in before.text
    one = asked(Hands(app, farid()), attempt)
    done(Hands(app, negar()), one, "approve")
    placed()
    assert "سارا" not in client.get(address).text


def test_part_of_a_gift_keeps_its_thanks_and_says_what_went_back(app, client, campaign, attempt):
    address = asked(Hands(app, farid()), attempt, amount="۱۰۰ هزار تومان")
    done(Hands(app, negar()), address, "approve")
    receipt = client.get(f"/en/r/{attempt.contribution.code}").text
    assert "Thank you. Your gift has arrived." in receipt
    assert "On its way back" in receipt
    assert "100,000 toman" in receipt


def test_one_does_not_approve_ones_own_even_by_hand(app, attempt):
    one = Hands(app, farid())
    address = asked(one, attempt)
    sent = one.post(f"{address}/approve", {"csrf_token": one.token, "approving": ""})
    assert sent.status_code == 422
    assert "another person answers it" in sent.text


def test_nothing_typed_is_lost_when_it_is_too_much(app, attempt):
    path = f"{LIST}/of/{attempt.public_id}"
    sent = Hands(app, farid()).fill(path, way="refund", amount="900000", reason="donor", text="she called us")
    assert sent.status_code == 422
    assert "more than is left" in sent.text
    assert "she called us" in sent.text
    sent = Hands(app, negar()).fill(path, amount="many", reason="", text="")
    for sentence in ("Write an amount in tomans", "Choose a reason", "Write what happened"):
        assert sentence in sent.text


def test_no_other_destination_can_be_typed(app, attempt):
    page = Hands(app, farid()).seen(f"{LIST}/of/{attempt.public_id}")
    names = {part.split('"')[0] for part in page.split('name="')[1:]}
    assert {"amount", "reason", "text"} <= names
    assert not {name for name in names if "card" in name or "iban" in name or "account" in name}


def test_what_failed_is_as_before_and_can_be_asked_for_again(app, client, campaign, attempt):
    one, other = Hands(app, farid()), Hands(app, negar())
    address = asked(one, attempt)
    done(other, address, "approve")
    assert one.fill(address, f"{address}/fail").status_code == 422
    done(one, address, "fail", failing="the card is closed")
    assert bar(campaign) == (5_000_000, 1)
    assert look(attempt.id).refund_reserved_rials == 0
    assert "Thank you" in client.get(f"/en/r/{attempt.contribution.code}").text
    assert "Could not be given back" in client.get("/en/corrections").text
    asked(one, attempt)


def test_money_that_did_not_fit_is_returned_by_two(app, client, campaign):
    item = of_another_sum(app, campaign)
    address = f"/en/finance/items/{item.public_id}"
    one, other = Hands(app, farid()), Hands(app, negar())
    one.after(one.fill(address, f"{address}/propose", outcome="return", evidence="she called"))
    other.after(other.fill(address, f"{address}/answer", answer="agree"))
    refund = db.session.query(Refund).one()
    assert refund.public_id in other.seen(f"{LIST}?state=approved")
    assert refund.public_id not in other.seen(f"{LIST}?state=done")
    assert "Your gift goes back to you" in client.get(f"/en/r/{item.attempt.contribution.code}").text
    placed()
    assert "Goes back to the donor" in client.get("/en/corrections").text


def test_a_gift_paid_twice_asks_which_payment_goes_back(app, campaign):
    gift = pledged(campaign)
    first, second = paid(app, gift), paid(app, gift)
    second.state = "paid"
    db.session.commit()
    page = Hands(app, farid()).seen(f"{LIST}/find?code={gift.code}")
    assert first.public_id in page
    assert second.public_id in page


def test_a_code_nobody_knows_says_so(app, campaign):
    sent = Hands(app, farid()).get(f"{LIST}/find?code=ABCD")
    assert sent.status_code == 422
    assert "We know no paid gift with this code" in sent.text


def test_finance_of_another_province_sees_nothing_of_it(app, attempt):
    address = asked(Hands(app, farid()), attempt)
    qom = Hands(app, negar(province_code="IR-25"))
    assert "There is no refund here" in qom.seen(LIST)
    assert qom.get(address).status_code == 404
    assert qom.get(f"{LIST}/of/{attempt.public_id}").status_code == 404
    assert qom.get(f"{LIST}/find?code={attempt.contribution.code}").status_code == 422
    assert qom.post(f"{address}/approve", {"csrf_token": qom.token}).status_code == 404


def test_an_auditor_looks_and_does_nothing(app, attempt):
    address = asked(Hands(app, farid()), attempt)
    auditor = Hands(app, person("Simin", Role.AUDITOR))
    assert "Approve it" not in auditor.seen(address)
    assert "Ask for a refund" not in auditor.seen(LIST)
    assert auditor.post(f"{address}/approve", {"csrf_token": auditor.token}).status_code == 404
    assert auditor.get(f"{LIST}/find").status_code == 404


def test_for_moderators_the_room_does_not_exist(app, attempt):
    assert Hands(app, person("Nima", Role.MODERATOR)).get(LIST).status_code == 404


def test_what_is_spent_is_not_given_back_and_the_sentence_says_what_to_do(app, campaign, attempt):
    one, other = farid(), negar()
    plan = Plan(Intent.SADAQAH, Purpose.PROJECT, 4_000_000, "فروشگاه کویر", "شصت پتو", "F-1")
    spend(propose_spending(campaign, plan, one), other)
    db.session.commit()
    path = f"{LIST}/of/{attempt.public_id}"
    sent = Hands(app, one).fill(path, way="refund", reason="donor", text="she called us")
    assert sent.status_code == 422
    assert "it has only 100,000 toman left. Call off a spending" in sent.text
    assert "she called us" in sent.text
    asked(Hands(app, other), attempt, amount="100000")


def test_a_long_list_goes_on_on_the_next_page_within_reach(app, campaign, monkeypatch):
    monkeypatch.setattr("campaigns.web.finance.refunds.SHOWN", 3)
    one = farid()
    gifts = [whole(app, campaign) for _ in range(5)]
    made = [request(gift, one).public_id for gift in gifts]
    hands = Hands(app, negar(province_code="IR-08"))
    first = hands.seen(LIST)
    assert [f"/{name}" in first for name in made] == [False, False, True, True, True]
    second = hands.seen(first.split('rel="next" href="')[1].split('"')[0])
    assert [f"/{name}" in second for name in made] == [True, True, False, False, False]
    assert 'rel="next"' not in second
    assert "The newest" in second
    qom = Hands(app, person("Shadi", Role.FINANCE, province_code="IR-25"))
    assert "There is no refund here" in qom.seen(LIST)


def test_money_nobody_knows_goes_back_to_who_paid_it(app, campaign):
    item = of_nobody()
    address = f"/en/finance/items/{item.public_id}"
    one, other = Hands(app, farid()), Hands(app, negar())
    one.after(one.fill(address, f"{address}/confirm", statement="line 12"))
    one.after(one.fill(address, f"{address}/propose", outcome="return", evidence="nobody knows it"))
    other.after(other.fill(address, f"{address}/answer", answer="agree"))
    refund = db.session.query(Refund).one()
    page = other.seen(f"{LIST}/{refund.public_id}")
    assert "only the gateway knows it" in page
    assert "Money of no campaign" in other.seen(LIST)
    kerman = Hands(app, person("Kian", Role.FINANCE, province_code="IR-08"))
    assert refund.public_id not in kerman.seen(LIST)
    assert kerman.get(f"{LIST}/{refund.public_id}").status_code == 404
    address = f"{LIST}/{refund.public_id}"
    done(one, address, "send", reference="PANEL-9")
    assert "Given back" in done(other, address, "finish", seen="the statement of Sunday")


def test_a_dispute_is_written_down_held_by_two_and_won(app, campaign, attempt):
    one, other = Hands(app, farid()), Hands(app, negar())
    path = f"{LIST}/of/{attempt.public_id}/dispute"
    assert "shows a dispute" in one.seen(f"{LIST}/of/{attempt.public_id}")
    empty = one.fill(path, amount="", case="", text="")
    assert empty.status_code == 422
    assert "Write the number that the gateway&#39;s portal gives it" in empty.text
    sent = one.fill(path, case="CB-7", text="the owner of the card says it was not her")
    address = sent.headers["Location"]
    again = one.fill(path, case="CB-7", amount="1000", text="once more")
    assert again.status_code == 422
    assert "Held until the bank decides" in done(other, address, "approve")
    assert bar(campaign) == (0, 0)
    assert one.fill(address, f"{address}/fail", failing="").status_code == 422
    assert "Won: its campaign has it again" in done(one, address, "fail", failing="portal, case closed")
    assert bar(campaign) == (5_000_000, 1)


def test_a_dispute_about_spent_money_is_not_lost_from_sight(app, campaign, attempt):
    one, other = farid(), negar()
    plan = Plan(Intent.SADAQAH, Purpose.PROJECT, 4_000_000, "فروشگاه کویر", "شصت پتو", "F-1")
    spend(propose_spending(campaign, plan, one), other)
    db.session.commit()
    sent = Hands(app, one).fill(f"{LIST}/of/{attempt.public_id}/dispute", case="CB-8", text="not her")
    assert sent.status_code == 422
    assert [item.kind for item in db.session.query(ReviewItem)] == ["dispute_spent"]
