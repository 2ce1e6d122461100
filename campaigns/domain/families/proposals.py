"""Changes of a national campaign that wait for an answer of a province, and the answers. None of these commit."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.actions import edits_of, save_part
from campaigns.domain.campaigns.clones import clones_of, parent_of
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part
from campaigns.domain.campaigns.states import State
from campaigns.domain.families.following import OVER, is_read, remember, write_in
from campaigns.domain.families.inheritance import shared
from campaigns.domain.families.models import Answer, Inherited


class Moved(Exception):
    """There is no such proposal any more, or it says something else by now."""


@dataclass(frozen=True)
class Proposal:
    """`ours`: what the part of the province would say, with its change that waits; `theirs`: with the national words.
    `mark` tells whether the words are still the ones that somebody read.
    """

    part: Part
    ours: Data
    theirs: Data
    values: Data

    @property
    def mark(self) -> str:
        said = json.dumps([self.ours, self.theirs], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def proposals_for(child: Campaign) -> list[Proposal]:
    """What of the national campaign this province has not answered yet, part by part.

    Only words that moderators have approved are proposed: a draft of the national campaign is nobody else's business.
    """
    parent = parent_of(child.id)
    if parent is None or not is_read(parent) or State(child.state) in OVER:
        return []
    known = _known([child.id]).get(child.id, {})
    found = []
    for part in Part:
        values = shared(part, parts.read(parent, part))
        if known.get(part.value) != values:
            ours = _ours(child, part)
            found.append(Proposal(part, ours, ours | _placed(child, part, values), values))
    return [one for one in found if one.ours != one.theirs]


def take(child: Campaign, part: Part, mark: str, actor: User) -> CampaignEdit | None:
    """The national words replace ours, as if the organizer had typed them: on a page past drafting they wait for a
    moderator. Raises `Moved`, and `WrongMove` while the province is under review.
    """
    proposal = _same(child, part, mark)
    edit = save_part(child, part, proposal.theirs, actor)
    _answer(child, proposal, "taken", actor)
    return edit


def leave(child: Campaign, part: Part, mark: str, actor: User) -> None:
    """Our words stay; the national ones are proposed again once they change again. Raises `Moved`."""
    _answer(child, _same(child, part, mark), "left", actor)


def unanswered(parent: Campaign) -> Mapping[int, int]:
    """By province: how many parts of the national campaign it has not answered. A fixed number of queries."""
    if not is_read(parent):
        return {}
    ids = [clone.campaign_id for clone in clones_of(parent.id)]
    said = {part.value: shared(part, parts.read(parent, part)) for part in Part}
    known = _known(ids)
    return {key: sum(known.get(key, {}).get(name) != values for name, values in said.items()) for key in ids}


def answers_of(child: Campaign) -> Sequence[Answer]:
    """Newest first."""
    query = select(Answer).where(Answer.campaign_id == child.id).order_by(Answer.id.desc())
    return db.session.scalars(query).all()


def _same(child: Campaign, part: Part, mark: str) -> Proposal:
    for proposal in proposals_for(child):
        if proposal.part is part and proposal.mark == mark:
            return proposal
    raise Moved


def _answer(child: Campaign, proposal: Proposal, answer: str, actor: User) -> None:
    remember(child, proposal.part, proposal.values)
    row = Answer(campaign_id=child.id, part=proposal.part.value, data=proposal.values, answer=answer)
    row.actor_id = actor.id
    db.session.add(row)
    db.session.flush()


def _ours(child: Campaign, part: Part) -> Data:
    """What the province wants to say: its change under way, else what stands there."""
    edits = edits_of(child, part, states=("waiting", "returned"))
    return dict(edits[-1].data) if edits else parts.read(child, part)


def _placed(child: Campaign, part: Part, values: Data) -> Data:
    return {name: value for name, value in write_in(child, part, values).items() if name in values}


def _known(campaign_ids: Collection[int]) -> dict[int, dict[str, Data]]:
    found: dict[int, dict[str, Data]] = {}
    for row in db.session.scalars(select(Inherited).where(Inherited.campaign_id.in_(campaign_ids))):
        found.setdefault(row.campaign_id, {})[row.part] = row.data
    return found
