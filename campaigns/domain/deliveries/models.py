"""Tables of deliveries: kinds of grants, what was delivered, the report that ends a campaign."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Digest, Key, Marks, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.counter.models import Office
from campaigns.domain.deliveries.states import STANDS_SQL, ReportState, State
from campaigns.domain.funds.models import Spending
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.stock_models import Box
from campaigns.domain.regions.models import County


class GrantKind(Model):
    """A kind of thing that reaches people. The list is kept by the house; `code` never changes."""

    __tablename__ = "grant_kind"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name_fa: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    is_used: Mapped[bool] = mapped_column(default=True)  # offered for new records


class Delivery(Model):
    """So many of a kind reached people of a county in a week. What it says never changes: a mistake is mended by a
    new row that `corrects` it, and counts in its stead once it is shown.

    `rials`: how much of the spending these things cost; zero without one. `week`: its Saturday. `stored`: the name
    of the evidence, a picture painted anew, in the private folder. `need`, `box`: what of the goods it was, if any.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND rials >= 0", name="not_negative"),
        CheckConstraint("quantity > 0 OR corrects_id IS NOT NULL", name="something"),
        CheckConstraint("spending_id IS NOT NULL OR rials = 0", name="paid_by_something"),
        CheckConstraint("decided_by_id <> recorded_by_id", name="two_people"),
        CheckConstraint("stored = '' OR is_faceless", name="nobody_seen"),
        Index("ix_delivery_state", "state", "campaign_id"),
        Index("ix_delivery_county", "county_id", "state"),
        Index("ix_delivery_corrects", "corrects_id", unique=True, **where(STANDS_SQL)),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    kind_code: Mapped[str] = mapped_column(ForeignKey("grant_kind.code"))
    quantity: Mapped[int]
    county_id: Mapped[int] = mapped_column(ForeignKey("county.id"))
    week: Mapped[date] = mapped_column(Date)
    spending_id: Mapped[int | None] = mapped_column(ForeignKey("spending.id"), index=True)
    rials: Mapped[Rials]
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need_line.id"), index=True)
    box_id: Mapped[int | None] = mapped_column(ForeignKey("goods_box.id"), index=True)
    note: Mapped[str] = mapped_column(String(300), default="")
    hidden_marks: Mapped[Marks]
    stored: Mapped[str] = mapped_column(String(60), default="", index=True)
    width: Mapped[int | None]
    height: Mapped[int | None]
    sha256: Mapped[Digest | None]
    is_faceless: Mapped[bool] = mapped_column(default=False)  # who recorded it says: no name, no face
    has_consent: Mapped[bool] = mapped_column(default=False)  # and that whose things are shown have agreed
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    correction: Mapped[str] = mapped_column(String(300), default="")  # why, for everybody to read
    state: Mapped[str] = mapped_column(String(12), default=State.RECORDED.value)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    reason: Mapped[str] = mapped_column(String(500), default="")  # of refusing it
    shown_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
    office: Mapped[Office] = relationship()
    kind: Mapped[GrantKind] = relationship()
    county: Mapped[County] = relationship()
    spending: Mapped[Spending | None] = relationship()
    need: Mapped[NeedLine | None] = relationship()
    box: Mapped[Box | None] = relationship()
    corrects: Mapped["Delivery | None"] = relationship(remote_side="Delivery.id")
    recorded_by: Mapped[User] = relationship(foreign_keys=[recorded_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


class FinalReport(Model):
    """What an organizer says when a campaign has ended. `surplus`: where what was left went."""

    __tablename__ = "final_report"
    __table_args__ = (
        Index(
            "ix_final_report_present",
            "campaign_id",
            unique=True,
            **where("state IN ('waiting','shown','returned')"),
        ),
        Index("ix_final_report_state", "state"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    language: Mapped[str] = mapped_column(String(8), default="fa")
    body: Mapped[str] = mapped_column(Text)
    surplus: Mapped[str] = mapped_column(String(500), default="")
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(12), default=ReportState.WAITING.value)
    created_at: Mapped[At] = mapped_column(default=now)
    shown_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User] = relationship()
