"""Reads of statements: files, lines, and what is known of the claims a line could be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.claims.models import BankAccount, TransferClaim
from campaigns.domain.claims.queries import bank_accounts
from campaigns.domain.claims.states import AccountState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.states import ItemState
from campaigns.domain.statements.checking import known_claims, seen
from campaigns.domain.statements.fitting import NEAR, Known, Seen, in_window, plain
from campaigns.domain.statements.identity import identities
from campaigns.domain.statements.lines import Line
from campaigns.domain.statements.models import StatementImport, StatementLine, StatementStep
from campaigns.domain.statements.outcomes import WAITING, WRONG, ImportState, Outcome

PAGE = 50
MOST_CANDIDATES = 12
RECEIVED = (AccountState.ON.value, AccountState.OFF.value)
CHECKED_AT_ONCE = 500


def accounts() -> list[BankAccount]:
    """Accounts that donors pay to, or paid to."""
    return [account for account in bank_accounts() if account.state in RECEIVED]


def by_public_id(public_id: str) -> StatementImport | None:
    whole = joinedload(StatementImport.bank_account)
    return db.session.scalar(
        select(StatementImport).where(StatementImport.public_id == public_id).options(whole)
    )


def line_by_public_id(public_id: str) -> StatementLine | None:
    whole = joinedload(StatementLine.claim).joinedload(TransferClaim.contribution)
    return db.session.scalar(
        select(StatementLine)
        .where(StatementLine.public_id == public_id)
        .options(whole, joinedload(StatementLine.item))
    )


def imports(bank_account_ids: Sequence[int], limit: int = 60) -> list[StatementImport]:
    """The newest first, without what was discarded."""
    query = select(StatementImport).where(
        StatementImport.bank_account_id.in_(bank_account_ids),
        StatementImport.state != ImportState.DISCARDED.value,
    )
    return list(db.session.scalars(query.order_by(StatementImport.id.desc()).limit(limit)))


def same_file(one: StatementImport) -> StatementImport | None:
    """An import of the very same file for this account, if there was one."""
    query = select(StatementImport).where(
        StatementImport.bank_account_id == one.bank_account_id,
        StatementImport.sha256 == one.sha256,
        StatementImport.state == ImportState.IMPORTED.value,
        StatementImport.id != one.id,
    )
    return db.session.scalar(query.order_by(StatementImport.id).limit(1))


def known_before(bank_account_id: int, lines: Sequence[Line]) -> int:
    """How many of these lines are kept already."""
    wanted = set(identities(lines))
    sums = sorted({identity.checksum for identity in wanted})
    found = 0
    for start in range(0, len(sums), CHECKED_AT_ONCE):
        query = select(StatementLine.checksum, StatementLine.occurrence).where(
            StatementLine.bank_account_id == bank_account_id,
            StatementLine.checksum.in_(sums[start : start + CHECKED_AT_ONCE]),
        )
        found += sum((bytes(row[0]), row[1]) in wanted for row in db.session.execute(query))
    return found


def outcomes_of(one: StatementImport) -> dict[str, int]:
    """How many lines that came with this file had each outcome."""
    query = select(StatementLine.outcome, func.count()).where(StatementLine.import_id == one.id)
    counted = {row[0]: row[1] for row in db.session.execute(query.group_by(StatementLine.outcome))}
    return {outcome.value: counted[outcome.value] for outcome in Outcome if outcome.value in counted}


def lines_of(one: StatementImport, outcome: str, page: int) -> list[StatementLine]:
    """A page of the lines that came with this file, in its order, of one outcome or of all."""
    query = select(StatementLine).where(StatementLine.import_id == one.id)
    query = query.where(StatementLine.outcome == outcome) if outcome else query
    return list(db.session.scalars(query.order_by(StatementLine.row).limit(PAGE).offset(PAGE * (page - 1))))


def waiting_lines(bank_account_ids: Sequence[int]) -> dict[int, int]:
    """How many lines of each account wait for a person."""
    open_item = or_(ReviewItem.id.is_(None), ReviewItem.state == ItemState.OPEN.value)
    query = (
        select(StatementLine.bank_account_id, func.count())
        .outerjoin(ReviewItem, ReviewItem.id == StatementLine.item_id)
        .where(
            StatementLine.bank_account_id.in_(bank_account_ids),
            StatementLine.outcome.in_((*WAITING, Outcome.DUPLICATE.value)),
            open_item,
        )
        .group_by(StatementLine.bank_account_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def proposed_lines(bank_account_ids: Sequence[int]) -> list[StatementLine]:
    """Lines of which one person has said what they are, and a second one has not answered yet; the oldest first."""
    last = select(func.max(StatementStep.id)).group_by(StatementStep.line_id)
    is_open = StatementLine.outcome.in_((*WAITING, Outcome.DUPLICATE.value))
    as_before = StatementLine.claim_id == StatementStep.claim_id
    query = (
        select(StatementLine)
        .join(StatementStep, StatementStep.line_id == StatementLine.id)
        .where(
            StatementStep.id.in_(last),
            StatementStep.verb == "propose",
            case((StatementStep.what.in_(WRONG), as_before), else_=is_open),
            StatementLine.bank_account_id.in_(bank_account_ids),
        )
        .order_by(StatementStep.id)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Sign:
    """One thing that speaks for a claim (`says` True), against it, or not at all (None). `kind`: which, as a word."""

    kind: str
    says: bool | None
    rials: int = 0
    moment: datetime | None = None


@dataclass(frozen=True)
class Candidate:
    """A claim the line could be, with every sign."""

    claim: TransferClaim
    gift: Contribution
    signs: tuple[Sign, ...]


def candidates(line: StatementLine) -> list[Candidate]:
    """Claims of the account that money may still come for: those with most signs first, then the nearest amounts."""
    looked = seen(line)
    scored = [(signs(looked, known), known) for known in known_claims(line.bank_account_id)]
    scored.sort(key=lambda pair: _rank(looked, *pair))
    best = scored[:MOST_CANDIDATES]
    ids = [known.claim.id for _signs, known in best]
    whole = joinedload(TransferClaim.contribution).joinedload(Contribution.campaign)
    query = select(TransferClaim).where(TransferClaim.id.in_(ids)).options(whole)
    rows = {row.id: row for row in db.session.scalars(query)}
    return [Candidate(rows[known.claim.id], rows[known.claim.id].contribution, told) for told, known in best]


def signs(line: Seen, known: Known) -> tuple[Sign, ...]:
    """What speaks for and against it, in the order of the rules."""
    claim = known.claim
    code = Sign("code", known.code in line.codes if line.codes else None)
    if line.rials == claim.expected_rials:
        amount = Sign("amount" if claim.alone else "shared_amount", True)
    elif line.rials == claim.base_rials:
        amount = Sign("base_amount", None)
    else:
        amount = Sign("other_amount", False, rials=line.rials - claim.expected_rials)
    number = plain(claim.tracking or "")
    tracking = number in line.numbers if number and line.numbers else None
    card = claim.last4 == line.last4 if claim.last4 and line.last4 else None
    window = Sign("window", None if in_window(line, claim) else False, moment=claim.declared_at)
    return (code, amount, Sign("tracking", tracking), Sign("card", card), _time(line, known), window)


def _time(line: Seen, known: Known) -> Sign:
    paid_at = known.claim.paid_at
    if not line.has_time or paid_at is None:
        return Sign("time", None, moment=paid_at)
    return Sign("time", abs(line.booked_at - paid_at) <= NEAR, moment=paid_at)


def _rank(line: Seen, told: tuple[Sign, ...], known: Known) -> tuple[int, int, int, int]:
    for_it = sum(sign.says is True for sign in told)
    against = sum(sign.says is False for sign in told)
    return (-for_it, against, abs(line.rials - known.claim.expected_rials), known.claim.id)
