"""What a moderator may see of the queue: items of their provinces and campaigns, everything in the country's case."""

from collections.abc import Iterable, Sequence

from flask_login import current_user

from campaigns.domain.accounts.access import COUNTRY, Scope, Where, may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.queue_models import QueueEntry
from campaigns.web.locale import language


def reach() -> Scope:
    """Where the signed-in person moderates."""
    return scope_of(current_user.id, Permission.MODERATE)


def titles(items: Iterable[Item]) -> dict[int, Card]:
    """The campaigns of these things as cards, by row id, so that people read titles."""
    return cards_of(list({item.campaign.id for item in items if item.campaign}), language().code)


def entry_cards(entries: Sequence[QueueEntry]) -> dict[int, Card]:
    """The campaigns of these entries as cards, by row id."""
    ids = {entry.campaign_id for entry in entries if entry.campaign_id is not None}
    return cards_of(sorted(ids), language().code)


def place_of(item: Item) -> Where:
    """Where it is: its campaign, or what it says itself."""
    return where_is(item.campaign) if item.campaign else item.where or COUNTRY


def one(kind: str, public_id: str) -> Item | None:
    """One item, decided or not, if it is within reach."""
    item = find(kind, public_id)
    return item if item is not None and may(current_user.id, Permission.MODERATE, place_of(item)) else None
