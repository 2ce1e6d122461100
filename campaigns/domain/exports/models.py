"""The table of exports: who took which rows with them, and what the file was."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Digest, Key, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User


class Export(Model):
    """One file that somebody downloaded: rows of `kind` from `first_day` to `last_day` (none: without a bound), as far
    as they could see. `sha256` is of the file itself, so that a file found later can be told from a changed one.
    """

    __tablename__ = "export"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)  # none: of many
    kind: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(4))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    personal: Mapped[bool] = mapped_column(default=False)  # whether names or codes of donors are in it
    rows: Mapped[int]
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    sha256: Mapped[Digest]
    made_at: Mapped[At] = mapped_column(default=now)

    user: Mapped[User] = relationship()


append_only(Export.__table__)  # type: ignore[arg-type]
