"""Tables of volunteers: specialities, people, what they can do, who looked at them and with what evidence."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.codes import new_code
from campaigns.base.columns import At, Digest, Key, Moment, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.regions.models import County, Province
from campaigns.domain.volunteers.words import State


class Speciality(Model):
    """What somebody can do for others. Never deleted: one that is not active is offered to nobody new."""

    __tablename__ = "speciality"
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    division: Mapped[str] = mapped_column(String(20))  # `words.Division`
    name_fa: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    needs_licence: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)


class Volunteer(Model):
    """Somebody who gives time; one row for one mobile number, kept as +989….

    `hours` a week, `slots` a sum of `words.Slot`. `reason` is the last word of a coordinator, for the volunteer to
    read. Once the personal data is erased, name and number are empty and `erased_at` says since when.
    """

    __tablename__ = "volunteer"
    __table_args__ = (
        CheckConstraint("(mobile IS NULL) = (erased_at IS NOT NULL)", name="one_mobile"),
        Index("ix_volunteer_waiting", "state", "province_code", "id"),
        Index("ix_volunteer_facilitator", "is_facilitator", "state", "province_code", "county_id", "id"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    code: Mapped[str] = mapped_column(String(11), unique=True, default=new_code)
    name: Mapped[str] = mapped_column(String(120))
    mobile: Mapped[str | None] = mapped_column(String(16), unique=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"))
    county_id: Mapped[int | None] = mapped_column(ForeignKey("county.id"))
    hours: Mapped[int] = mapped_column(default=0)
    slots: Mapped[int] = mapped_column(default=0)
    licence_number: Mapped[str] = mapped_column(String(40), default="")
    is_facilitator: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8), default="fa")
    state: Mapped[str] = mapped_column(String(12), default=State.REGISTERED.value)
    reason: Mapped[str] = mapped_column(String(500), default="")
    consented_at: Mapped[At] = mapped_column(default=now)
    created_at: Mapped[At] = mapped_column(default=now)
    changed_at: Mapped[At] = mapped_column(default=now)
    erased_at: Mapped[datetime | None] = mapped_column(Moment())
    form_key: Mapped[str | None] = mapped_column(String(32), unique=True)  # the same form sent twice is one

    province: Mapped[Province] = relationship()
    county: Mapped[County | None] = relationship()


class VolunteerSpeciality(Model):
    """One speciality of one volunteer, with what matching asks for beside it: kept like the volunteer's own row by
    `profiles.place`, so that one index answers. `is_listed`: the volunteer is verified.
    """

    __tablename__ = "volunteer_speciality"
    __table_args__ = (
        Index(
            "ix_volunteer_speciality_match",
            "speciality_id",
            "province_code",
            "is_listed",
            "county_id",
            "slots",
            "volunteer_id",
        ),
    )
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), primary_key=True)
    speciality_id: Mapped[int] = mapped_column(ForeignKey("speciality.id"), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"))
    county_id: Mapped[int | None] = mapped_column(ForeignKey("county.id"))
    slots: Mapped[int]
    is_listed: Mapped[bool] = mapped_column(default=False)

    volunteer: Mapped[Volunteer] = relationship()
    speciality: Mapped[Speciality] = relationship()


class VolunteerRequest(Model):
    """A later sign-up with a number that was known: it changes nothing until a coordinator has called that number.

    It has a code of its own, so that whoever signs up cannot tell whether the number was known. `typed`: what was
    written, as `profiles.Profile` keeps it. `state`: waiting, joined, refused, withdrawn.
    """

    __tablename__ = "volunteer_request"
    __table_args__ = (Index("ix_volunteer_request_waiting", "state", "id"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    code: Mapped[str] = mapped_column(String(11), unique=True, default=new_code)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    typed: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    made_at: Mapped[At] = mapped_column(default=now)
    form_key: Mapped[str | None] = mapped_column(String(32), unique=True)

    volunteer: Mapped[Volunteer] = relationship()


class Verification(Model):
    """One decision about a volunteer, and on how many papers it rests. Append-only, so nothing personal is in it.

    No actor: the volunteer.
    """

    __tablename__ = "verification"
    id: Mapped[Key]
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    before: Mapped[str] = mapped_column(String(12))
    after: Mapped[str] = mapped_column(String(12))
    papers: Mapped[int] = mapped_column(default=0)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)

    actor: Mapped[User | None] = relationship()


append_only(Verification.__table__)  # type: ignore[arg-type]


class VerificationWords(Model):
    """What was written with a decision: the reason, which the volunteer reads, and a note on the evidence, for
    coordinators. Apart from the decision, because it goes when personal data is erased.
    """

    __tablename__ = "verification_words"
    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(500), default="")

    verification: Mapped[Verification] = relationship()


class VolunteerEvidence(Model):
    """A paper that shows what a volunteer is, in a private folder under `stored`."""

    __tablename__ = "volunteer_evidence"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))  # image, pdf
    stored: Mapped[str] = mapped_column(String(60), unique=True)
    size: Mapped[int]  # bytes
    sha256: Mapped[Digest]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At] = mapped_column(default=now)

    volunteer: Mapped[Volunteer] = relationship()
    added_by: Mapped[User] = relationship()
