"""What donors do with their mandates. None of these commit; the gateway is told afterwards (`contracts`)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.months import before, month_of, next_day
from campaigns.domain.contributions.actions import Wish
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.mandates.states import (
    ALIVE,
    LASTS,
    MAX_DAILY,
    MAX_MONTHLY,
    ROOM_TO_GROW,
    STANDING,
    State,
    Why,
)
from campaigns.domain.mandates.steps import noted, step
from campaigns.domain.payments.contract import Gateway


@dataclass(frozen=True)
class Terms:
    """Where and when: `mobile` as +989…, `email` checked, `day` of the Jalali month."""

    mobile: str
    email: str
    day: int


def draw_up(
    campaign_id: int, wish: Wish, terms: Terms, gateway: Gateway, account_id: int, form_key: str
) -> Mandate:
    """The mandate of this form; sent twice, even at once, it makes one. The gateway knows nothing of it yet."""
    most = gateway.capabilities().max_rials
    max_rials = wish.rials * ROOM_TO_GROW if most is None else min(wish.rials * ROOM_TO_GROW, most)
    row: dict[str, Any] = {
        "form_key": form_key,
        "campaign_id": campaign_id,
        "rials": wish.rials,
        "intent": wish.intent,
        "language": wish.language,
        "donor_name": "" if wish.hide_name else wish.donor_name,
        "hide_name": wish.hide_name or not wish.donor_name,
        "hide_amount": wish.hide_amount,
        "mobile": terms.mobile,
        "email": terms.email,
        "day": terms.day,
        "gateway": gateway.name,
        "environment": gateway.environment,
        "account_id": account_id or None,
        "max_rials": max_rials,
        "max_daily": MAX_DAILY,
        "max_monthly": MAX_MONTHLY,
        "expires_at": now() + LASTS,
        "covered": before(month_of(tehran_day(now()))),
    }
    made = db.session.execute(insert_first(Mandate, "form_key", "id"), row).scalar_one_or_none()
    if made is not None:
        noted(made, "drawn_up", "donor", {"rials": wish.rials, "max_rials": max_rials})
    return db.session.scalars(select(Mandate).where(Mandate.form_key == form_key)).one()


def change(mandate: Mandate, rials: int, day: int) -> bool:
    """Another amount (within the contract) or day, from the next charge on. False: it was stopped meanwhile."""
    upcoming = None
    if mandate.state == State.ACTIVE.value:
        upcoming = next_day(day, covered=mandate.covered, today=tehran_day(now()))
    said = {"rials": rials, "day": day}
    return step(mandate, "changed", "donor", (mandate.state,), said, next_on=upcoming, **said)


def pause(mandate: Mandate) -> bool:
    """Nothing is charged until it is resumed; a charge whose outcome is not known is still followed up."""
    values = {"state": State.PAUSED.value, "why": Why.DONOR.value, "next_on": None}
    return step(mandate, "paused", "donor", (State.ACTIVE.value,), {}, **values)


def resume(mandate: Mandate) -> bool:
    """Charged again from the next of its days on, never for a month that has passed."""
    upcoming = next_day(mandate.day, covered=mandate.covered, today=tehran_day(now()))
    values = {"state": State.ACTIVE.value, "why": "", "next_on": upcoming}
    return step(mandate, "resumed", "donor", (State.PAUSED.value,), {}, **values)


def stop(mandate: Mandate, why: Why, by: str) -> bool:
    """For good, on our side, from this moment on, whatever the gateway says later. False: it was stopped before."""
    values = {
        "state": State.STOPPED.value,
        "why": why.value,
        "next_on": None,
        "stopped_at": now(),
        "check_at": now(),
        "tries": 0,
    }
    return step(mandate, "stopped", by, ALIVE, {"why": why.value}, **values)


def rest(mandate: Mandate) -> bool:
    """Its campaign takes nothing for now: paused, until the donor goes on."""
    values = {"state": State.PAUSED.value, "why": Why.RESTS.value, "next_on": None}
    return step(mandate, "paused", "worker", (State.ACTIVE.value,), {"why": Why.RESTS.value}, **values)


def may_change(mandate: Mandate) -> bool:
    return mandate.state in STANDING
