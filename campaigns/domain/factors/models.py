"""Tables of second factors, and of the places people have signed in from."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId
from campaigns.base.extensions import Model


class AuthenticatorApp(Model):
    """The app of one person that makes codes (TOTP). `sealed`: its secret; `last_step`: the last code's step."""

    __tablename__ = "authenticator_app"
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    last_step: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[At] = mapped_column(default=now)


class Passkey(Model):
    """A passkey of a person. `data`: its id and public key as WebAuthn writes them; `sign_count`: the highest seen."""

    __tablename__ = "passkey"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[At] = mapped_column(default=now)
    used_at: Mapped[datetime | None] = mapped_column(Moment())


class RecoveryCode(Model):
    """A code on paper for when app and passkeys are lost; it works once. Only its hash is kept."""

    __tablename__ = "recovery_code"
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Moment())


class KnownPlace(Model):
    """Somebody has signed in with this family of browser from this network before: no letter tells of it again."""

    __tablename__ = "known_place"
    __table_args__ = (UniqueConstraint("user_id", "agent", "network"),)
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    agent: Mapped[str] = mapped_column(String(40))
    network: Mapped[str] = mapped_column(String(50))
    seen_at: Mapped[At] = mapped_column(default=now, index=True)
