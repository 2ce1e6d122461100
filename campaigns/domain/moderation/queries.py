"""Reads of the queue and of the log of decisions."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.moderation.appeal_models import Appeal
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.moderation.verdicts import UNDO_WITHIN, Verdict

_Undo = aliased(Decision)


def find(kind: str, public_id: str) -> Item | None:
    """One thing, decided or not. Its row is held until the transaction ends."""
    subject = SUBJECTS.get(kind)
    return subject.find(public_id) if subject else None


def thing_of(decision: Decision) -> Item | None:
    """What a decision was about."""
    subject = SUBJECTS[decision.subject_kind]
    row = db.session.get(subject.table, decision.subject_id)
    return subject.item(row) if row else None


def history(item: Item) -> Sequence[Decision]:
    """Every decision on this thing, oldest first."""
    query = select(Decision).where(Decision.subject_kind == item.kind, Decision.subject_id == item.thing.id)
    return db.session.scalars(query.order_by(Decision.id)).all()


def standing(item: Item) -> list[Decision]:
    """Decisions of the present round that were not taken back."""
    rows = history(item)
    taken_back = {row.undoes_id for row in rows if row.undoes_id}
    round_now = SUBJECTS[item.kind].round(item)
    return [
        row for row in rows if row.undoes_id is None and row.id not in taken_back and row.round == round_now
    ]


def words_to_author(kind: str, subject_ids: Collection[int]) -> dict[int, Decision]:
    """By row id of these things of one kind: the newest «no» that stands, with its reason and its note."""
    query = (
        select(Decision)
        .where(Decision.subject_kind == kind, Decision.subject_id.in_(subject_ids))
        .where(Decision.verdict.in_((Verdict.RETURN.value, Verdict.REJECT.value)))
        .where(~select(_Undo.id).where(_Undo.undoes_id == Decision.id).exists())
        .order_by(Decision.id)
    )
    return {row.subject_id: row for row in db.session.scalars(query)}


def lost_an_appeal(item: Item, actor: User) -> bool:
    """Whether an appeal against a decision of this person on this thing was granted: somebody else looks anew."""
    query = (
        select(Appeal.id)
        .join(Decision, Decision.id == Appeal.decision_id)
        .where(Decision.subject_kind == item.kind, Decision.subject_id == item.thing.id)
        .where(Appeal.decider_id == actor.id, Appeal.state == "granted")
    )
    return db.session.scalar(query.limit(1)) is not None


def approvals_query(campaign_id: Any) -> Select[*tuple[Any, ...]]:
    """The round and the person of each «yes» to a campaign that stands."""
    return select(Decision.round, Decision.actor_id).where(
        Decision.subject_kind == "campaign",
        Decision.subject_id == campaign_id,
        Decision.verdict == Verdict.APPROVE.value,
        ~select(_Undo.id).where(_Undo.undoes_id == Decision.id).exists(),
    )


def approvers(approvals: Iterable[tuple[int, int]]) -> int:
    """How many people stand behind the last approval, of `approvals_query`."""
    rows = list(approvals)
    last = max((number for number, _actor in rows), default=0)
    return len({actor for number, actor in rows if number == last})


def undone(decision: Decision) -> bool:
    return db.session.scalar(select(Decision.id).where(Decision.undoes_id == decision.id)) is not None


def recent(user: User) -> Sequence[Decision]:
    """What this person has decided so lately that it may be taken back, newest first."""
    query = select(Decision).where(
        Decision.actor_id == user.id,
        Decision.decided_at >= now() - UNDO_WITHIN,
        Decision.undoes_id.is_(None),
        ~select(_Undo.id).where(_Undo.undoes_id == Decision.id).exists(),
    )
    return db.session.scalars(query.order_by(Decision.id.desc())).all()


def decision(public_id: str) -> Decision | None:
    return db.session.scalar(select(Decision).where(Decision.public_id == public_id))


def full_log(limit: int, before_id: int | None = None) -> Sequence[tuple[Decision, Campaign | None]]:
    """Every decision with its actor, newest first."""
    query = (
        select(Decision, Campaign)
        .outerjoin(Campaign, Campaign.id == Decision.campaign_id)
        .order_by(Decision.id.desc())
        .limit(limit)
    )
    if before_id is not None:
        query = query.where(Decision.id < before_id)
    return [(row[0], row[1]) for row in db.session.execute(query)]
