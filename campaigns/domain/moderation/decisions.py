"""The log of decisions is written here, one row at a time."""

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import Item, Subject
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.service import service_of
from campaigns.domain.moderation.verdicts import Verdict


def write(
    subject: Subject,
    item: Item,
    actor: User,
    verdict: Verdict,
    reason: str = "",
    note: str = "",
    undoes: Decision | None = None,
) -> Decision:
    """One row of the log, and nothing else. Does not commit."""
    decision = Decision(
        subject_kind=item.kind,
        subject_id=item.thing.id,
        campaign_id=item.campaign.id if item.campaign else None,
        actor=actor,
        verdict=verdict.value,
        reason_code=reason,
        note=note.strip(),
        round=subject.round(item),
        undoes_id=undoes.id if undoes else None,
        service=service_of(item, subject.service),
        waited_since=item.waiting_since,
    )
    db.session.add(decision)
    db.session.flush()
    if item.campaign is None or item.campaign.approved_at is not None:
        stamps.bump(stamps.PORTAL)  # the public page of decisions
    return decision
