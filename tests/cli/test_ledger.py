"""`flask ledger check` and `forget`; the worker's own look."""

import sys

import pytest
from flask import Flask
from sqlalchemy import select, update

from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger.breach_models import Breach
from campaigns.domain.ledger.breaches import payouts_frozen
from campaigns.domain.ledger.models import CampaignRollup
from tests.domain.ledger.book import capture
from tests.domain.ledger.seals import placed
from tests.giving import live_campaign, pledged
from tests.support.processes import Launcher


@pytest.fixture
def flask(app: Flask):
    def run(*words: str):
        return app.test_cli_runner().invoke(args=["ledger", *words])

    return run


@pytest.fixture
def campaign(app: Flask):
    campaign = live_campaign()
    capture(campaign, 100, "cap:1")
    placed()
    return campaign


def touch_the_bar() -> None:
    db.session.execute(update(CampaignRollup).values(received_rials=99))
    db.session.commit()


@pytest.mark.usefixtures("campaign")
class TestCheck:
    def test_a_sound_book_ends_well(self, flask) -> None:
        answer = flask("check")
        assert answer.exit_code == 0
        assert "holds   I5   The bars are what the book says" in answer.output
        assert "BROKEN" not in answer.output
        assert not payouts_frozen()

    def test_a_breach_is_named_kept_and_ends_badly(self, flask) -> None:
        touch_the_bar()
        answer = flask("check")
        assert answer.exit_code == 1
        assert "BROKEN  I5" in answer.output
        assert "differs from the book by -1 rials" in answer.output
        assert payouts_frozen()
        assert [row.name for row in db.session.scalars(select(Breach).order_by(Breach.name))] == ["I12", "I5"]


@pytest.mark.server
def test_the_worker_looks_by_itself(campaign, launcher: Launcher) -> None:
    touch_the_bar()
    worker = launcher.start(sys.executable, "-m", "flask", "worker", "--once")
    assert worker.process.wait(60) == 0, worker.log
    assert payouts_frozen()
    assert "invariant broken" in worker.log


class TestForget:
    def test_the_thread_of_a_gift_is_cut(self, flask, campaign) -> None:
        gift = db.session.get_one(Contribution, pledged(campaign).id)
        assert gift.salt is not None
        assert flask("forget", gift.code.lower()).output == "Erased.\n"
        db.session.refresh(gift)
        assert gift.salt is None

    @pytest.mark.parametrize("code", ["nonsense", "0000000000J"])
    def test_a_code_nobody_has_is_said_to_be_none(self, flask, code: str) -> None:
        answer = flask("forget", code)
        assert answer.exit_code == 1
        assert "No gift has this code." in answer.output
