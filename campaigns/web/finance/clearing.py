"""What gateways hold for us and how old it is: all terminals, and one with its days and its oldest payments."""

from datetime import timedelta

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.settlements.clearing import OpenCapture, holding, holdings, open_captures
from campaigns.domain.settlements.queries import settlements
from campaigns.web.finance.clearing_words import AGE_LABELS, STATE_LABELS
from campaigns.web.finance.holders import holders, must_reach
from campaigns.web.guards import needs

page = Blueprint("clearing", __name__)
SHOWN_DAYS = 31


@page.get("/clearing")
@needs(Permission.SEE_MONEY)
def index() -> ResponseReturnValue:
    seen = holders()
    return render_template(
        "finance/clearing.html",
        rows=[(seen[one.terminal], one) for one in holdings(seen)],
        ages=AGE_LABELS,
        settlements=settlements(seen),
        holders=seen,
        states=STATE_LABELS,
        may_enter=bool(holders(Permission.HANDLE_MONEY)),
    )


@page.get("/clearing/<terminal>")
@needs(Permission.SEE_MONEY)
def show(terminal: str) -> ResponseReturnValue:
    holder, held = must_reach(terminal), holding(terminal)
    recent = tehran_day(now()) - timedelta(days=SHOWN_DAYS)
    captures = open_captures(held)
    return render_template(
        "finance/terminal_held.html",
        holder=holder,
        held=held,
        ages=AGE_LABELS,
        days=[day for day in reversed(held.days) if day.left or day.day >= recent][:SHOWN_DAYS],
        captures=captures,
        payments=_payments(captures),
        settlements=settlements([terminal]),
        states=STATE_LABELS,
        too_old=current_app.config["SETTINGS"].clearing_days,
        may_enter=may(current_user.id, Permission.HANDLE_MONEY, holder.place),
    )


def _payments(captures: list[OpenCapture]) -> dict[int, PaymentAttempt]:
    """The payments behind these lines of the book, by the number of the payment."""
    ids = {one.reference_id for one in captures if one.reference_id is not None}
    return {number: row for number in ids if (row := db.session.get(PaymentAttempt, number)) is not None}
