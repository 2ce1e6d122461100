"""Reads of reported problems."""

from collections.abc import Sequence

from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.problems.models import Problem, ProblemEvidence, ProblemStep
from campaigns.domain.problems.states import State


def by_public_id(public_id: str) -> Problem | None:
    return db.session.scalar(select(Problem).where(Problem.public_id == public_id))


def by_code(code: str, *, lock: bool = False) -> Problem | None:
    """`code` as `codes.parse_code` gives it. `lock` holds its row until the transaction ends (PostgreSQL)."""
    query = select(Problem).where(Problem.code == code)
    return db.session.scalar(query.with_for_update(of=Problem) if lock else query)


def steps_of(problem: Problem) -> Sequence[ProblemStep]:
    """What happened to it, oldest first."""
    query = select(ProblemStep).where(ProblemStep.problem_id == problem.id).order_by(ProblemStep.id)
    return db.session.scalars(query).all()


def evidence_of(problem: Problem) -> Sequence[ProblemEvidence]:
    query = select(ProblemEvidence).where(ProblemEvidence.problem_id == problem.id)
    return db.session.scalars(query.order_by(ProblemEvidence.id)).all()


def evidence(problem: Problem, public_id: str) -> ProblemEvidence | None:
    query = select(ProblemEvidence).where(ProblemEvidence.problem_id == problem.id)
    return db.session.scalar(query.where(ProblemEvidence.public_id == public_id))


def open_of(campaign_id: int) -> int:
    """How many problems of this campaign are not closed yet."""
    still = Problem.state.in_((State.WAITING.value, State.ASKED.value))
    return (
        db.session.scalar(select(func.count(Problem.id)).where(Problem.campaign_id == campaign_id, still))
        or 0
    )
