"""«Remind me next month»: asked for at the receipt or with the gift, kept and stopped by a signed link."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.notices.models import Letter
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.reminders import links
from campaigns.domain.reminders.models import Reminder, ReminderAnswer
from campaigns.domain.reminders.worker import remind_due, welcome
from campaigns.senders.http import HttpSender
from campaigns.web.letterlinks import link
from tests.domain.reminders.donors import SARA, asked, jalali, letters, on, worker_on
from tests.giving import live_campaign, pledged
from tests.support.paying import Paying
from tests.web.give.donor import Donor, gifts, leads_to_the_bank, value_of
from tests.web.refusals import assert_refused


@pytest.fixture
def paid(app: Flask) -> Contribution:
    gift = pledged(live_campaign())
    gift.received_at = now()
    db.session.add(
        PaymentAttempt(
            contribution=gift, numeric_ref=1, gateway="zarinpal", environment="sandbox",
            rials=gift.rials, state="paid", captured_rials=gift.rials, paid_at=now(),
        )
    )  # fmt: skip
    db.session.commit()
    return gift


@pytest.fixture
def reminder(app: Flask) -> Reminder:
    with on(jalali(1405, 7, 20)):
        return asked(live_campaign())


def own(reminder: Reminder, rest: str = "") -> str:
    return f"/monthly/{links.own(reminder)}{rest}"


def reminders() -> list[Reminder]:
    return list(db.session.scalars(select(Reminder).execution_options(populate_existing=True)))


def test_the_receipt_offers_it_and_the_form_asks_for_an_address_and_a_day(client: FlaskClient, paid):
    page = client.get(f"/r/{paid.code}")
    assert f'href="/r/{paid.code}/monthly"' in page.text
    sent = client.post(f"/r/{paid.code}/monthly", data={"email": " Sara@Example.org ", "day": "31"})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/r/{paid.code}/monthly")
    [reminder] = reminders()
    assert (reminder.email, reminder.day, reminder.rials) == (SARA, 31, paid.rials)
    after = client.get(f"/r/{paid.code}/monthly").text
    assert SARA not in after and "<form" not in after
    assert "/monthly" not in client.get(f"/r/{paid.code}").text


def test_a_wrong_address_is_said_beside_its_field_and_nothing_typed_is_lost(client: FlaskClient, paid):
    page = client.post(f"/r/{paid.code}/monthly", data={"email": "sara@", "day": "7"})
    assert_refused(page, "email")
    assert value_of(page, "email") == "sara@"
    assert re.search(r'<option value="7" selected>', page.text)
    assert reminders() == []


def test_a_robot_and_a_day_that_is_none_bring_nothing(client: FlaskClient, paid):
    form = {"email": SARA, "day": "5"}
    assert client.post(f"/r/{paid.code}/monthly", data=form | {"website": "x"}).status_code == 422
    assert client.post(f"/r/{paid.code}/monthly", data=form | {"day": "32"}).status_code == 422
    assert reminders() == []


def test_a_gift_that_is_not_here_and_a_campaign_that_is_over_offer_nothing(client: FlaskClient, paid):
    assert client.get(f"/r/{pledged(paid.campaign).code}/monthly").status_code == 404
    paid.campaign.state = "ended"
    db.session.commit()
    assert client.get(f"/r/{paid.code}/monthly").status_code == 404
    assert "/monthly" not in client.get(f"/r/{paid.code}").text


def test_every_month_may_be_chosen_with_the_gift(app: Flask, paying: Paying):
    sara = Donor(app, live_campaign())
    page = sara.choose(other="50000", intent="sadaqah", repeat="monthly")
    assert 'name="email"' in page.text
    form = sara.form(repeat="monthly", email=SARA, day="12")
    assert leads_to_the_bank(sara.send(form))
    [reminder] = reminders()
    assert (reminder.email, reminder.day, reminder.gift_id) == (SARA, 12, gifts()[0].id)
    welcome(link)
    assert letters() == []  # nobody is written to before the gift has arrived
    assert_refused(sara.send(sara.form(repeat="monthly", email="", day="12")), "email")


def test_who_changes_the_amount_keeps_every_month_and_the_letter_they_came_from(app: Flask, paying: Paying):
    sara = Donor(app, live_campaign())
    page = sara.choose(other="50000", intent="sadaqah", repeat="monthly")
    assert f"{sara.page}?repeat=monthly" in page.text
    first = sara.choose(repeat="monthly")
    assert first.status_code == 200
    assert re.search(r'value="monthly" checked', first.text)
    came = sara.choose(again="a-letter")
    assert came.status_code == 200
    assert value_of(came, "again") == "a-letter" and "repeat-monthly" not in came.text


def test_once_is_meant_unless_every_month_is_said(app: Flask, paying: Paying):
    sara = Donor(app, live_campaign())
    assert re.search(r'id="repeat-once" value="once" checked', sara.choose().text)
    assert 'name="email"' not in sara.choose(other="50000", intent="sadaqah", repeat="once").text
    sara.give()
    assert reminders() == []


def test_the_link_of_a_letter_opens_the_filled_in_form_and_the_gift_is_its_answer(
    app: Flask, paying: Paying, reminder: Reminder
):
    worker_on(jalali(1405, 8, 5))
    [letter] = letters()
    path = re.search(r"http://localhost(/c/\S+)", letter.body)
    assert path
    sara = Donor(app, reminder.campaign)
    page = sara.client.get(path[1])
    assert page.status_code == 200
    assert value_of(page, "amount") == "500,000" and value_of(page, "intent") == "sadaqah"
    again = value_of(page, "again")
    sara.give(again=again)
    [answer] = db.session.scalars(select(ReminderAnswer))
    assert (answer.gift_id, answer.month) == (gifts()[-1].id, 140508)


def test_a_forged_letter_is_no_answer_and_no_hindrance(app: Flask, paying: Paying, reminder: Reminder):
    sara = Donor(app, reminder.campaign)
    sara.give(again="forged")
    assert db.session.scalars(select(ReminderAnswer)).all() == []
    assert len(gifts()) == 2


def test_looking_at_the_stop_link_stops_nothing_and_one_click_does(client: FlaskClient, reminder: Reminder):
    page = client.get(own(reminder, "/stop"))
    assert page.status_code == 200 and "<form" in page.text
    assert reminders()[0].state == "active"
    done = client.post(own(reminder, "/stop"))
    assert done.status_code == 200
    assert (reminders()[0].state, reminders()[0].email) == ("stopped", None)
    assert client.post(own(reminder, "/stop")).status_code == 200


def test_a_mail_program_stops_it_with_one_click_without_a_browser(app: Flask, reminder: Reminder):
    """RFC 8058: a POST with this body, from a server that sends neither cookies nor an origin."""
    worker_on(jalali(1405, 8, 5))
    db.session.commit()
    address = db.session.scalars(select(Letter.unsubscribe_url)).one()
    assert address and address.startswith("http://localhost/")
    program = app.test_client(use_cookies=False)
    program.environ_base.pop("HTTP_SEC_FETCH_SITE")
    done = program.post(address.removeprefix("http://localhost"), data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert reminders()[0].state == "stopped"


def test_the_donors_own_page_changes_pauses_and_goes_on(client: FlaskClient, reminder: Reminder):
    with on(jalali(1405, 7, 21)):
        assert client.post(own(reminder), data={"rials": "۷۰۰٬۰۰۰", "day": "20"}).status_code == 303
    assert (reminder.rials, reminder.day) == (7_000_000, 20)
    client.post(own(reminder, "/pause"))
    client.post(own(reminder, "/pause"))
    assert reminders()[0].state == "paused"
    assert "/resume" in client.get(own(reminder)).text
    client.post(own(reminder, "/resume"))
    assert reminders()[0].state == "active"
    assert_refused(client.post(own(reminder), data={"rials": "1", "day": "20"}), "rials")


def test_nobody_without_the_link_sees_or_stops_anything(client: FlaskClient, reminder: Reminder):
    for token in (reminder.public_id, links.of_month(reminder, 140508), "x"):
        assert client.get(f"/monthly/{token}").status_code == 404
        assert client.post(f"/monthly/{token}/stop").status_code == 404
    assert reminders()[0].state == "active"


def test_letters_and_pages_are_in_the_language_she_gave_in(client: FlaskClient, app: Flask):
    with on(jalali(1405, 7, 20)):
        reminder = asked(live_campaign(), language="en")
    with on(jalali(1405, 8, 5)):
        remind_due(link)
    [letter] = letters()
    assert "http://localhost/en/monthly/" in letter.body
    assert "Nothing is lost" not in letter.body and "You asked us to remind you" in letter.body
    assert reminder.language == "en"


@pytest.fixture
def texting(app: Flask) -> Iterator[None]:
    before = app.extensions["sender"]
    app.extensions["sender"] = HttpSender("http://127.0.0.1:9", Settings.sms_body, {}, private=True)
    yield
    app.extensions["sender"] = before


def test_a_mobile_number_alone_will_do_where_text_messages_go_out(app: Flask, client, paid, texting):
    page = client.get(f"/r/{paid.code}/monthly").text
    assert 'name="mobile"' in page
    assert_refused(client.post(f"/r/{paid.code}/monthly", data={"day": "5"}), "email")
    assert_refused(client.post(f"/r/{paid.code}/monthly", data={"day": "5", "mobile": "12"}), "mobile")
    sent = client.post(f"/r/{paid.code}/monthly", data={"mobile": "۰۹۱۲ ۳۴۵ ۶۷۸۹", "day": "5"})
    assert sent.status_code == 303
    [reminder] = reminders()
    assert (reminder.email, reminder.mobile) == (None, "+989123456789")


def test_where_none_go_out_no_number_is_asked_for_and_none_is_taken(app: Flask, client, paid, paying: Paying):
    assert 'name="mobile"' not in client.get(f"/r/{paid.code}/monthly").text
    assert_refused(
        client.post(f"/r/{paid.code}/monthly", data={"mobile": "09123456789", "day": "5"}), "email"
    )
    sara = Donor(app, paid.campaign)
    refused = sara.send(sara.form(repeat="monthly", email="", mobile="09123456789", day="12"))
    assert_refused(refused, "email")
    assert reminders() == []


def test_who_gives_every_month_and_leaves_only_a_number_is_reminded_there(
    app: Flask, paying: Paying, texting
):
    sara = Donor(app, live_campaign())
    assert_refused(sara.send(sara.form(repeat="monthly", email="", mobile="", day="12")), "email")
    form = sara.form(repeat="monthly", email="", mobile="09123456789", day="12")
    assert leads_to_the_bank(sara.send(form))
    [reminder] = reminders()
    assert (reminder.email, reminder.mobile, reminder.day) == (None, "+989123456789", 12)
