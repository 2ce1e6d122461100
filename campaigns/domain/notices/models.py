"""The outbox of letters."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment
from campaigns.base.extensions import Model


class Letter(Model):
    """A plain-text mail to one person, or a text message where `to` is a mobile number (+989…) and not an address;
    that has no `subject`.

    `dedupe_key` makes it be written once, `lease_until` sent by one worker. `unsubscribe_url`: one click there, and
    no more letters of this kind come.
    """

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_due", "sent_at", "next_try_at"),)
    id: Mapped[Key]
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    unsubscribe_url: Mapped[str | None] = mapped_column(String(500))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[At] = mapped_column(default=now)
    next_try_at: Mapped[At] = mapped_column(default=now)
    lease_until: Mapped[datetime | None] = mapped_column(Moment())
    sent_at: Mapped[datetime | None] = mapped_column(Moment())

    @property
    def is_text(self) -> bool:
        return "@" not in self.to
