"""A frozen campaign: every door at which something could be given is shut, and says why."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger.queries import received
from campaigns.domain.mandates.charges import take_due
from campaigns.domain.mandates.due import begin_due
from campaigns.domain.problems.freezing import freeze
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.volunteers.signups import CannotTake
from campaigns.web.letterlinks import link
from tests.cast import leila
from tests.domain.mandates.house import debits, states
from tests.giving import live_campaign
from tests.promises import need, promised
from tests.transfers import declared, receiving, two_people
from tests.volunteering import driver, shift, takes, volunteer
from tests.web.give.donor import Donor, attempts
from tests.web.give.giver import Giver

__all__ = ("debits",)
REASON = "گزارش شده که پول به جای دیگری می‌رود."


@pytest.fixture
def campaign(app):
    return live_campaign()


def frozen(campaign):
    freeze(campaign, leila(), REASON, "only for us")
    db.session.commit()


def bank_says(paying, button):
    """A button pressed at the bank for the newest attempt; the path it sends the browser to."""
    pressed = paying.press_at(str(attempts()[-1].gateway_ref), button)
    return pressed.headers["Location"].removeprefix("http://localhost")


def test_every_page_and_widget_says_it_and_none_has_a_form(campaign, client):
    frozen(campaign)
    page = client.get(f"/c/{campaign.slug}").text
    assert REASON in page and 'id="give"' not in page and "only for us" not in page
    assert client.get(f"/c/{campaign.slug}/give").status_code == 409
    framed = client.get(f"/e/{campaign.slug}/form").text
    assert "<form" not in framed and "کمک به این پویش متوقف است" in framed
    for kind in ("badge.svg", "thermometer.svg", "counter.svg"):
        assert "کمک متوقف شده" in client.get(f"/e/{campaign.slug}/{kind}").text
    told = client.get(f"/en/api/campaigns/{campaign.slug}.json").get_json()
    assert told["state"] == "frozen" and "stopped" in told["notice"]


def test_a_form_that_was_open_already_takes_nothing(app, campaign):
    sara = Donor(app, campaign)
    form = sara.form()
    frozen(campaign)
    answer = sara.send(form)
    assert answer.status_code == 409 and REASON in answer.text
    assert db.session.query(Contribution).count() == 0


def test_nobody_is_sent_to_the_bank_any_more_and_who_is_there_is_settled(app, campaign, paying):
    sara = Donor(app, campaign)
    sara.give()
    sara.client.get(bank_says(paying, "cancel"))
    given_up, hop = sara.hop(), sara.give()
    frozen(campaign)
    assert sara.client.post(f"{given_up}/again").status_code == 409
    assert sara.client.get(hop).status_code == 409
    assert len(attempts()) == 2
    back = sara.client.get(bank_says(paying, "pay"))
    assert "سپاس" in sara.client.get(back.headers["Location"]).text
    assert received(campaign.id) == 500_000, "what stood at the bank is in the book"
    assert sara.client.get(hop).status_code == 200, "and its page leads to the receipt again"


def test_who_was_to_transfer_reads_that_it_is_stopped_and_may_still_say_that_it_is_done(
    app, campaign, client
):
    claim = declared(campaign, receiving(*two_people()))
    frozen(campaign)
    page = client.get(f"/transfer/{claim.public_id}").text
    assert "لطفاً واریز نکنید" in page and 'enctype="multipart/form-data"' in page
    assert "IR" not in page.partition("<main")[2].partition("<form")[0], "no account to pay to"


def test_goods_and_shifts_are_neither_promised_nor_made_more(app, campaign):
    seed_provinces()
    line = need(campaign)
    sara, kept = Giver(app, campaign, line), promised(line, 4)
    form, some_shift = sara.form(), shift(driver(campaign))
    frozen(campaign)
    assert sara.send(form).status_code == 409
    more = sara.client.post(
        f"/g/{kept.code}", data={"quantity": "۹", "day": kept.day.isoformat(), "last4": "6789"}
    )
    assert more.status_code == 422
    with pytest.raises(CannotTake):
        takes(volunteer(), some_shift)


def test_a_monthly_charge_that_had_been_begun_is_not_taken(app, campaign, debits):
    mandate = debits.signed(campaign)
    begin_due(debits.gateways, link)
    frozen(campaign)
    for _turn in range(4):
        take_due(debits.gateways, link)
    db.session.expire_all()
    assert states(mandate) == ["dropped"] and debits.money() == []
