"""Sara left a mobile number and asked for her receipt there: one message, short, and only if somebody can send it."""

import pytest
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.texts import Text, TextError, segments
from campaigns.config import Settings
from campaigns.domain.givers.returned import tell_returned
from campaigns.domain.givers.texts import ask_text, send_receipts
from campaigns.domain.notices.delivery import send_due
from campaigns.domain.notices.models import Letter
from campaigns.domain.refunds.actions import finish, send
from campaigns.web.letterlinks import link
from tests.domain.refunds.money import agreed, farid, negar, whole
from tests.giving import GIFT, live_campaign, pledged
from tests.support.crowds import at_once

SARA = "+989123456789"
LONG = "جهیزیهٔ شصت نوعروس در روستاهای زلزله‌زدهٔ کرمانشاه، از سرپل ذهاب تا ثلاث باباجانی، تا پیش از سرما"


class Provider:
    """Takes messages, or is away."""

    def __init__(self, *, away: bool = False) -> None:
        self.taken: list[Text] = []
        self.away = away

    def send(self, text: Text) -> None:
        if self.away:
            raise TextError("HTTP 503")
        self.taken.append(text)


@pytest.fixture
def gift(app):
    gift = pledged(live_campaign(title=LONG), mobile=SARA)
    ask_text(gift.id)
    db.session.commit()
    return gift


def arrived(gift):
    gift.received_at = now()
    db.session.commit()
    return gift


def worked(_number: int = 0) -> int:
    count = send_receipts(link)
    db.session.commit()
    return count


def messages() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_nothing_is_said_before_the_money_is_in_the_book(gift):
    assert worked() == 0
    arrived(gift)
    assert [worked(), worked()] == [1, 0]
    (message,) = messages()
    assert message.to == SARA
    assert message.is_text and not message.subject


def test_the_message_names_sum_campaign_and_receipt_in_two_parts_at_most(gift):
    worked_on = arrived(gift)
    worked()
    (message,) = messages()
    assert segments(message.body) <= 2
    assert "۵۰۰٬۰۰۰ تومان" in message.body
    assert "«جهیزیهٔ شصت نوعروس" in message.body and "…»" in message.body
    assert message.body.endswith(f"/r/{worked_on.code}")


def test_of_many_workers_one_writes_and_one_sends(app, gift):
    arrived(gift)
    assert sum(at_once(app, 4, lambda _number: worked())) == 1
    provider = Provider()
    at_once(app, 4, lambda _number: send_due(Settings(), provider))
    assert [text.number for text in provider.taken] == [SARA]


def test_a_provider_that_is_away_is_tried_again_under_the_same_reference(gift):
    arrived(gift)
    worked()
    away, there = Provider(away=True), Provider()
    assert send_due(Settings(), away) == 0
    (message,) = messages()
    assert message.sent_at is None and message.next_try_at > now()
    message.next_try_at = now()
    db.session.commit()
    assert send_due(Settings()) == 0  # no provider: it waits
    assert send_due(Settings(), there) == 1
    assert [text.reference.partition("-")[0] for text in there.taken] == [str(message.id)]


def test_who_asked_for_the_receipt_by_text_hears_there_that_money_went_back(app, client):
    attempt = whole(app, live_campaign())
    attempt.contribution.mobile = SARA
    ask_text(attempt.contribution_id)
    people = farid(), negar()
    refund = agreed(attempt, *people, GIFT)
    send(refund, people[0], "R-1")
    finish(refund, people[0])
    db.session.commit()
    assert [tell_returned(link), tell_returned(link)] == [1, 0]
    (message,) = messages()
    assert message.to == SARA and segments(message.body) <= 2
    assert "برگشت" in message.body
