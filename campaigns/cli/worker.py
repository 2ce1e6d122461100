"""`flask worker`: what happens after and between requests. Any number of workers may run at once."""

import signal
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext
from requests import RequestException
from sqlalchemy.exc import SQLAlchemyError

from campaigns.base import engine
from campaigns.base.buckets import forget_before
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.signing import read_key
from campaigns.config import Settings
from campaigns.domain.accounts import cleanup
from campaigns.domain.audit.acting import WORKER, Actor, as_actor
from campaigns.domain.campaigns.actions import follow_calendar
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims.expiry import expire
from campaigns.domain.claims.receipts import forget_strays
from campaigns.domain.deliveries.evidence import forget_strays as forget_pictures
from campaigns.domain.factors import places, totp
from campaigns.domain.funds.papers import forget_strays as forget_papers
from campaigns.domain.givers.returned import tell_returned
from campaigns.domain.givers.texts import send_receipts
from campaigns.domain.goods.pledge_expiry import expire_pledges
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import rollup
from campaigns.domain.ledger.breaches import keep
from campaigns.domain.ledger.checkpoints import seal_days
from campaigns.domain.ledger.rollup import place
from campaigns.domain.mandates import signatures
from campaigns.domain.mandates.charges import take_due
from campaigns.domain.mandates.contracts import look_after
from campaigns.domain.mandates.due import begin_due
from campaigns.domain.matching import worker as matching
from campaigns.domain.matching.worker import match
from campaigns.domain.moderation.arrivals import gather
from campaigns.domain.notices.delivery import send_due
from campaigns.domain.notices.openings import tell_opened
from campaigns.domain.partners import actions as partners
from campaigns.domain.payments.errors import GatewayError
from campaigns.domain.payments.sweeper import poll_all, sweep
from campaigns.domain.payments.terminals import reseal_all
from campaigns.domain.pictures.store import forget_strays as forget_unused
from campaigns.domain.problems.evidence import forget_strays as forget_shown
from campaigns.domain.refunds.reversals import follow_up
from campaigns.domain.refunds.stuck import detect
from campaigns.domain.reminders.worker import remind_due, welcome
from campaigns.domain.reports.compare import look_at_days
from campaigns.domain.settlements.actions import ask_about_old
from campaigns.domain.statements.checking import check_waiting
from campaigns.domain.supporters.following import forget_unanswered
from campaigns.domain.supporters.mailings import begin_mailings, write_letters
from campaigns.domain.supporters.thanking import send_thanks
from campaigns.domain.volunteers import evidence
from campaigns.domain.volunteers.shift_worker import remind_of_shifts
from campaigns.domain.volunteers.signups import move_up_everywhere
from campaigns.domain.webhooks import endpoints
from campaigns.domain.webhooks.telling import send_due as send_due_hooks
from campaigns.web.letterlinks import link
from campaigns.web.sharedrawing import Drawer, forget_old
from campaigns.web.ways import every_gateway

log = structlog.get_logger("worker")
TICK_SECONDS = 0.25


@dataclass
class Job:
    """One duty and how often it is due. `told`: what it changes stands in the audit log, as the worker's doing; what
    others change has books of its own.
    """

    name: str
    every_seconds: float
    run: Callable[[], object]
    told: bool = False
    due_at: float = field(default=0.0)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do every job once and stop.")
@with_appcontext
def worker(once: bool) -> None:
    """Settles what waits, keeps the bars, sends the letters."""
    work(current_app._get_current_object(), once)  # type: ignore[attr-defined]


