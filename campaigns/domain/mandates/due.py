"""Which months are to be charged: begun by the worker, one at most for a mandate and a month, whoever is killed.

The month's row, its gift, its payment and the next day are one transaction. Nothing is asked of a gateway here.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import exists, insert, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.months import latest_due, month_of, next_day
from campaigns.domain.contributions.actions import Wish, pledge
from campaigns.domain.mandates import letters
from campaigns.domain.mandates.actions import rest, stop
from campaigns.domain.mandates.letters import Link
from campaigns.domain.mandates.models import Mandate, MandateCharge
from campaigns.domain.mandates.states import ChargeState, State, Why
from campaigns.domain.mandates.steps import step
from campaigns.domain.payments.actions import begin
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.terminals import key
from campaigns.domain.reminders.queries import Standing, standing


def begin_due(gateways: Mapping[str, Gateway], link: Link, limit: int = 50) -> int:
    """Begins the charges whose day has come. Returns how many were looked at. Commits after each.

    While the outcome of an earlier month is not known, nothing new is begun.
    """
    waiting = exists().where(
        MandateCharge.mandate_id == Mandate.id, MandateCharge.state == ChargeState.OPEN.value
    )
    query = select(Mandate.id).where(
        Mandate.state == State.ACTIVE.value, Mandate.next_on <= tehran_day(now()), ~waiting
    )
    due = db.session.scalars(query.order_by(Mandate.next_on, Mandate.id).limit(limit)).all()
    db.session.commit()
    for mandate_id in due:
        _begin(mandate_id, gateways, link)
        db.session.commit()
    return len(due)


def _begin(mandate_id: int, gateways: Mapping[str, Gateway], link: Link) -> None:
    mandate = db.session.get_one(Mandate, mandate_id, populate_existing=True)
    today = tehran_day(now())
    if mandate.state != State.ACTIVE.value or mandate.next_on is None or mandate.next_on > today:
        return
    gateway = gateways.get(key(mandate.gateway, mandate.account_id))
    stands = standing(mandate.campaign, mandate.intent)
    if mandate.expires_at <= now():
        _stop(mandate, Why.EXPIRED, link)
    elif stands is Standing.OVER:
        _stop(mandate, Why.CAMPAIGN, link)
    elif stands is Standing.RESTS:
        if rest(mandate):
            letters.rests(mandate, link)
    elif gateway is not None:
        _charge(mandate, gateway, today)


def _stop(mandate: Mandate, why: Why, link: Link) -> None:
    if stop(mandate, why, "worker"):
        letters.stopped(mandate, link)


def _charge(mandate: Mandate, gateway: Gateway, today: date) -> None:
    month = _month(mandate, today)
    upcoming = next_day(mandate.day, covered=month, today=today)
    values = {"covered": month, "next_on": upcoming}
    if not step(mandate, "month_begun", "worker", (State.ACTIVE.value,), {"month": month}, **values):
        return
    gift, _new = pledge(mandate.campaign_id, _wish(mandate), f"mandate:{mandate.public_id}:{month}")
    attempt = begin(gift, gateway, mandate.account_id or 0)
    row = {
        "mandate_id": mandate.id,
        "month": month,
        "gift_id": gift.id,
        "attempt_id": attempt.id,
        "next_try_at": now(),
    }
    db.session.execute(insert(MandateCharge), row)


def _month(mandate: Mandate, today: date) -> int:
    """The latest whose day has come: after a long silence of the worker nobody is charged twice in a row. The first
    charge, on the day of signing, is this month's, whatever day was chosen.
    """
    assert mandate.next_on is not None
    return max(latest_due(mandate.day, today), month_of(mandate.next_on))


def _wish(mandate: Mandate) -> Wish:
    return Wish(
        rials=mandate.rials,
        intent=mandate.intent,
        language=mandate.language,
        donor_name=mandate.donor_name,
        hide_name=mandate.hide_name,
        hide_amount=mandate.hide_amount,
        mobile=mandate.mobile,
    )
