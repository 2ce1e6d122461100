from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.notices import letters
from campaigns.domain.notices.actions import write
from campaigns.domain.notices.delivery import send_due
from campaigns.domain.notices.models import Letter
from campaigns.domain.notices.queries import MOST_TRIES, given_up
from tests.cast import mina
from tests.domain.notices.postoffice import open_office
from tests.support.crowds import at_once

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def office():
    with open_office() as office:
        yield office


@pytest.fixture
def letter():
    letters.password_changed(mina(), "cause")
    db.session.commit()
    return db.session.scalars(select(Letter)).one()


def through(office) -> Settings:
    return Settings(smtp_url=office.url, mail_from="Pooyesh <letters@example.org>")


def later(**much: int):
    return clock.at(clock.now() + timedelta(**much))


def test_a_letter_reaches_mina_as_it_was_written(office, letter):
    assert send_due(through(office)) == 1
    [mail] = office.taken
    assert mail["To"] == "mina@example.org"
    assert mail["Subject"] == letter.subject
    assert mail["From"] == "Pooyesh <letters@example.org>"
    assert mail["Message-ID"] == f"<letter-{letter.id}@example.org>"
    assert mail["Content-Language"] == "fa"
    assert mail.get_content().splitlines() == letter.body.splitlines()


def test_a_letter_goes_out_once(office, letter):
    assert [send_due(through(office)) for _ in range(3)] == [1, 0, 0]
    assert len(office.taken) == 1
    assert letter.sent_at is not None and letter.tries == 1


def test_without_a_mail_server_letters_wait(letter):
    assert send_due(Settings()) == 0
    assert (letter.tries, letter.sent_at, letter.lease_until) == (0, None, None)


def test_no_more_letters_than_asked_for_go_out(office):
    user = mina()
    for number in range(5):
        letters.password_changed(user, str(number))
    db.session.commit()
    assert send_due(through(office), limit=3) == 3
    assert send_due(through(office), limit=3) == 2


def test_a_refused_letter_waits_longer_each_time_and_then_goes(office, letter):
    office.refusing = True
    assert send_due(through(office)) == 0
    first_pause = letter.next_try_at - clock.now()
    assert send_due(through(office)) == 0
    assert letter.tries == 1
    with later(minutes=2):
        send_due(through(office))
        assert letter.next_try_at - clock.now() > first_pause
    office.refusing = False
    with later(minutes=30):
        assert send_due(through(office)) == 1
    assert given_up() == []


def test_a_letter_nobody_takes_is_given_up_and_can_be_seen(office, letter):
    office.refusing = True
    for day in range(MOST_TRIES + 3):
        with later(days=day):
            send_due(through(office))
    assert letter.tries == MOST_TRIES
    assert list(given_up()) == [letter]


def test_a_letter_in_another_workers_hands_is_left_alone_until_the_lease_ends(office, letter):
    letter.lease_until = clock.now() + timedelta(minutes=5)
    db.session.commit()
    assert send_due(through(office)) == 0
    with later(minutes=6):
        assert send_due(through(office)) == 1


@pytest.mark.parametrize("url", ["smtp://127.0.0.1:1", "http://127.0.0.1", "smtp://", "nonsense"])
def test_an_unreachable_or_wrong_server_costs_a_try_and_nothing_else(url, letter):
    assert send_due(Settings(smtp_url=url)) == 0
    assert (letter.tries, letter.sent_at) == (1, None)


def test_a_password_is_never_sent_in_clear_over_a_network(office, letter, monkeypatch):
    monkeypatch.setattr("campaigns.base.mail.LOCAL", frozenset())
    url = office.url.replace("//", "//pooyesh:secret@")
    assert send_due(Settings(smtp_url=url)) == 0
    assert office.taken == []


def test_of_many_workers_one_sends_each_letter(app, office):
    user = mina()
    for number in range(12):
        letters.password_changed(user, str(number))
    sent = at_once(app, 4, lambda _: send_due(through(office)))
    assert sum(sent) == 12
    assert len({mail["Message-ID"] for mail in office.taken}) == len(office.taken) == 12


def test_a_letter_that_can_be_stopped_says_so_to_mail_programs(office):
    address = "https://example.org/monthly/token/stop"
    write("key", "sara@example.org", "fa", "password_changed", unsubscribe_url=address, name="Sara")
    db.session.commit()
    send_due(through(office))
    [mail] = office.taken
    assert mail["List-Unsubscribe"] == f"<{address}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_that_must_come_cannot_be_stopped(office, letter):
    send_due(through(office))
    assert office.taken[0]["List-Unsubscribe"] is None
