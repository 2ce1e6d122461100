"""What is done to reported problems. None of these commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.problems import states
from campaigns.domain.problems.models import Problem, ProblemStep
from campaigns.domain.problems.states import CLOSED, Kind, Move, Refused, WrongMove


@dataclass(frozen=True)
class Told:
    """What a reporter writes. `contact` may be empty."""

    kind: Kind
    words: str
    contact: str
    language: str
    hidden_marks: Mapping[str, Any] | None = None


def report(campaign_id: int, told: Told, form_key: str) -> tuple[Problem, bool]:
    """The problem of this form, and whether it is new: a form sent twice makes one case."""
    earlier = db.session.scalar(select(Problem).where(Problem.form_key == form_key))
    if earlier is not None:
        return earlier, False
    problem = Problem(
        campaign_id=campaign_id,
        kind=told.kind.value,
        words=told.words,
        contact=told.contact,
        language=told.language,
        hidden_marks=dict(told.hidden_marks) if told.hidden_marks else None,
        form_key=form_key,
    )
    db.session.add(problem)
    db.session.flush()
    return problem, True


def answer(problem: Problem, words: str) -> None:
    """The reporter answers what was asked; it waits for a moderator again. Raises `Refused("state")`."""
    _wait_again(problem, Move.ANSWER, words)


def may_appeal(problem: Problem) -> bool:
    """Once, after it was closed."""
    return problem.state in CLOSED and problem.appealed_at is None


def appeal(problem: Problem, words: str) -> None:
    """Another person than the one who closed it looks at it again. Raises `Refused("state")`."""
    if not may_appeal(problem):
        raise Refused("state")
    _wait_again(problem, Move.APPEAL, words)
    problem.appealed_at = now()
    problem.assignee_id = None


def assign(problem: Problem, to: User | None) -> None:
    """Who looks into it; none: nobody. Others see it and may decide all the same."""
    problem.assignee_id = to.id if to else None


def decide(problem: Problem, step: Move, actor: User, words: str) -> None:
    """Ask back, uphold or dismiss; `words` are for the reporter. Raises `Refused`: `own` campaign; `appeal`: it is
    for another person than the one who closed it; `state`.
    """
    if problem.campaign.author_id == actor.id:
        raise Refused("own")
    if problem.appealed_at is not None and problem.closed_by_id == actor.id:
        raise Refused("appeal")
    _move(problem, step, actor, words)
    if problem.state in CLOSED:
        problem.closed_by_id = actor.id


def reopen(problem: Problem, actor: User) -> None:
    """A decision is taken back. Raises `Refused("state")` where the reporter has gone on meanwhile."""
    _move(problem, Move.REOPEN, actor, "")


def _wait_again(problem: Problem, step: Move, words: str) -> None:
    _move(problem, step, None, words)
    problem.round += 1
    problem.waits_since = now()


def _move(problem: Problem, step: Move, actor: User | None, words: str) -> None:
    try:
        problem.state = states.after(problem.state, step).value
    except WrongMove:
        raise Refused("state") from None
    db.session.add(
        ProblemStep(problem_id=problem.id, actor_id=actor.id if actor else None, verb=step.value, words=words)
    )
    db.session.flush()
