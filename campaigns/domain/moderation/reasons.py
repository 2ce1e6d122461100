"""The sentences an author reads for each reason: ours until somebody writes another. Versions are kept."""

from collections.abc import Sequence

from flask_babel import force_locale
from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.queue_models import ReasonText
from campaigns.domain.moderation.verdicts import REASON_LETTERS, Reason


def texts_in(language: str) -> dict[Reason, str]:
    """The sentence of every reason in one language."""
    newest = select(func.max(ReasonText.id)).where(ReasonText.language == language).group_by(ReasonText.code)
    rows = db.session.scalars(select(ReasonText).where(ReasonText.id.in_(newest)))
    written = {row.code: row.body for row in rows}
    with force_locale(language):
        return {code: written.get(code) or str(ours) for code, ours in REASON_LETTERS.items()}


def text_of(code: str, language: str) -> str:
    """The sentence of one reason, or nothing for one that is none."""
    return texts_in(language)[Reason(code)] if code in set(Reason) else ""


def write(code: Reason, language: str, body: str, author: User) -> ReasonText | None:
    """A new version; none where it says what stands already. Does not commit."""
    if texts_in(language)[code] == body:
        return None
    version = ReasonText(code=code.value, language=language, body=body, written_by=author)
    db.session.add(version)
    db.session.flush()
    return version


def versions() -> Sequence[ReasonText]:
    """Everything that was ever written, newest first."""
    return db.session.scalars(select(ReasonText).order_by(ReasonText.id.desc())).all()
