"""How texts pass from a national campaign to its provinces. None of these commit.

A part of a province follows as long as it says what the national one said: it is written anew with each change that
is approved there. Where the province says something of its own, or has a change of its own under way, the change
becomes a proposal (`proposals`). Nothing unread reaches a public page: only words of an approved national campaign
are written into a province that is past drafting, and none while a moderator reads it.
"""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.actions import changed, edits_of
from campaigns.domain.campaigns.clones import Clone, clone_of, parent_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part
from campaigns.domain.campaigns.states import ANNOUNCED, EDITABLE, State
from campaigns.domain.families.inheritance import in_province, shared
from campaigns.domain.families.models import Inherited
from campaigns.domain.regions.models import Province

OVER = frozenset({State.ENDED, State.CANCELLED})
"""Provinces of which nothing is changed any more."""
_SHOWN = frozenset({State.APPROVED, State.LIVE, State.PAUSED})


def spread(parent: Campaign, only: Sequence[Part] = tuple(Part)) -> int:
    """Writes the present words of a national campaign into the provinces that follow. Returns how many parts.

    The rows of provinces are locked in one order: two who spread at once do not wait for each other in a circle.
    """
    query = select(Campaign).join(Clone, Clone.campaign_id == Campaign.id).where(Clone.parent_id == parent.id)
    locked = query.order_by(Campaign.id).with_for_update(of=Campaign)
    found = db.session.scalars(locked.execution_options(populate_existing=True)).all()
    if not found:
        return 0
    said = {part: shared(part, parts.read(parent, part)) for part in only}
    return sum(_follow(parent, child, said) for child in found)


def catch_up(child: Campaign) -> None:
    """What was changed in the national campaign while nothing could be written into this province."""
    parent = parent_of(child.id)
    if parent is not None:
        _follow(parent, child, {part: shared(part, parts.read(parent, part)) for part in Part})


def follows(child: Campaign, part: Part) -> bool:
    """Whether this part of a province says what it last took from the national campaign."""
    known = db.session.get(Inherited, (child.id, part.value))
    return known is not None and _says(child, part) == in_province(part, known.data, home_of(child.id))


def says_the_approved(child: Campaign) -> bool:
    """Whether every part of this province says what an approved national campaign says now."""
    parent = parent_of(child.id)
    if parent is None or not is_read(parent):
        return False
    home = home_of(child.id)
    return all(
        _says(child, part) == in_province(part, shared(part, parts.read(parent, part)), home) for part in Part
    )


def is_read(campaign: Campaign) -> bool:
    """Whether what this campaign says now was approved by moderators."""
    return campaign.approved_at is not None and campaign.state in ANNOUNCED


def home_of(campaign_id: int) -> Province:
    """The province a campaign was cloned for."""
    query = select(Province).join(Clone, Clone.province_code == Province.code)
    return db.session.scalars(query.where(Clone.campaign_id == campaign_id)).one()


def remember(child: Campaign, part: Part, values: Data) -> None:
    """The province has these values of the national campaign, or has seen them."""
    db.session.merge(Inherited(campaign_id=child.id, part=part.value, data=values))
    db.session.flush()


def write_in(child: Campaign, part: Part, values: Data) -> Data:
    """The whole part of a province with inherited values in it; its own values stay."""
    return parts.read(child, part) | in_province(part, values, home_of(child.id))


def _follow(parent: Campaign, child: Campaign, said: dict[Part, Data]) -> int:
    if not _may_write(parent, child):
        return 0
    written = 0
    for part, values in said.items():
        if not _is_due(child, part, values):
            continue
        parts.write(child, part, write_in(child, part, values))
        remember(child, part, values)
        written += 1
    if written and child.state in ANNOUNCED:
        changed(child)
    return written


def _may_write(parent: Campaign, child: Campaign) -> bool:
    return child.state in EDITABLE or (child.state in _SHOWN and is_read(parent))


def _is_due(child: Campaign, part: Part, values: Data) -> bool:
    """The national part says something new, and the province has nothing of its own in its place."""
    known = db.session.get(Inherited, (child.id, part.value))
    if _says(child, part) == in_province(part, values, home_of(child.id)):
        remember(child, part, values)
        return False
    if known is None:  # a kind of part that was not there when it was cloned
        remember(child, part, {})
        return not any(_says(child, part).values())
    untouched = follows(child, part) and not edits_of(child, part, states=("waiting", "returned"))
    return known.data != values and untouched


def _says(child: Campaign, part: Part) -> Data:
    return shared(part, parts.read(child, part))


def _written(campaign: Campaign, part: Part) -> None:
    if clone_of(campaign.id) is None:
        spread(campaign, (part,))


parts.after_write(_written)
