"""Tables of matching: the pools of sponsors, and how far the worker has looked for gifts to match."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign


class State(StrEnum):
    PROPOSED = "proposed"
    OPEN = "open"
    REFUSED = "refused"
    CLOSED = "closed"  # what was left has gone where its sponsor wished


class Outcome(StrEnum):
    """What becomes of the money a pool has left."""

    RETURN = "return"  # to the sponsor
    GIVE = "give"  # to a campaign


class ClosingState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"  # owed to the sponsor; the bank has not paid yet
    DONE = "done"
    REFUSED = "refused"


class MatchPool(Model):
    """`sponsor` is the name to be shown. Without a campaign it matches gifts to all of them.

    `matched_rials` is what the book has taken from the pool; it can never pass the cap, whoever writes. `out_rials`
    went out of it when it was closed. What gifts that were given back leave behind comes back to it, closed or not.
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
    out_rials: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
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

    @property
    def left_rials(self) -> int:
        return self.cap_rials - self.matched_rials - self.out_rials


class PoolClosing(Model):
    """What two people decide about the money a pool has left. `word`: what the sponsor said, and to whom.

    `rials` is what it was when the second one agreed.
    """

    __tablename__ = "pool_closing"
    __table_args__ = (
        CheckConstraint("decided_by_id <> proposed_by_id", name="two_people"),
        Index("ix_pool_closing_proposed", "pool_id", unique=True, **where("state = 'proposed'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    pool_id: Mapped[int] = mapped_column(ForeignKey("match_pool.id"))
    outcome: Mapped[str] = mapped_column(String(12))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    word: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default=ClosingState.PROPOSED.value)
    rials: Mapped[int] = mapped_column(BigInteger, default=0)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    reason: Mapped[str] = mapped_column(Text, default="")  # of refusing it
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    paid_at: Mapped[datetime | None] = mapped_column(Moment())
    bank_account: Mapped[str] = mapped_column(String(26), default="")
    bank_reference: Mapped[str] = mapped_column(String(40), default="")

    pool: Mapped[MatchPool] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    paid_by: Mapped[User | None] = relationship(foreign_keys=[paid_by_id])


class MatchCursor(Model):
    """One row: every place of the book up to `upto_seq` has been looked at."""

    __tablename__ = "match_cursor"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    upto_seq: Mapped[int] = mapped_column(BigKey, default=0)
