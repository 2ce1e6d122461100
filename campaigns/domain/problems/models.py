"""Tables of reported problems, with what was said of them and shown, and of freezes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.codes import new_code
from campaigns.base.columns import At, Digest, Key, Marks, Moment, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign


class Problem(Model):
    """What somebody says is wrong with a campaign. Nobody needs a name: who has `code` sees how it stands.

    `contact`: an e-mail address or a telephone number, for moderators only. `waits_since`: it was reported, answered
    or appealed then; `round` counts these. `closed_by_id`: who closed it last: another person decides an appeal.
    """

    __tablename__ = "problem"
    __table_args__ = (Index("ix_problem_waiting", "state", "waits_since"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    code: Mapped[str] = mapped_column(String(11), unique=True, default=new_code)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(8), default="fa")
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    round: Mapped[int] = mapped_column(default=1)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    appealed_at: Mapped[datetime | None] = mapped_column(Moment())
    created_at: Mapped[At] = mapped_column(default=now)
    waits_since: Mapped[At] = mapped_column(default=now)
    form_key: Mapped[str | None] = mapped_column(String(32), unique=True)

    campaign: Mapped[Campaign] = relationship()
    assignee: Mapped[User | None] = relationship(foreign_keys=assignee_id)


class ProblemStep(Model):
    """One thing that happened to a problem. `words` are read by the reporter too. No actor: the reporter did it.

    Who decided stands in the log of decisions, which is append-only; this may be erased with personal data.
    """

    __tablename__ = "problem_step"
    id: Mapped[Key]
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    verb: Mapped[str] = mapped_column(String(12))  # states.Move
    words: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[At] = mapped_column(default=now)

    problem: Mapped[Problem] = relationship()


class ProblemEvidence(Model):
    """A file that shows it, in a private folder under `stored`. Only moderators open it."""

    __tablename__ = "problem_evidence"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))  # image, pdf
    stored: Mapped[str] = mapped_column(String(60), unique=True)
    size: Mapped[int]  # bytes
    width: Mapped[int | None]  # of a picture
    height: Mapped[int | None]
    sha256: Mapped[Digest]
    added_at: Mapped[At] = mapped_column(default=now)

    problem: Mapped[Problem] = relationship()


class Freeze(Model):
    """Giving to a campaign was stopped at once, or let go on. Append-only. `reason` is public, `note` never.

    `act`: freeze, thaw, condemn (what was reported is true: the campaign is cancelled).
    """

    __tablename__ = "campaign_freeze"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problem.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    act: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[At] = mapped_column(default=now, index=True)

    campaign: Mapped[Campaign] = relationship()
    actor: Mapped[User] = relationship()


append_only(Freeze.__table__)  # type: ignore[arg-type]