def work(app: Flask, once: bool = False) -> None:
    """The worker of this process, until SIGTERM or Ctrl-C."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    beside = [
        Thread(target=_work_beside, args=(app, stop, once, jobs), daemon=True)
        for jobs in (_of_strangers, _of_pictures)
    ]
    for thread in beside:
        thread.start()
    with app.app_context():
        _work(_jobs(), stop, once)
    if once:
        for thread in beside:
            thread.join()


def _work(jobs: list[Job], stop: Event, once: bool) -> None:
    while not stop.is_set():
        for job in jobs:
            if not stop.is_set() and time.monotonic() >= job.due_at:
                run(job)
        if once:
            break
        stop.wait(TICK_SECONDS)


def _work_beside(app: Flask, stop: Event, once: bool, jobs: Callable[[Settings], list[Job]]) -> None:
    """What takes its time has a thread of its own: nothing else waits with it. It may end at any point."""
    with app.app_context():
        _work(jobs(app.config["SETTINGS"]), stop, once)


def run(job: Job) -> None:
    """Does one job in its own transaction. A failure is logged and waits for its next turn; others go on."""
    job.due_at = time.monotonic() + job.every_seconds
    try:
        with as_actor(Actor(role=WORKER, via=f"worker {job.name}")) if job.told else nullcontext():
            job.run()
            db.session.flush()
        db.session.commit()
    except (SQLAlchemyError, GatewayError, RequestException, OSError) as error:
        db.session.rollback()
        log.error("job failed", job=job.name, error=type(error).__name__)
    finally:
        db.session.remove()


def _jobs() -> list[Job]:
    settings = current_app.config["SETTINGS"]
    jobs = [
        *_of_money(settings),
        *_of_people(settings),
        *_of_letters(settings),
        *_of_files(settings.data_dir),
    ]
    if db.engine.dialect.name == "sqlite" and engine.checkpoints_by_worker():
        jobs.append(Job("checkpoint", 10, _checkpoint))
    return jobs


def _of_money(settings: Settings) -> list[Job]:
    return [
        Job("place", 0.5, _place_all),
        Job("match", 0.5, _match_all),
        Job("seal days", 60, lambda: seal_days(read_key(settings.ledger_key))),
        Job("invariants", watch.PERIOD_SECONDS, _watch, told=True),
        Job("sweep", 5, lambda: sweep(every_gateway(), settings.settle_hours)),
        Job("unverified", 30, lambda: poll_all(every_gateway())),
        Job("reversals", 5, lambda: follow_up(every_gateway())),
        Job("stuck", 600, detect, told=True),
        Job("transfers", 60, expire, told=True),
        Job("statements", 2, check_waiting),
        Job("contracts", 10, lambda: look_after(every_gateway(), link)),
        Job("months", 10, lambda: begin_due(every_gateway(), link)),
        Job("charges", 2, lambda: take_due(every_gateway(), link)),
        Job("reports", 3600, lambda: look_at_days(every_gateway())),
        Job("clearing", 3600, lambda: ask_about_old(settings.clearing_days)),
    ]


def _of_people(settings: Settings) -> list[Job]:
    """What moves with the calendar or by what people do."""
    return [
        Job("queue", 2, gather),
        Job("calendar", 60, follow_calendar, told=True),
        Job("memoranda", 60, partners.follow_calendar, told=True),
        Job("pledges", 60, expire_pledges, told=True),
        Job("waiting lists", 60, lambda: move_up_everywhere(link), told=True),
        Job("cleanup", 3600, lambda: _forget(settings.session_hours)),
    ]


def _of_letters(settings: Settings) -> list[Job]:
    """What is told to somebody."""
    return [
        Job("openings", 60, lambda: tell_opened(_page_of)),
        Job("welcomes", 5, lambda: welcome(link)),
        Job("reminders", 60, lambda: remind_due(link)),
        Job("shifts", 60, lambda: remind_of_shifts(link)),
        Job("receipt texts", 5, lambda: send_receipts(link)),
        Job("returned", 10, lambda: tell_returned(link)),
        Job("mailings", 15, begin_mailings),
        Job("followers", 5, lambda: write_letters(link)),
        Job("thanks", 15, lambda: send_thanks(link)),
        Job("letters", 5, lambda: send_due(settings, current_app.extensions["sender"])),
    ]


def _of_files(data_dir: Path) -> list[Job]:
    """Files that no row names any more."""
    return [
        Job("receipts", 3600, lambda: forget_strays(data_dir)),
        Job("verifications", 3600, lambda: evidence.forget_strays(data_dir)),
        Job("papers", 3600, lambda: forget_papers(data_dir)),
        Job("evidence", 3600, lambda: forget_pictures(data_dir)),
        Job("problems", 3600, lambda: forget_shown(data_dir)),
        Job("pictures", 3600, lambda: forget_unused(data_dir)),
    ]


def _of_strangers(settings: Settings) -> list[Job]:
    """What asks strangers waits as long as they let it."""
    return [Job("webhooks", 2, lambda: send_due_hooks(link, private=not settings.production))]


def _of_pictures(settings: Settings) -> list[Job]:
    """Drawing keeps the processor busy."""
    drawer = Drawer(settings.data_dir)
    return [
        Job("share pictures", 5, drawer.turn),
        Job("old share pictures", 3600, lambda: forget_old(settings.data_dir)),
    ]


def _page_of(campaign: Campaign) -> str:
    path = current_app.url_map.bind("").build("site.campaign.show", {"slug": campaign.slug})
    return f"{current_app.config['SETTINGS'].site_url}{path}"


def _forget(session_hours: int) -> None:
    cleanup.forget_sessions(session_hours)
    cleanup.forget_reset_links()
    places.forget_places()
    totp.reseal_all()
    reseal_all()
    signatures.reseal_all()
    forget_unanswered()
    forget_before(now() - timedelta(days=1))
    endpoints.forget_before(now() - endpoints.KEPT)


def _place_all() -> None:
    """What comes in meanwhile waits for the next turn: a place costs much more than what is put there."""
    while place() == rollup.BATCH:
        db.session.commit()


def _watch() -> None:
    """What is broken is written down, and said aloud once; payouts are frozen as long as it is not answered for."""
    for breach in keep(watch.look(watch.in_turn()), watch.INVARIANTS):
        log.error("invariant broken", invariant=breach.name, detail=breach.detail)


def _match_all() -> None:
    while match() == matching.BATCH:
        db.session.commit()


def _checkpoint() -> None:
    db.session.remove()
    if not engine.checkpoint(db.engine):
        log.info("checkpoint waits for readers")
