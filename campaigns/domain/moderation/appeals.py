"""Appeals: an author does not agree with a «no», and somebody else than who decided looks at it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation import decisions
from campaigns.domain.moderation.appeal_models import Appeal
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item, Subject
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne

WITHIN = timedelta(days=30)
"""How long after a decision one may appeal."""
NO = (Verdict.RETURN.value, Verdict.REJECT.value)


class Appeals(OneByOne):
    """Granted, the «no» is taken back and the thing waits again: for everybody but who had decided. `others`: every
    kind of thing, by name.
    """

    kind = "appeal"
    table = Appeal
    verdicts = (Verdict.APPROVE, Verdict.REJECT)

    def __init__(self, others: Mapping[str, Subject]) -> None:
        self._others = others

    def thing_of(self, appeal: Appeal) -> Item:
        """What the appeal is about, its row held until the transaction ends."""
        subject = self._others[appeal.decision.subject_kind]
        row = db.session.get_one(
            subject.table, appeal.decision.subject_id, with_for_update={"of": subject.table}
        )
        return subject.item(row)

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        appeal: Appeal = item.thing
        if appeal.decider_id == actor.id:
            raise CannotApply("own_appeal")
        if verdict is Verdict.APPROVE:
            self._reopen(appeal, actor)
        appeal.state = "granted" if verdict is Verdict.APPROVE else "refused"
        appeal.answered_by_id, appeal.answered_at = actor.id, now()

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        appeal: Appeal = item.thing
        if verdict is Verdict.APPROVE:
            self._close(appeal, actor)
        appeal.state, appeal.answered_by_id, appeal.answered_at = "waiting", None, None

    def item(self, row: Appeal) -> Item:
        place, words = None, (row.words, "")
        if row.campaign is None:
            subject = self._others[row.decision.subject_kind]
            place = subject.item(db.session.get_one(subject.table, row.decision.subject_id)).where
        return Item(self.kind, row.public_id, row.campaign, row.author_id, row.created_at, row, place, words)

    def _reopen(self, appeal: Appeal, actor: User) -> None:
        thing, no = self.thing_of(appeal), self._standing_no(appeal)
        subject = self._others[thing.kind]
        if no is None:
            raise CannotApply("moved")
        try:
            subject.undo(thing, Verdict(no.verdict), actor)
        except CannotUndo:
            raise CannotApply("moved") from None
        decisions.write(subject, thing, actor, Verdict.UNDO, undoes=no)

    def _close(self, appeal: Appeal, actor: User) -> None:
        """The «no» stands again, in its own words, by who takes the granting back."""
        thing, said = self.thing_of(appeal), appeal.decision
        subject = self._others[thing.kind]
        if not subject.is_waiting(thing):
            raise CannotUndo
        subject.apply(thing, Verdict(said.verdict), actor, said.note)
        decisions.write(subject, thing, actor, Verdict(said.verdict), said.reason_code, said.note)

    def _standing_no(self, appeal: Appeal) -> Decision | None:
        """The newest «no» on the thing that nobody has taken back."""
        said = appeal.decision
        taken_back = select(Decision.undoes_id).where(Decision.undoes_id.is_not(None))
        query = select(Decision).where(
            Decision.subject_kind == said.subject_kind,
            Decision.subject_id == said.subject_id,
            Decision.verdict.in_(NO),
            Decision.id.not_in(taken_back),
        )
        return db.session.scalars(query.order_by(Decision.id.desc()).limit(1)).first()


def appeal_of(decision: Decision) -> Appeal | None:
    return db.session.scalar(select(Appeal).where(Appeal.decision_id == decision.id))


def may_appeal(decision: Decision, item: Item, user: User) -> bool:
    """Whether this person may appeal against this decision at present: its author, once, within thirty days."""
    theirs = item.author_id == user.id and decision.verdict in NO and item.kind != "appeal"
    return theirs and now() - decision.decided_at <= WITHIN and appeal_of(decision) is None


def make(decision: Decision, item: Item, author: User, words: str, marks: Any = None) -> Appeal | None:
    """An appeal in the author's words; none where there is one already, whoever was first. Does not commit."""
    row = {
        "public_id": public_id(),
        "decision_id": decision.id,
        "decider_id": decision.actor_id,
        "campaign_id": item.campaign.id if item.campaign else None,
        "author_id": author.id,
        "words": words,
        "hidden_marks": marks,
        "state": "waiting",
        "created_at": now(),
    }
    made = db.session.execute(insert_first(Appeal, "decision_id", "id"), row).first()
    return db.session.get_one(Appeal, made.id) if made else None
