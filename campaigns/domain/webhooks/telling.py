"""What the worker does for webhooks: writes down what has changed, and sends it until it has arrived.

A message carries the public numbers as they are when it is written; the receiver asks the interface for programs for
everything else. However busy a campaign is, an address gets one message a minute at most.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import func, or_, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.outside import NotAllowed, Unreachable, look_up, post
from campaigns.base.sealing import SealBroken
from campaigns.base.signhooks import signed_headers
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.domain.webhooks.endpoints import secret_of
from campaigns.domain.webhooks.models import Endpoint, Message, MessageState

SETTLES = timedelta(minutes=1)
BATCH = 100
AT_ONCE = 20
LEASE = timedelta(minutes=2)  # longer than one try may take: another worker takes it over then
PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""What lies between two tries, as Standard Webhooks proposes; after the last one the message is dead."""
EVENT = "campaign.changed"
AGENT = "Pooyesh/1 (+webhooks)"

Link = Callable[..., str]
log = structlog.get_logger("webhooks")


def write_changes(link: Link) -> int:
    """One message for each address whose campaign's public numbers are not those it was told last."""
    received, gifts = func.coalesce(CampaignRollup.received_rials, 0), func.coalesce(CampaignRollup.gifts, 0)
    changed = or_(
        Endpoint.told_received_rials != received,
        Endpoint.told_gifts != gifts,
        Endpoint.told_state != Campaign.state,
    )
    quiet = or_(Endpoint.told_at.is_(None), Endpoint.told_at <= now() - SETTLES)
    query = (
        select(Endpoint, Campaign, received, gifts)
        .join(Campaign, Campaign.id == Endpoint.campaign_id)
        .outerjoin(CampaignRollup, CampaignRollup.campaign_id == Campaign.id)
        .where(Endpoint.removed_at.is_(None), Endpoint.gone.is_(False), Campaign.approved_at.is_not(None))
        .where(changed, quiet)
        .order_by(Endpoint.id)
        .limit(BATCH)
    )
    rows = db.session.execute(query).all()
    return sum(_write(*row, link) for row in rows)


def _write(endpoint: Endpoint, campaign: Campaign, received: int, gifts: int, link: Link) -> bool:
    """Whether this worker was the one to write it."""
    moment = now()
    mine = db.session.execute(
        update(Endpoint)
        .where(Endpoint.id == endpoint.id, Endpoint.told_at.is_not_distinct_from(endpoint.told_at))
        .values(told_state=campaign.state, told_received_rials=received, told_gifts=gifts, told_at=moment)
        .execution_options(synchronize_session=False)
    )
    if mine.rowcount != 1:  # type: ignore[attr-defined]
        return False
    body = body_of(campaign, received, gifts, moment, link)
    db.session.add(Message(endpoint_id=endpoint.id, body=written(body)))
    return True


def body_of(campaign: Campaign, received: int, gifts: int, moment: datetime, link: Link) -> dict[str, Any]:
    """What a message says: what everybody may know, nothing of a donor. Keys are only ever added."""
    return {
        "type": EVENT,
        "timestamp": moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "data": {
            "slug": campaign.slug,
            "state": campaign.state,
            "received_rials": received,
            "goal_rials": campaign.unit_price_rials * campaign.unit_count,
            "gifts": gifts,
            "url": link("fa", "site.campaign.show", slug=campaign.slug),
            "api": link("fa", "api.v1.one", slug=campaign.slug),
        },
    }


def written(body: Mapping[str, Any]) -> str:
    """As it is sent, byte by byte: the signature is over these."""
    return json.dumps(body, ensure_ascii=False)


def headers_of(secret: str, name: str, at: int, body: bytes) -> dict[str, str]:
    """All that is said above one try of the message of this name."""
    return {"Content-Type": "application/json", "User-Agent": AGENT} | signed_headers(secret, name, at, body)


def send_due(link: Link, *, private: bool) -> int:
    """Sends what is due. Commits before each sending and after it: no transaction is open while we wait."""
    write_changes(link)
    db.session.commit()
    due = select(Message.id).where(Message.state == MessageState.WAITING.value, Message.due_at <= now())
    ids = list(db.session.scalars(due.order_by(Message.due_at, Message.id).limit(AT_ONCE)))
    db.session.commit()
    return sum(_try(message_id, private=private) for message_id in ids)


def _try(message_id: int, *, private: bool) -> bool:
    """One try of one message; whether it arrived."""
    taken = db.session.execute(
        update(Message)
        .where(Message.id == message_id, Message.state == MessageState.WAITING.value, Message.due_at <= now())
        .values(due_at=now() + LEASE, tries=Message.tries + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        return False
    message = db.session.get_one(Message, message_id, populate_existing=True)
    endpoint = message.endpoint
    if endpoint.removed_at is not None or endpoint.gone:
        _dead(message, None, "removed" if endpoint.removed_at else "gone")
        db.session.commit()
        return False
    status, problem = _sent(message, endpoint, private)
    message = db.session.get_one(Message, message_id, populate_existing=True)
    _note(message, status, problem)
    db.session.commit()
    return message.state == MessageState.DONE


def _sent(message: Message, endpoint: Endpoint, private: bool) -> tuple[int | None, str]:
    """Status and problem of one sending. No transaction is open while it goes on."""
    body, name, url = message.body.encode(), message.public_id, endpoint.url
    try:
        secret = secret_of(endpoint)
    except SealBroken:
        return None, "sealed"
    db.session.commit()
    try:
        headers = headers_of(secret, name, int(now().timestamp()), body)
        return post(look_up(url, private=private), body, headers), ""
    except NotAllowed as refused:
        return None, refused.why
    except Unreachable as failed:
        return None, str(failed)


def _note(message: Message, status: int | None, problem: str) -> None:
    """What came of a try. 2xx is arrival, 410 ends the address, everything else is tried again until we give up."""
    if message.state != MessageState.WAITING:
        return
    if status is not None and 200 <= status < 300:
        message.state, message.done_at = MessageState.DONE, now()
        message.last_status, message.last_problem = status, ""
    elif status == 410:
        message.endpoint.gone = True
        _dead(message, status, "gone")
    elif message.tries > len(PAUSES):
        _dead(message, status, problem)
    else:
        message.last_status, message.last_problem = status, problem
        message.due_at = now() + PAUSES[message.tries - 1]


def _dead(message: Message, status: int | None, problem: str) -> None:
    message.state, message.last_status, message.last_problem = MessageState.DEAD, status, problem
    log.info("webhook_dead", message=message.public_id, status=status, problem=problem)
