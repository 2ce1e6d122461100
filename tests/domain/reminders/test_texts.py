"""Sara left only a mobile number: one text message a month, with one link that gives, changes and stops."""

import pytest

from campaigns.base.extensions import db
from campaigns.base.texts import segments
from campaigns.config import Settings
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.erasure.donors import contacts, forget
from campaigns.domain.notices.delivery import send_due
from campaigns.domain.reminders import links, worker
from campaigns.web.letterlinks import link
from tests.domain.givers.test_texts import LONG, SARA, Provider
from tests.domain.reminders.donors import asked, jalali, letters, months, on, worker_on
from tests.giving import live_campaign
from tests.support.crowds import at_once


@pytest.fixture
def reminder(app):
    with on(jalali(1405, 7, 20)):
        return asked(live_campaign(title=LONG), email=None, mobile=SARA)


def own(reminder) -> str:
    return f"/monthly/{links.own_short(reminder)}"


def test_every_message_has_a_signed_link_and_goes_into_two_parts(reminder):
    with on(jalali(1405, 7, 20)):
        worker.welcome(link)
    for month in (8, 9, 10, 11):
        with on(jalali(1405, month, 5)):
            send_due(Settings(), Provider())
            worker.remind_due(link)
    found = letters()
    assert len(found) == 5
    assert all(message.is_text and message.to == SARA for message in found)
    assert all(segments(message.body) <= 2 for message in found)
    assert [own(reminder) in message.body for message in found] == [True] * 4 + [False]
    assert (reminder.state, reminder.why, reminder.mobile) == ("stopped", "unanswered", None)


def test_two_workers_at_once_and_one_that_dies_bring_one_message_a_month(app, reminder):
    def die(*_args: object, **_values: object) -> str:
        raise SystemExit

    def look(_number: int) -> None:
        with on(jalali(1405, 8, 5)):
            worker.remind_due(link)

    with on(jalali(1405, 8, 5)), pytest.raises(SystemExit):
        worker.remind_due(die)
    db.session.rollback()
    at_once(app, 4, look)
    assert len(letters()) == 1 and months(reminder) == [(140508, "written")]


def test_a_message_that_nobody_could_send_for_a_month_is_not_sent_beside_the_next(reminder):
    worker_on(jalali(1405, 8, 5))
    worker_on(jalali(1405, 9, 5))
    provider = Provider()
    with on(jalali(1405, 9, 5)):
        assert send_due(Settings(), provider) == 1
    assert [text.number for text in provider.taken] == [SARA]


def test_its_own_link_opens_the_form_of_this_month_and_one_press_stops_everything(client, reminder):
    worker_on(jalali(1405, 8, 5))
    page = client.get(own(reminder)).text
    assert (
        links.of_month(reminder, 140508).rpartition(".")[0].rpartition(".")[0] in page
    )  # all but when it was signed
    assert client.post(f"{own(reminder)}/stop").status_code == 200
    assert (reminder.state, reminder.mobile) == ("stopped", None)
    assert letters() == []  # what was not on its way yet is taken back


def test_nobody_makes_up_a_short_link(client, reminder):
    good = links.own_short(reminder)
    other = ("A" if good[0] != "A" else "B") + good[1:]
    for token in (other, good[:-1], good + "AA", "A" * 16, "ا" * 16, ""):
        assert links.owned(token) is None
    assert links.owned(good) == reminder


def test_a_donor_who_asks_to_be_forgotten_is_known_by_the_number_and_it_goes(reminder):
    worker_on(jalali(1405, 8, 5))
    gift = db.session.get_one(Contribution, reminder.gift_id)
    assert SARA in contacts(gift)
    forget(gift)
    db.session.commit()
    assert (reminder.mobile, reminder.state) == (None, "stopped")
    assert letters() == []
