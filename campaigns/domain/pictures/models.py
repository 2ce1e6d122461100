"""Tables of pictures, of who agreed to be seen in them, and of papers. The files are in a private folder."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.pictures.sizes import PLAIN, widths


class Picture(Model):
    """A picture in several sizes. `key` names its bytes (`sizes.Painted`), `forms` are endings with spaces between.

    `shelf` is the public id of what it was sent for, here a campaign. `used`: something has shown it once; what was
    never used is forgotten after a while.
    """

    __tablename__ = "picture"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    shelf: Mapped[str] = mapped_column(String(32), index=True)
    key: Mapped[str] = mapped_column(String(24), index=True)
    width: Mapped[int]
    height: Mapped[int]
    forms: Mapped[str] = mapped_column(String(40))
    used: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At] = mapped_column(default=now)

    @property
    def widths(self) -> Sequence[int]:
        """Of its versions, the smallest first."""
        return widths(self.width)

    @property
    def better_forms(self) -> Sequence[str]:
        """Endings of the formats that not every browser knows, the best first."""
        return [form for form in self.forms.split() if form != PLAIN]


class PictureConsent(Model):
    """That people who are seen in a picture agreed. Never changed: what is agreed anew is another row.

    `seen`: adults, children. `given_by`: who agreed, for children a parent or guardian; never public.
    """

    __tablename__ = "picture_consent"
    __table_args__ = (CheckConstraint("seen IN ('adults', 'children')", name="seen"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"), index=True)
    seen: Mapped[str] = mapped_column(String(10))
    given_by: Mapped[str] = mapped_column(String(120))
    how: Mapped[str] = mapped_column(String(10))
    given_on: Mapped[date] = mapped_column(Date)
    allows: Mapped[str] = mapped_column(String(10))
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    noted_at: Mapped[At] = mapped_column(default=now)

    noted_by: Mapped[User] = relationship()


class PictureWithdrawal(Model):
    """Somebody who is seen agrees no longer: no picture with these bytes is shown any more. Append-only.

    `key`: as that of the picture, so that the same file sent anew is known. `campaign_id`: on whose page it was found.
    `reason`: for people of the house only.
    """

    __tablename__ = "picture_withdrawal"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    key: Mapped[str] = mapped_column(String(24), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[At] = mapped_column(default=now)

    actor: Mapped[User] = relationship()


append_only(PictureWithdrawal.__table__)  # type: ignore[arg-type]


class Paper(Model):
    """A PDF, kept as it was sent. `key` names its bytes; `shelf` and `used` as those of a picture."""

    __tablename__ = "shelf_paper"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    shelf: Mapped[str] = mapped_column(String(32), index=True)
    key: Mapped[str] = mapped_column(String(24), index=True)
    size: Mapped[int]
    used: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At] = mapped_column(default=now)
