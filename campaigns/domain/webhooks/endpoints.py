"""Addresses that are told: added, removed, given a new secret. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.outside import look_up
from campaigns.base.sealing import seal, unseal
from campaigns.base.signhooks import new_secret
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.webhooks.models import Endpoint, Message, MessageState

MOST = 5
PURPOSE = "webhooks"
SHOWN = 50
KEPT = timedelta(days=60)
"""How long it is known what was sent."""


class Refused(Exception):
    """`why`: `many`, `again` (is there already), or one of `outside.NotAllowed`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check(url: str, *, private: bool) -> None:
    """Looks the address up: do it with no transaction open. Raises `outside.NotAllowed`."""
    look_up(url, private=private)


def add(campaign: Campaign, url: str, actor: User) -> tuple[Endpoint, str]:
    """The new one and its secret, which is shown this once. It is told of the numbers of today at once.

    Raises `Refused`: `many`, `again`. Hold the campaign's row.
    """
    there = of_campaign(campaign.id)
    if any(one.url == url for one in there):
        raise Refused("again")
    if len(there) >= MOST:
        raise Refused("many")
    secret = new_secret()
    made = Endpoint(
        campaign_id=campaign.id, url=url, sealed_secret=seal(PURPOSE, secret), added_by_id=actor.id
    )
    db.session.add(made)
    db.session.flush()
    return made, secret


def renew(one: Endpoint) -> str:
    """Another secret, from the next try on: shown this once."""
    secret = new_secret()
    one.sealed_secret, one.gone = seal(PURPOSE, secret), False
    return secret


def remove(one: Endpoint) -> None:
    """It is told nothing more, not even what waits."""
    one.removed_at = now()


def secret_of(one: Endpoint) -> str:
    """Raises `sealing.SealBroken`."""
    return str(unseal(PURPOSE, one.sealed_secret))


def of_campaign(campaign_id: int) -> Sequence[Endpoint]:
    query = select(Endpoint).where(Endpoint.campaign_id == campaign_id, Endpoint.removed_at.is_(None))
    return db.session.scalars(query.order_by(Endpoint.id)).all()


def find(campaign_id: int, public_id: str) -> Endpoint | None:
    query = select(Endpoint).where(Endpoint.campaign_id == campaign_id, Endpoint.removed_at.is_(None))
    return db.session.scalar(query.where(Endpoint.public_id == public_id))


def messages_of(campaign_id: int) -> Sequence[Message]:
    """The newest of every address of the campaign that is still told."""
    query = select(Message).join(Message.endpoint)
    query = query.where(Endpoint.campaign_id == campaign_id, Endpoint.removed_at.is_(None))
    return db.session.scalars(query.order_by(Message.id.desc()).limit(SHOWN)).all()


def send_again(campaign_id: int, public_id: str) -> bool:
    """Once more from the beginning; whether there is such a message that does not wait anyhow."""
    message = db.session.scalar(
        select(Message)
        .join(Message.endpoint)
        .where(
            Message.public_id == public_id, Endpoint.campaign_id == campaign_id, Endpoint.removed_at.is_(None)
        )
    )
    if message is None or message.state == MessageState.WAITING:
        return False
    message.state, message.tries, message.due_at, message.done_at = MessageState.WAITING, 0, now(), None
    message.endpoint.gone = False
    return True


def forget_before(moment: datetime) -> None:
    """What was done with before this moment is nothing anybody looks for any more."""
    ended = Message.state != MessageState.WAITING.value
    db.session.execute(delete(Message).where(ended, Message.due_at < moment))
