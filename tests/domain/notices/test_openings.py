"""Authors hear that their campaign is open, and of decisions only once these stand."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.actions import create, move
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import Move
from campaigns.domain.notices import letters
from campaigns.domain.notices.delivery import send_due
from campaigns.domain.notices.models import Letter
from campaigns.domain.notices.openings import tell_opened
from tests.cast import mina
from tests.domain.notices.postoffice import open_office
from tests.domain.notices.test_delivery import through

pytestmark = pytest.mark.usefixtures("app")


def open_campaign() -> Campaign:
    """Mina's campaign, set live just now."""
    house = Organization(slug="o", name_fa="س", name_en="O", license_number="1", phone="021")
    db.session.add(house)
    db.session.flush()
    campaign = create(mina(), house.id, "jahiz", "چهل خانهٔ تازه")
    for step in (Move.SUBMIT, Move.APPROVE, Move.START):
        move(campaign, step, None)
    db.session.commit()
    return campaign


def later(minutes: int):
    return clock.at(clock.now() + timedelta(minutes=minutes))


def address(campaign: Campaign) -> str:
    return f"http://localhost/c/{campaign.slug}"


def written() -> list[Letter]:
    return list(db.session.scalars(select(Letter)))


def test_mina_hears_once_that_her_campaign_is_open():
    open_campaign()
    with later(11):
        assert [tell_opened(address) for _ in range(3)] == [1, 0, 0]
    [letter] = written()
    assert "چهل خانهٔ تازه" in letter.subject
    assert "http://localhost/c/jahiz" in letter.body.splitlines()


def test_not_while_the_opening_can_be_undone_and_not_when_it_was():
    campaign = open_campaign()
    with later(9):
        assert tell_opened(address) == 0
    move(campaign, Move.REOPEN, None)
    with later(11):
        assert tell_opened(address) == 0


def test_not_days_later_and_not_for_sample_campaigns():
    campaign = open_campaign()
    with later(2 * 24 * 60):
        assert tell_opened(address) == 0
    campaign.is_sample = True
    with later(11):
        assert tell_opened(address) == 0


def test_a_campaign_that_was_only_paused_is_no_news():
    campaign = open_campaign()
    with later(11):
        tell_opened(address)
        move(campaign, Move.PAUSE, None, "a reason")
        move(campaign, Move.RESUME, None)
    with later(22):
        assert tell_opened(address) == 0


def test_a_verdict_is_sent_when_it_can_no_longer_be_taken_back():
    letters.campaign_rejected(mina(), title="t", url="u", key="d", reason="r", note="n")
    db.session.commit()
    with open_office() as office:
        assert send_due(through(office)) == 0
        with later(10):
            assert send_due(through(office)) == 1


def test_the_letter_of_a_decision_taken_back_is_never_sent():
    user = mina()
    for key in ("taken back", "stands"):
        letters.campaign_rejected(user, title="t", url="u", key=key, reason="r", note="n")
    letters.take_back_verdict("taken back")
    assert [letter.dedupe_key for letter in written()] == ["campaign_rejected:stands"]


def test_a_letter_that_is_out_stays_in_the_books():
    letters.campaign_approved(mina(), title="t", url="u", key="d")
    db.session.commit()
    with open_office() as office, later(11):
        send_due(through(office))
    letters.take_back_verdict("d")
    assert len(written()) == 1
