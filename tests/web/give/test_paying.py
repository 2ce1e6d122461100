"""From the form over our own page to the bank, and back; whatever the donor's browser does meanwhile."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaigns.base.extensions import db
from campaigns.domain.ledger.queries import received
from campaigns.domain.payments.contract import Redirect
from campaigns.web.give.onward import onward
from tests.giving import live_campaign
from tests.support.crowds import at_once
from tests.support.paying import Paying
from tests.web.give.donor import Donor, attempts, gifts, leads_to_the_bank


@pytest.fixture
def sara(app: Flask, paying: Paying) -> Donor:
    return Donor(app, live_campaign())


def heading(client: FlaskClient, path: str) -> str:
    page = client.get(path)
    found = re.search("<h1>(.*?)</h1>", page.text)
    assert found, page.status_code
    return found[1]


def back_from(paying: Paying, button: str = "pay") -> str:
    """Presses a button at the bank for the newest attempt; the path the bank sends the browser to."""
    answer = paying.press_at(str(attempts()[-1].gateway_ref), button)
    return answer.headers["Location"].removeprefix("http://localhost")


def test_our_own_page_leads_to_the_bank_by_itself_and_by_a_link(sara: Donor) -> None:
    sent = sara.send(sara.form())
    for page in (sent, sara.client.get(sara.hop())):  # at once, and for who comes back to it
        assert leads_to_the_bank(page)
        assert gifts()[0].code in page.text  # so that the tracking code is known before the bank is
        assert page.headers["Cache-Control"] == "private, no-store"


def test_each_donor_is_led_by_a_page_with_their_own_gift(sara: Donor, app: Flask) -> None:
    """The page is made once for all of them."""
    to = [Redirect("GET", f'https://bank.example/?a={n}&b="<{n}>') for n in range(2)]
    with app.test_request_context("/"):
        pages = [
            onward(to[n], rials=(n + 1) * 10_000, code=f"ABCDEFGHJK{n}", theme="firouzeh", sample=False)
            for n in range(2)
        ]
    for n, page in enumerate(pages):
        assert str(page).count(f"https://bank.example/?a={n}&amp;b=&#34;&lt;{n}&gt;") == 2
        assert f"ABCD-EFGH-JK{n}" in str(page)
        assert f"/r/ABCDEFGHJK{n}" in str(page)
    assert "۱٬۰۰۰ تومان" in str(pages[0])
    assert "۲٬۰۰۰ تومان" in str(pages[1])


def test_sara_pays_and_reads_her_receipt(sara: Donor, paying: Paying) -> None:
    sara.give()
    answer = sara.client.get(back_from(paying))
    assert answer.status_code == 303
    assert heading(sara.client, answer.headers["Location"]).startswith("سپاس")
    db.session.rollback()
    (gift,) = gifts()
    assert gift.received_at is not None
    assert received(gift.campaign_id) == 500_000


def test_who_comes_back_without_paying_can_go_on_with_nothing_typed_twice(
    sara: Donor, paying: Paying
) -> None:
    sara.give(shown_as="named", name="سارا")
    answer = sara.client.get(back_from(paying, "cancel"))
    receipt = answer.headers["Location"]
    assert heading(sara.client, receipt) == "از پرداخت برگشتید"
    again = re.search(r'action="(/pay/[^"]+/again)"', sara.client.get(receipt).text)
    assert again
    assert leads_to_the_bank(sara.client.post(again[1]))
    sara.client.get(back_from(paying))
    assert heading(sara.client, receipt).startswith("سپاس")
    db.session.rollback()
    assert len(gifts()) == 1
    assert [row.state for row in attempts()] == ["soft_cancelled", "paid"]


@pytest.mark.fault("F4")
def test_the_same_form_sent_twice_is_one_gift(sara: Donor, paying: Paying) -> None:
    form = sara.form()
    first, second = sara.send(form), sara.send(form)
    assert leads_to_the_bank(first)
    assert (second.status_code, second.headers["Location"]) == (303, sara.hop())
    assert len(gifts()) == len(attempts()) == 1
    sara.client.get(back_from(paying))
    third = sara.send(form)
    assert third.headers["Location"] == f"/r/{gifts()[0].code}"
    assert len(attempts()) == 1


def test_two_tabs_are_two_gifts(sara: Donor) -> None:
    one, other = sara.form(), sara.form()
    assert leads_to_the_bank(sara.send(one))
    assert leads_to_the_bank(sara.send(other))
    assert len(gifts()) == len(attempts()) == 2


@pytest.mark.fault("F6")
def test_the_back_button_after_paying_pays_nothing_again(sara: Donor, paying: Paying) -> None:
    hop = sara.give()
    way_back = back_from(paying)
    sara.client.get(way_back)
    for path in (hop, way_back, hop):
        page = sara.client.get(path)
        page = sara.client.get(page.headers["Location"]) if page.status_code == 303 else page
        assert page.status_code == 200
        assert str(attempts()[0].redirect_url) not in html.unescape(page.text)
    again = sara.client.post(f"{hop}/again")
    assert again.status_code == 200
    assert f"/r/{gifts()[0].code}" in again.text
    assert len(attempts()) == 1


def test_a_gateway_that_does_not_answer_loses_nothing(sara: Donor, paying: Paying) -> None:
    paying.fault("http_500", operation="request")
    hop = sara.give(shown_as="named", name="سارا")
    page = sara.client.get(hop)
    assert page.status_code == 503
    assert "چیزی پرداخت نشده" in page.text
    again = re.search(r'action="(/pay/[^"]+/again)"', page.text)
    assert again
    assert leads_to_the_bank(sara.client.post(again[1]))
    assert [row.state for row in attempts()] == ["request_failed", "redirected"]
    assert len(gifts()) == 1


def test_the_form_of_a_failed_attempt_sent_again_leads_to_a_page_with_a_way_on(
    sara: Donor, paying: Paying
) -> None:
    paying.fault("http_500", operation="request")
    form = sara.form()
    sara.send(form)
    page = sara.client.get(sara.send(form).headers["Location"])
    assert "/again" in page.text
    assert len(gifts()) == 1


def test_an_attempt_nobody_knows_leads_nowhere(sara: Donor) -> None:
    assert sara.client.get("/pay/nothing").status_code == 404
    assert sara.client.post("/pay/nothing/again").status_code == 404


def test_a_donor_of_the_english_pages_stays_in_english(sara: Donor, paying: Paying) -> None:
    sara.page = f"/en{sara.page}"
    hop = sara.give()
    assert hop.startswith("/en/pay/")
    answer = sara.client.get(back_from(paying))
    assert answer.headers["Location"].startswith("/en/r/")
    assert gifts()[0].language == "en"


@pytest.mark.fault("F4")
def test_the_same_form_ten_times_at_once_is_one_gift(app: Flask, sara: Donor) -> None:
    form = sara.form()
    path = sara.page
    answers = at_once(app, 10, lambda _number: app.test_client().post(path, data=form))
    assert sorted(answer.status_code for answer in answers) == [
        200,
        *[303] * 9,
    ]  # one goes on, nine follow it
    db.session.rollback()
    assert len(gifts()) == len(attempts()) == 1
