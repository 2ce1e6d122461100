"""The table of invitations onto the team of one campaign. What somebody holds is in their grants."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User


class TeamInvitation(Model):
    """An address was asked to join the team of a campaign; its owner says yes or no, signed in.

    `email` and `name` are as the inviter wrote them: until its owner agrees, nobody learns whether there is an account
    with this address, nor whose it is.
    """

    __tablename__ = "team_invitation"
    __table_args__ = (
        Index(
            "uq_team_invitation_waiting", "campaign_id", "email", unique=True, **where("state = 'waiting'")
        ),
        Index("ix_team_invitation_user", "user_id", "state"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    state: Mapped[str] = mapped_column(String(12), default="waiting")  # accepted, declined, withdrawn
    created_at: Mapped[At] = mapped_column(default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment())

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    invited_by: Mapped[User] = relationship(foreign_keys=[invited_by_id])
