"""Tables of matching: the pools of sponsors, and how far the worker has looked for gifts to match."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Moment, PublicId, Rials
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign


class State(StrEnum):
    PROPOSED = "proposed"
    OPEN = "open"
    REFUSED = "refused"


class MatchPool(Model):
    """`sponsor` is the name to be shown. Without a campaign it matches gifts to all of them.

    `matched_rials` is what the book has taken from the pool; it can never pass the cap, whoever writes.
    """

    __tablename__ = "match_pool"
    __table_args__ = (
        CheckConstraint("matched_rials >= 0 AND matched_rials <= cap_rials", name="within_cap"),
        CheckConstraint("decided_by_id <> proposed_by_id", name="two_people"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    sponsor: Mapped[str] = mapped_column(String(80))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    cap_rials: Mapped[Rials]
    matched_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    position: Mapped[int] = mapped_column(default=1)  # pools of lower numbers are used first
    first_day: Mapped[date] = mapped_column(Date)  # Tehran days, both inclusive
    last_day: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12), default=State.PROPOSED.value, index=True)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    bank_account: Mapped[str] = mapped_column(String(26), default="")
    bank_reference: Mapped[str] = mapped_column(String(40), default="")

    campaign: Mapped[Campaign | None] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


class MatchCursor(Model):
    """One row: every place of the book up to `upto_seq` has been looked at."""

    __tablename__ = "match_cursor"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    upto_seq: Mapped[int] = mapped_column(BigKey, default=0)
