"""The table of the audit log."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, PublicId
from campaigns.base.extensions import Model


class AuditEntry(Model):
    """One act on one thing. `object_kind` and `object_id` (a public id) name the thing whose timeline it stands in;
    `what` is the table that changed, often a part of that thing. `before` and `after` are canonical JSON (`values`),
    empty where there was or is nothing. `role` names the roles that opened the door, `via` is the endpoint.
    `actor_id` none: an operator at the console, the worker or somebody who tried to sign in (`acting.Actor`).
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object", "object_kind", "object_id", "id"),
        Index("ix_audit_entry_actor", "actor_id", "id"),
        Index("ix_audit_entry_campaign", "campaign_id", "id"),
        Index("ix_audit_entry_province", "province_code", "id"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    acted_at: Mapped[At] = mapped_column(default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str] = mapped_column(String(120), default="")
    act: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(40))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(64))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    via: Mapped[str] = mapped_column(String(80), default="")
    request_id: Mapped[str] = mapped_column(String(40), default="")


append_only(AuditEntry.__table__)  # type: ignore[arg-type]
