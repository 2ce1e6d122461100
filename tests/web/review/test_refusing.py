"""A decision that lacks something is not taken, says so beside its field, and keeps what was written."""

from datetime import timedelta

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.states import State
from tests.cast import mina, person, reza
from tests.web.officehands import Hands
from tests.web.refusals import beside, summary
from tests.worlds import live_campaign, sent_campaign


@pytest.fixture
def reza_(app):
    return Hands(app, reza())


@pytest.fixture
def campaign(app):
    return sent_campaign(mina())


def item(campaign):
    return f"/en/mod/campaign/{campaign.public_id}"


@pytest.mark.parametrize(
    "given", [{}, {"reason": "numbers"}, {"note": "چرا؟"}, {"reason": "bad", "note": "x"}]
)
@pytest.mark.parametrize("verdict", ["return", "reject"])
def test_a_no_needs_a_reason_and_a_sentence(reza_, campaign, verdict, given):
    answer = reza_.fill(item(campaign), verdict=verdict, **given)
    assert answer.status_code == 422 and dict(summary(answer)) == beside(answer)
    missing = {"reason": given.get("reason") != "numbers", "note": "note" not in given}
    assert list(beside(answer)) == [name for name, is_missing in missing.items() if is_missing]
    assert given.get("note", "").strip() in answer.text
    assert campaign.state == State.SUBMITTED


@pytest.mark.parametrize("verdict", ["", "undo", "burn"])
def test_a_verdict_that_is_none_is_refused(reza_, campaign, verdict):
    answer = reza_.fill(item(campaign), verdict=verdict)
    assert answer.status_code == 422 and campaign.state == State.SUBMITTED
    assert dict(summary(answer)) == beside(answer) and list(beside(answer)) == ["verdict"]


def test_a_campaign_whose_last_day_passed_while_it_waited_is_not_approved(app, reza_, campaign, client):
    live_campaign(campaign.author, reza_.user, person("Nima", Role.MODERATOR), slug="first-one")
    campaign.ends_on = tehran_day(now()) - timedelta(days=1)
    db.session.commit()
    answer = reza_.fill(item(campaign), verdict="approve")
    assert answer.status_code == 422 and "last day of this campaign has passed" in answer.text
    assert campaign.state == State.SUBMITTED
    reza_.after(reza_.fill(item(campaign), verdict="return", reason="language", note="روز تازه‌ای بنویسید."))
    assert campaign.state == State.NEEDS_WORK
