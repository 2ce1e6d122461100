"""Who tried to get in and did not, and what the worker did by itself, stand in the log; no stranger's address does."""

from datetime import date

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.cli.worker import Job, run
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.audit.values import keyed_hash
from campaigns.domain.campaigns.actions import follow_calendar
from campaigns.domain.ledger.breaches import Found, keep
from tests.cast import mina, parisa, person, reza
from tests.web.account.browser import Browser
from tests.web.officehands import Hands
from tests.worlds import live_campaign


def lines(act):
    return db.session.scalars(select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.id)).all()


def test_failed_tries_are_written_down_for_known_and_unknown_alike_and_no_address_in_clear(app):
    user, stranger = mina(), Browser(app)
    assert stranger.sign_in(user.email, "not this one").status_code == 422
    assert stranger.sign_in("sara@example.net", "whatever it is").status_code == 422
    known, unknown = lines("sign_in_failed")
    assert (known.object_id, known.actor_id, known.role) == (user.public_id, None, "visitor")
    assert unknown.object_id == keyed_hash("sara@example.net||")
    assert known.after == unknown.after and "password" in known.after and "127.0.0" not in known.after
    page = Hands(app, person("Babak", Role.AUDITOR)).seen("/en/audit/?by=visitor")
    assert "Tried to sign in and failed" in page and "somebody not signed in" in page
    assert "sara@" not in page and "Signed in" not in page.partition("<ol")[2]


def test_tries_that_are_stopped_are_told_without_filling_the_log(app, change_settings):
    change_settings(rate_limits=True)
    user, stranger = mina(), Browser(app)
    answers = [stranger.sign_in(user.email, "not this one").status_code for _ in range(25)]
    assert answers.count(429) == 15 and len(lines("sign_in_failed")) == 10
    assert 1 <= len(lines("tries_stopped")) <= 5
    assert {line.object_id for line in lines("tries_stopped")} == {user.public_id}


def test_a_reset_is_told_when_it_is_asked_for(app):
    user, stranger = mina(), Browser(app)
    for name in (user.email, "sara@example.net"):
        stranger.get("/reset")
        assert stranger.post("/reset", {"login": name}).status_code == 303
    first, second = lines("reset_asked")
    assert first.object_id == user.public_id and second.object_id.startswith("hmac:")


def test_the_worker_is_named_where_it_ends_a_campaign_or_freezes_payouts(app):
    campaign = live_campaign(mina(), reza(), parisa())
    public_id, campaign.ends_on = campaign.public_id, date(2020, 1, 1)
    db.session.commit()
    run(Job("calendar", 60, follow_calendar, told=True))
    run(Job("invariants", 60, lambda: keep([Found("zero-sum", "off by one")], ["zero-sum"]), told=True))
    run(Job("place", 60, lambda: None))
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.role == "worker")).all()
    assert {"campaign", "campaign_move", "breach"} <= {line.what for line in found}
    assert {line.via for line in found} == {"worker calendar", "worker invariants"}
    babak = Hands(app, person("Babak", Role.AUDITOR))
    page = babak.seen("/en/audit/?by=worker")
    assert "the worker" in page and public_id in page
    assert public_id not in babak.seen("/en/audit/?by=people&kind=campaign_move")
    assert babak.get("/en/audit/?by=nobody").status_code == 404
