"""Tables of roles, their dated shifts, and who has taken them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Marks, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.regions.models import County
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer

LIVE = ("taken", "waiting")
"""States of a signup that keep its person busy."""


class VolunteerRole(Model):
    """Work that a campaign asks people to do. What it says is in `RoleWording`: the public reads what was agreed to."""

    __tablename__ = "volunteer_role"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    speciality_id: Mapped[int | None] = mapped_column(
        ForeignKey("speciality.id")
    )  # only the verified may take it
    needs_licence: Mapped[bool] = mapped_column(default=False)
    county_id: Mapped[int | None] = mapped_column(ForeignKey("county.id"))
    is_open: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[At] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship()
    speciality: Mapped[Speciality | None] = relationship()
    county: Mapped[County | None] = relationship()


class RoleWording(Model):
    """What is said of a role. One wording is shown, one more may wait for a moderator."""

    __tablename__ = "role_wording"
    __table_args__ = (
        Index("uq_role_wording_shown", "role_id", unique=True, **where("state = 'shown'")),
        Index("uq_role_wording_waiting", "role_id", unique=True, **where("state = 'waiting'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    role_id: Mapped[int] = mapped_column(ForeignKey("volunteer_role.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name_fa: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    text_fa: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    place_fa: Mapped[str] = mapped_column(String(200), default="")
    place_en: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(12), default="waiting")  # shown, replaced, returned, rejected
    hidden_marks: Mapped[Marks]
    created_at: Mapped[At] = mapped_column(default=now)
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    shown_at: Mapped[datetime | None] = mapped_column(Moment())

    role: Mapped[VolunteerRole] = relationship()
    author: Mapped[User] = relationship()


class Shift(Model):
    """Some hours on one day. `taken` is kept with the signups in one transaction, so places are never given twice."""

    __tablename__ = "volunteer_shift"
    __table_args__ = (
        CheckConstraint("taken BETWEEN 0 AND places", name="within_places"),
        CheckConstraint("places > 0", name="has_places"),
        CheckConstraint("ends_at > starts_at", name="has_length"),
        Index("ix_volunteer_shift_role", "role_id", "starts_at"),
        Index("ix_volunteer_shift_starts", "starts_at"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    role_id: Mapped[int] = mapped_column(ForeignKey("volunteer_role.id"))
    starts_at: Mapped[At]
    ends_at: Mapped[At]
    places: Mapped[int] = mapped_column(SmallInteger)
    taken: Mapped[int] = mapped_column(SmallInteger, default=0)
    called_off_at: Mapped[datetime | None] = mapped_column(Moment())
    created_at: Mapped[At] = mapped_column(default=now)

    role: Mapped[VolunteerRole] = relationship()

    @property
    def left(self) -> int:
        return self.places - self.taken

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class Signup(Model):
    """One person and one shift. Signups sent with one form share a `code`, which opens their status page.

    States: `taken`, `waiting`, `cancelled` (by the person), `called_off` (by the campaign). Who waits moves up in
    the order of `id`.
    """

    __tablename__ = "shift_signup"
    __table_args__ = (
        Index(
            "uq_shift_signup_live",
            "shift_id",
            "volunteer_id",
            unique=True,
            **where("state IN ('taken','waiting')"),
        ),
        Index("ix_shift_signup_queue", "shift_id", "state", "id"),
        Index("ix_shift_signup_volunteer", "volunteer_id", "state"),
        Index("ix_shift_signup_code", "code"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    code: Mapped[str] = mapped_column(String(11))
    shift_id: Mapped[int] = mapped_column(ForeignKey("volunteer_shift.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    language: Mapped[str] = mapped_column(String(8), default="fa")
    email: Mapped[str | None] = mapped_column(String(254))  # where letters about it go, if anywhere
    state: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[At] = mapped_column(default=now)
    changed_at: Mapped[At] = mapped_column(default=now)
    taken_at: Mapped[datetime | None] = mapped_column(Moment())
    reminded_at: Mapped[datetime | None] = mapped_column(Moment())

    shift: Mapped[Shift] = relationship()
    volunteer: Mapped[Volunteer] = relationship()
