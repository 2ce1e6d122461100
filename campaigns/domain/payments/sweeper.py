"""Asks about attempts nobody came back for, and about money the gateway holds that we did not hear of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, or_, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.payments import receipts
from campaigns.domain.payments.contract import Gateway, Outcome, UnverifiedItem, VerifyRequest
from campaigns.domain.payments.errors import GatewayError
from campaigns.domain.payments.events import event, note, open_item
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.settlement import NEGATIVE, settle
from campaigns.domain.payments.states import GATEWAY_DECIDES_WITHIN, LEASE, TAKES_MONEY, State, pause_after
from campaigns.domain.payments.terminals import key

SEES_MONEY = frozenset({Outcome.ALREADY, Outcome.PAID_UNVERIFIED, Outcome.MISMATCH})

log = structlog.get_logger("payments")


@dataclass(frozen=True)
class Due:
    """An attempt whose turn it is, as it was when we looked."""

    id: int
    public_id: str
    state: State
    terminal: str
    tries: int
    created_at: datetime
    request: VerifyRequest


def sweep(gateways: Mapping[str, Gateway], settle_hours: int, limit: int = 50) -> int:
    """Looks at attempts that are due, `limit` at most. Returns how many. Commits after each.

    `gateways` by terminal (`terminals.key`).
    """
    due = _due(gateways, limit)
    for one in due:
        _look(one, gateways.get(one.terminal), timedelta(hours=settle_hours))
    return len(due)


def poll_all(gateways: Mapping[str, Gateway]) -> None:
    """`poll_unverified` for each; one that does not answer keeps nobody else waiting."""
    for terminal, gateway in gateways.items():
        try:
            poll_unverified(gateway, terminal)
        except GatewayError as error:
            log.error("unverified_list_failed", terminal=terminal, error=type(error).__name__)


def poll_unverified(gateway: Gateway, terminal: str = "") -> int:
    """Settles what the gateway holds unverified; money of no attempt becomes a review item. Commits after
    each.

    `terminal`: `terminals.key`; left out, that of the settings. A list that is nearly full hides what does not fit
    into it any more: people are told, once a day. Raises `GatewayError` when the gateway has no list for us.
    """
    if not gateway.capabilities().unverified_list:
        return 0
    items = gateway.list_unverified()
    most = gateway.capabilities().unverified_limit
    if most is not None and len(items) >= most * 0.8:
        log.warning("unverified_list_nearly_full", gateway=gateway.name, items=len(items), most=most)
        said = {
            "gateway": gateway.name,
            "terminal": terminal or gateway.name,
            "rows": len(items),
            "most": most,
        }
        open_item("list_full", f"{said['terminal']}:{tehran_day(now()).isoformat()}", said)
        db.session.commit()
    for item in items:
        _settle_unverified(gateway, item, terminal or gateway.name)
    return len(items)


def _due(gateways: Mapping[str, Gateway], limit: int) -> list[Due]:
    """Takes what is due. Each is put off by a lease, so that of several workers one asks. Commits."""
    moment = now()
    names = {terminal.partition(":")[0] for terminal in gateways}
    query = (
        select(PaymentAttempt)
        .where(
            PaymentAttempt.next_check_at <= moment,
            PaymentAttempt.gateway.in_(names),
            PaymentAttempt.state != State.REVERSING.value,  # `refunds.reversals` asks about those
            _idle(moment),
        )
        .order_by(PaymentAttempt.next_check_at)
        .limit(limit)
    )
    mine = [_as_due(row) for row in db.session.scalars(query) if _put_off(row, moment + LEASE)]
    db.session.commit()
    return mine


def _idle(moment: datetime) -> ColumnElement[bool]:
    return or_(PaymentAttempt.lease_until.is_(None), PaymentAttempt.lease_until < moment)


def _as_due(row: PaymentAttempt) -> Due:
    request = VerifyRequest(row.gateway_ref or "", row.rials, row.numeric_ref, row.receipt_ref)
    terminal = key(row.gateway, row.account_id)
    return Due(row.id, row.public_id, State(row.state), terminal, row.tries, row.created_at, request)


def _put_off(row: PaymentAttempt, until: datetime) -> bool:
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == row.id, PaymentAttempt.next_check_at == row.next_check_at)
        .values(next_check_at=until)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _look(due: Due, gateway: Gateway | None, give_up_after: timedelta) -> None:
    """Without a gateway (its terminal cannot be read) nothing is asked, and nothing ends."""
    age = now() - due.created_at
    if due.state is State.CREATED:
        _write(due, State.EXPIRED, "never_opened")
        return
    if gateway is None:
        seen, still_open = "no_terminal", _write(due, None, "no_terminal")
    elif gateway.capabilities().receipt_by_callback:
        seen, still_open = _of_receipts(due, gateway, age)
    else:
        seen, still_open = _of_inquiry(due, gateway, age, give_up_after)
    if still_open and age > give_up_after:
        open_item("no_answer", due.public_id, {"seen": seen}, due.id)
        db.session.commit()


def _of_inquiry(due: Due, gateway: Gateway, age: timedelta, give_up_after: timedelta) -> tuple[str, bool]:
    """What was seen, and whether the attempt stays open."""
    asked = gateway.capabilities().inquiry
    seen = gateway.inquire(due.request).outcome if asked else Outcome.UNKNOWN
    verifying = due.state is State.VERIFYING and seen is not Outcome.PENDING
    if seen in SEES_MONEY or verifying or not asked:
        return seen.value, settle(due.id, gateway, "sweeper") is State.VERIFYING
    return seen.value, _write(due, _end(seen, age, give_up_after), seen.value)


def _of_receipts(due: Due, gateway: Gateway, age: timedelta) -> tuple[str, bool]:
    """A gateway that knows a payment only by what the browser brings back. Nothing was brought: nobody can ask.

    Once nobody can pay any more and what was paid has gone back unverified, that is the end; a receipt that
    comes later still is asked about.
    """
    heard = receipts.waiting(due.id)
    db.session.commit()
    if heard is not None:
        return "receipt", settle(due.id, gateway, "sweeper") is State.VERIFYING
    can = gateway.capabilities()
    over = age > can.payer_window + can.verify_window
    return "no_receipt", _write(due, State.EXPIRED if over else None, "no_receipt")


def _end(seen: Outcome, age: timedelta, give_up_after: timedelta) -> State | None:
    """The end an inquiry without money means, if it is one. No answer is never an end."""
    if seen in NEGATIVE and age > GATEWAY_DECIDES_WITHIN:
        return State.NOT_PAID
    return State.EXPIRED if seen is Outcome.PENDING and age > give_up_after else None


def _write(due: Due, after: State | None, outcome: str) -> bool:
    """Ends the attempt or puts the next look off, if nobody moved it. True: it stays open. Commits."""
    values: dict[str, object] = {"tries": due.tries + 1}
    if after is None:
        values["next_check_at"] = now() + pause_after(due.tries + 1)
    else:
        values |= {"state": after.value, "next_check_at": None}
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == due.id, PaymentAttempt.state == due.state.value, _idle(now()))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    moved = done.rowcount == 1  # type: ignore[attr-defined]
    note(event(due.id, "inquiry", outcome, after if moved else None, before=due.state.value))
    db.session.commit()
    return moved and after is None


def _settle_unverified(gateway: Gateway, item: UnverifiedItem, terminal: str) -> None:
    known = db.session.execute(
        select(PaymentAttempt.id, PaymentAttempt.state).where(
            PaymentAttempt.gateway == gateway.name,
            PaymentAttempt.environment == gateway.environment,
            PaymentAttempt.gateway_ref == item.gateway_ref,
        )
    ).one_or_none()
    if known is None:
        detail = {"gateway": gateway.name, "gateway_ref": item.gateway_ref, "rials": item.rials}
        if terminal != gateway.name:
            detail["terminal"] = terminal
        name = f"{gateway.name}:{gateway.environment}:{item.gateway_ref}"
        open_item("unknown_money", name, detail)
    db.session.commit()
    if known is not None and known.state in TAKES_MONEY:
        settle(known.id, gateway, "unverified")
