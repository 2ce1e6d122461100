"""Tables of people, organizations, grants of roles, the history of both, sessions and reset links."""

from datetime import datetime
from typing import Any

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId
from campaigns.base.extensions import Model


class Organization(Model):
    """Who runs campaigns: the national office, a province office, a charity."""

    __tablename__ = "organization"
    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name_fa: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    license_number: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(20))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    about_fa: Mapped[str] = mapped_column(Text, default="")
    about_en: Mapped[str] = mapped_column(Text, default="")
    is_sample: Mapped[bool] = mapped_column(default=False)


class User(UserMixin, Model):  # type: ignore[misc]
    """A person who signs in, by e-mail or mobile. `email` is kept casefolded, `mobile` as +989…"""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("email IS NOT NULL OR mobile IS NOT NULL", name="reachable"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    mobile: Mapped[str | None] = mapped_column(String(16), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(160))  # none: invited, has not chosen one yet
    language: Mapped[str] = mapped_column(String(8), default="fa")
    is_enabled: Mapped[bool] = mapped_column(default=True)
    search_key: Mapped[str] = mapped_column(Text, default="", server_default="")  # `directory.search_key`
    created_at: Mapped[At] = mapped_column(default=now)

    @property
    def is_active(self) -> bool:
        return self.is_enabled


class Grant(Model):
    """A role for one user: in the whole country, in one province, or on one campaign (never both)."""

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint("province_code IS NULL OR campaign_id IS NULL", name="one_scope"),)
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[At] = mapped_column(default=now)

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class GrantChange(Model):
    """A role was given to somebody or taken away: what, where, by whom (none: the console). Append-only."""

    __tablename__ = "grant_change"
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    verb: Mapped[str] = mapped_column(String(8))  # grant, revoke
    role: Mapped[str] = mapped_column(String(20))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[At] = mapped_column(default=now)


append_only(GrantChange.__table__)  # type: ignore[arg-type]


class AccountChange(Model):
    """What happened to an account itself, and by whom (none: the console). Append-only."""

    __tablename__ = "account_change"
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    verb: Mapped[str] = mapped_column(String(8))  # one of `history.VERBS`
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[At] = mapped_column(default=now)


append_only(AccountChange.__table__)  # type: ignore[arg-type]


class LoginSession(Model):
    """A signed-in browser. The cookie holds a random id; only its hash is kept here.

    `address`: the network, not the address; `agent`: the family of the browser and the system, `Firefox|Android`.
    Not whole: the password was right and the second step is still to come; nobody is signed in by it.
    """

    __tablename__ = "login_session"
    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    public_id: Mapped[PublicId]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    address: Mapped[str] = mapped_column(String(50), default="")
    agent: Mapped[str] = mapped_column(String(40), default="")
    is_whole: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[At] = mapped_column(default=now, index=True)
    seen_at: Mapped[At] = mapped_column(default=now)


class ResetLink(Model):
    """A single-use link that lets its holder set a new password. Only the secret's hash is kept."""

    __tablename__ = "reset_link"
    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    expires_at: Mapped[At] = mapped_column(index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment())
