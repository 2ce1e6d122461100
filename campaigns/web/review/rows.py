"""What a moderator may see of the queue: items of their provinces and campaigns, everything in the country's case."""

from collections.abc import Iterable

from flask_login import current_user

from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.domain.moderation.queries import find, waiting
from campaigns.domain.moderation.things import Item
from campaigns.web.locale import language


def visible(kind: str = "", province: str = "") -> list[Item]:
    """Waiting items within the moderator's reach, longest waiting first."""
    items = [item for item in waiting(kind) if _reaches(item)]
    if province:
        items = [item for item in items if province in {place.code for place in item.campaign.provinces}]
    return items


def titles(items: Iterable[Item]) -> dict[int, Card]:
    """The campaigns of these things as cards, by row id, so that people read titles."""
    return cards_of(list({item.campaign.id for item in items}), language().code)


def one(kind: str, public_id: str) -> Item | None:
    """One item, decided or not, if it is within reach."""
    item = find(kind, public_id)
    return item if item is not None and _reaches(item) else None


def _reaches(item: Item) -> bool:
    return may(current_user.id, Permission.MODERATE, where_is(item.campaign))
