"""The contract at the gateway: opened, signed, ended. Each is written down, committed, then asked for.

None of these leaves a transaction open while a gateway is asked; each commits by itself and may be called again.
"""

from collections.abc import Mapping
from datetime import datetime

import structlog
from sqlalchemy import or_, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.months import before, month_of
from campaigns.domain.mandates import letters
from campaigns.domain.mandates.letters import Link
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.mandates.signatures import opened, sealed
from campaigns.domain.mandates.states import LEASE, SIGN_WITHIN, State, pause_after
from campaigns.domain.mandates.steps import noted, step
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.debits import Answer, ContractRequest, DirectDebit, Said, debit_of
from campaigns.domain.payments.terminals import key

log = structlog.get_logger("mandates")


def open_at(mandate: Mandate, debit: DirectDebit, callback_url: str) -> None:
    """DRAFT → SIGNING. Raises `GatewayError`, and nothing is changed: it may be tried again."""
    request = ContractRequest(
        mobile=mandate.mobile,
        expires_at=mandate.expires_at,
        max_daily=mandate.max_daily,
        max_monthly=mandate.max_monthly,
        max_rials=mandate.max_rials,
        callback_url=callback_url,
    )
    db.session.commit()
    contract_ref = debit.open_contract(request)
    values = {"contract_ref": contract_ref, "state": State.SIGNING.value, "check_at": now() + pause_after(1)}
    step(mandate, "opened", "gateway", (State.DRAFT.value,), {}, **values)
    db.session.commit()


def look_after(gateways: Mapping[str, Gateway], link: Link, limit: int = 20) -> int:
    """Contracts the gateway must be asked about: signed or not, and those to be ended. Returns how many."""
    query = select(Mandate.id).where(Mandate.check_at <= now()).order_by(Mandate.check_at).limit(limit)
    due = db.session.scalars(query).all()
    db.session.commit()
    for mandate_id in due:
        see_to(mandate_id, gateways, link)
    return len(due)


def see_to(mandate_id: int, gateways: Mapping[str, Gateway], link: Link) -> None:
    """One of them, now. Of several processes one asks: whoever takes the lease. Commits."""
    mandate = db.session.get_one(Mandate, mandate_id, populate_existing=True)
    debit = debit_of(gateways.get(key(mandate.gateway, mandate.account_id)))
    taken = _take(mandate)
    db.session.commit()
    if not taken:
        return
    if debit is None:
        log.error("mandate_without_gateway", mandate=mandate_id)
        _later(mandate)
    elif mandate.state == State.SIGNING.value:
        _ask_signed(mandate, debit, link)
    elif mandate.state == State.STOPPED.value:
        _end(mandate, debit)
    _set(mandate, lease_until=None)
    db.session.commit()


def _ask_signed(mandate: Mandate, debit: DirectDebit, link: Link) -> None:
    contract_ref, age = mandate.contract_ref or "", now() - mandate.made_at
    db.session.commit()
    answer = debit.signature(contract_ref)
    if answer.said is Said.DONE and answer.signature:
        _begin(mandate, answer.signature, link)
    elif answer.said is Said.OVER or (answer.said is Said.NOT_DONE and age > SIGN_WITHIN):
        values = {"state": State.LAPSED.value, "contract_ref": None, "check_at": None}
        step(mandate, "lapsed", "gateway", (State.SIGNING.value,), {"code": answer.code}, **values)
    else:
        _later(mandate)


def _begin(mandate: Mandate, signature: str, link: Link) -> None:
    """SIGNING → ACTIVE, the first charge today."""
    today = tehran_day(now())
    values = {
        "state": State.ACTIVE.value,
        "sealed": sealed(mandate.public_id, signature),
        "contract_ref": None,  # with it anybody who has the merchant code could ask for the signature again
        "signed_at": now(),
        "covered": before(month_of(today)),
        "next_on": today,
        "check_at": None,
        "tries": 0,
    }
    if step(mandate, "signed", "gateway", (State.SIGNING.value,), {}, **values):
        letters.signed(mandate, link)


def _end(mandate: Mandate, debit: DirectDebit) -> None:
    """Tells the gateway until it has heard; then the signature is erased. One that was signed after all, too."""
    answer = _ended(mandate, debit)
    if answer.said in {Said.DONE, Said.OVER}:
        values = {"check_at": None, "sealed": None, "contract_ref": None, "ended_at_gateway": now()}
        step(mandate, "ended", "gateway", (State.STOPPED.value,), {"code": answer.code}, **values)
        return
    noted(mandate.id, "not_ended", "gateway", {"code": answer.code})
    _later(mandate)


def _ended(mandate: Mandate, debit: DirectDebit) -> Answer:
    signature, contract_ref = opened(mandate), mandate.contract_ref
    stopped_at: datetime = mandate.stopped_at or now()
    unreadable = mandate.sealed is not None and signature is None
    db.session.commit()
    if unreadable:
        return Answer(Said.UNKNOWN, "unreadable")
    if signature is None and contract_ref is None:
        return Answer(Said.OVER)
    if signature is None and contract_ref is not None:
        asked = debit.signature(contract_ref)
        signature = asked.signature
        if signature is None:
            over = asked.said is Said.NOT_DONE and now() - stopped_at > SIGN_WITHIN
            return Answer(Said.OVER) if over else asked
    assert signature is not None
    return debit.cancel(signature)


def _later(mandate: Mandate) -> None:
    tries = mandate.tries
    _set(mandate, tries=tries + 1, check_at=now() + pause_after(tries))


def _take(mandate: Mandate) -> bool:
    """Whether this process alone asks about it from now on, for as long as a question takes."""
    moment = now()
    idle = or_(Mandate.lease_until.is_(None), Mandate.lease_until < moment)
    done = db.session.execute(
        update(Mandate)
        .where(Mandate.id == mandate.id, Mandate.check_at.is_not(None), idle)
        .values(lease_until=moment + LEASE)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(mandate)
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _set(mandate: Mandate, **values: object) -> None:
    db.session.execute(
        update(Mandate)
        .where(Mandate.id == mandate.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(mandate)
