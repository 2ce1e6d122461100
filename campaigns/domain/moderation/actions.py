"""Deciding, and taking a decision back. None of these commit."""

from campaigns.base.clock import now
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.clones import clone_of
from campaigns.domain.moderation.arrivals import follow
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item
from campaigns.domain.moderation.decisions import write
from campaigns.domain.moderation.holds import free, held
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.queries import lost_an_appeal, standing, undone
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.moderation.verdicts import UNDO_WITHIN, Reason, Verdict
from campaigns.domain.moderation.versions import version_of


class Refused(Exception):
    """The decision cannot be taken; `why` is a word for the door to put into a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def decide(
    item: Item, actor: User, verdict: Verdict, reason: Reason | None = None, note: str = "", seen: str = ""
) -> Decision:
    """Writes the verdict and, once enough people agree, carries it out. Whoever held the thing holds it no more.

    `seen`: the version (`versions.of`) the decision is about, where it was read on a page.

    Raises `Refused` with why: `own` work, `decided` by somebody meanwhile, `gone`: withdrawn or replaced by its
    author, `changed` since it was read, `held` by somebody else at present, `appealed`: an appeal against one's own
    decision was granted, `twice` by the same person, `reason` missing, `verdict` unknown for this kind, `address`
    taken by another campaign meanwhile, `over` or `expired`: its last day has passed; `own_appeal`: it is against
    one's own decision; `moved`: what an appeal is about has moved on.
    """
    subject = SUBJECTS[item.kind]
    _check(item, actor, verdict, seen)
    if verdict is not Verdict.APPROVE and (reason is None or not note.strip()):
        raise Refused("reason")
    earlier = [row for row in standing(item) if row.verdict == Verdict.APPROVE]
    if verdict is Verdict.APPROVE and any(row.actor_id == actor.id for row in earlier):
        raise Refused("twice")
    decision = write(subject, item, actor, verdict, reason.value if reason else "", note)
    free(item)
    if verdict is not Verdict.APPROVE or len(earlier) + 1 >= subject.approvals_needed(item):
        try:
            subject.apply(item, verdict, actor, note)
        except CannotApply as failure:
            raise Refused(failure.why) from None
        follow(item.kind, item.thing)
    return decision


def take_back(item: Item, decision: Decision, actor: User) -> Decision:
    """Undoes one's own decision within ten minutes.

    Raises `Refused` with why: `own` (somebody else's decision), `late`, `decided` (already taken back, or the thing
    has moved on since).
    """
    if decision.actor_id != actor.id:
        raise Refused("own")
    if now() - decision.decided_at > UNDO_WITHIN:
        raise Refused("late")
    if undone(decision):
        raise Refused("decided")
    try:
        SUBJECTS[item.kind].undo(item, Verdict(decision.verdict), actor)
    except CannotUndo:
        raise Refused("decided") from None
    follow(item.kind, item.thing)
    return write(SUBJECTS[item.kind], item, actor, Verdict.UNDO, undoes=decision)


def _check(item: Item, actor: User, verdict: Verdict, seen: str) -> None:
    subject = SUBJECTS[item.kind]
    if verdict not in subject.verdicts:
        raise Refused("verdict")
    if item.author_id == actor.id or (item.kind == "campaign" and _cloned(item.thing.id, actor)):
        raise Refused("own")
    if not subject.is_waiting(item):
        raise Refused("decided" if standing(item) else "gone")
    hold = held(item)
    if hold is not None and hold.user.id != actor.id:
        raise Refused("held")
    if seen and seen != version_of(item):
        raise Refused("changed")
    if lost_an_appeal(item, actor):
        raise Refused("appealed")


def _cloned(campaign_id: int, actor: User) -> bool:
    """Whoever cloned a campaign for a province has written it as much as its author."""
    made = clone_of(campaign_id)
    return made is not None and made.made_by_id == actor.id
