"""Asking the rules about lines that no gift was found for yet. Does not commit.

New lines are asked about when they are imported, the others with them: a gift may have been declared, or told of,
since. Lines beyond the first `AT_ONCE` wait for the worker, so that donors need not wait for a large file.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.queries import open_claims
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.states import ItemState
from campaigns.domain.statements.booking import give_or_keep, keep
from campaigns.domain.statements.fitting import Known, Seen, Verdict, codes_in, numbers_in, verdicts
from campaigns.domain.statements.imports import hold
from campaigns.domain.statements.models import StatementImport, StatementLine
from campaigns.domain.statements.outcomes import LOOKED_AT_AGAIN, Outcome

AT_ONCE = 100


def check(bank_account_id: int, actor: User, at_most: int = AT_ONCE) -> int:
    """Books what the rules say of lines of this account, certain findings first. Returns how many lines changed."""
    hold(bank_account_id)
    open_ = {row.id: row for row in db.session.execute(_undecided(bank_account_id))}
    if not open_:
        return 0
    said = verdicts([seen(row) for row in open_.values()], known_claims(bank_account_id))
    news = [one for one in said if _is_news(open_[one.line_id], one)][:at_most]
    lines = _whole([one.line_id for one in news])
    for verdict in news:
        _carry_out(lines[verdict.line_id], verdict, actor)
    return len(news)


def check_waiting() -> int:
    """The worker's part: lines of one account that nobody was asked about yet, in the name of who imported them."""
    first = (
        select(StatementLine)
        .where(StatementLine.outcome == Outcome.UNCHECKED.value)
        .order_by(StatementLine.id)
        .options(joinedload(StatementLine.source).joinedload(StatementImport.ended_by))
        .limit(1)
    )
    line = db.session.scalar(first)
    if line is None or line.source.ended_by is None:
        return 0
    return check(line.bank_account_id, line.source.ended_by)


def seen(line: Any) -> Seen:
    """A line, or a row with as much of it, as the rules see it."""
    return Seen(
        line.id,
        line.booked_at,
        line.has_time,
        line.rials,
        numbers_in(line.tracking, line.document, line.description),
        codes_in(line.description),
        line.last4,
        (line.checksum, line.occurrence),
    )


def known_claims(bank_account_id: int) -> list[Known]:
    """Claims whose money may still come, each with the code its donor has."""
    claims = open_claims(bank_account_id)
    query = (
        select(TransferClaim.id, Contribution.code)
        .join(Contribution, Contribution.id == TransferClaim.contribution_id)
        .where(TransferClaim.bank_account_id == bank_account_id)
    )
    codes = {row.id: row.code for row in db.session.execute(query)} if claims else {}
    return [Known(claim, codes[claim.id]) for claim in claims]


def _undecided(bank_account_id: int) -> Select[*tuple[Any, ...]]:
    """Lines without a gift that no person is deciding about, or has; no more of them than the rules ask for."""
    told = StatementLine
    return (
        select(
            *(told.id, told.booked_at, told.has_time, told.rials, told.tracking, told.document),
            *(told.description, told.last4, told.checksum, told.occurrence, told.outcome, told.rule),
        )
        .outerjoin(ReviewItem, ReviewItem.id == StatementLine.item_id)
        .where(
            StatementLine.bank_account_id == bank_account_id,
            StatementLine.outcome.in_(LOOKED_AT_AGAIN),
            or_(ReviewItem.id.is_(None), ReviewItem.state == ItemState.OPEN.value),
        )
    )


def _whole(line_ids: Sequence[int]) -> dict[int, StatementLine]:
    query = (
        select(StatementLine)
        .where(StatementLine.id.in_(line_ids))
        .options(joinedload(StatementLine.item), joinedload(StatementLine.bank_account))
        .execution_options(populate_existing=True)
    )
    return {line.id: line for line in db.session.scalars(query)}


def _is_news(line: Any, verdict: Verdict) -> bool:
    return (line.outcome, line.rule) != (verdict.outcome.value, verdict.rule)


def _carry_out(line: StatementLine, verdict: Verdict, actor: User) -> None:
    if verdict.claim is None:
        keep(line, verdict.outcome, verdict.rule)
    else:
        give_or_keep(line, db.session.get_one(TransferClaim, verdict.claim.id), verdict.rule, actor)
