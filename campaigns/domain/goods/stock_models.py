"""Tables of warehouses: what lies there, in-kind receipts, boxes, and every movement of goods.

Movements are only ever added. What lies on a shelf is their sum, kept beside them so that it can never go below zero;
what goods are worth, the book says.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.codes import new_code
from campaigns.base.columns import At, Key, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.regions.models import County, Province


class Move(StrEnum):
    RECEIVED = "received"  # from a giver, onto the shelf
    TAKEN_BACK = "taken_back"  # its receipt was a mistake
    PACKED = "packed"  # from the shelf into a box
    UNPACKED = "unpacked"  # and back
    WRITTEN_OFF = "written_off"  # from the shelf: spoiled, missing
    FOUND = "found"  # what was written off is there after all
    DELIVERED = "delivered"  # out of a box, to whom it was for
    LOST = "lost"  # was not in its box any more when that arrived


ON_SHELF = {
    Move.RECEIVED: 1,
    Move.TAKEN_BACK: -1,
    Move.PACKED: -1,
    Move.UNPACKED: 1,
    Move.WRITTEN_OFF: -1,
    Move.FOUND: 1,
}
"""What a movement does to the shelf; those not named leave it alone."""
IN_BOX = {Move.PACKED: 1, Move.UNPACKED: -1, Move.DELIVERED: -1, Move.LOST: -1}
"""What it does to its box."""
OURS = {
    Move.RECEIVED: 1,
    Move.TAKEN_BACK: -1,
    Move.WRITTEN_OFF: -1,
    Move.FOUND: 1,
    Move.DELIVERED: -1,
    Move.LOST: -1,
}
"""What it does to what the book says is ours: goods in boxes are, until they are delivered."""


class BoxState(StrEnum):
    OPEN = "open"
    SENT = "sent"
    DELIVERED = "delivered"
    LOST = "lost"  # nothing of it arrived


class Warehouse(Model):
    """Where goods lie. `code` stands in the numbers of its receipts and in the book, so it never changes.

    Whoever writes a receipt holds this row first (`warehouses.hold`), so its numbers have no gap.
    """

    __tablename__ = "warehouse"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    name_fa: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), index=True)
    is_open: Mapped[bool] = mapped_column(default=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[At] = mapped_column(default=now)

    province: Mapped[Province] = relationship()


class Stock(Model):
    """Goods of one kind, one worth and one campaign on the shelf of a warehouse. `key` is the digest of all that, so
    two who bring the first ones at once find the same row. `unit_rials` is zero where nobody has said a worth.
    """

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="never_negative"),
        CheckConstraint("unit_rials >= 0", name="worth"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need_line.id"), index=True)
    item: Mapped[str] = mapped_column(String(120))
    unit: Mapped[str] = mapped_column(String(40))
    unit_rials: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[int] = mapped_column(default=0)

    warehouse: Mapped[Warehouse] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    need: Mapped[NeedLine | None] = relationship()


class Intake(Model):
    """A numbered in-kind receipt. A void one keeps its number. `giver` is personal data; it stands on the paper alone.

    `quantity` came in good order; `counted` of them count for the need, the rest is more than it asked for. `damaged`
    came too and is no stock, for the reason in `damage`; `worth` says why goods have another worth than their need.
    """

    __tablename__ = "intake"
    __table_args__ = (
        UniqueConstraint("warehouse_id", "year", "number"),
        CheckConstraint("quantity >= 0 AND damaged >= 0 AND quantity + damaged > 0", name="something_came"),
        CheckConstraint("counted >= 0 AND counted <= quantity", name="counted"),
        Index("ix_intake_made_at", "warehouse_id", "made_at"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    year: Mapped[int]  # Jalali
    number: Mapped[int]
    day: Mapped[date] = mapped_column(Date)
    form_key: Mapped[str] = mapped_column(String(80), unique=True)
    stock_id: Mapped[int] = mapped_column(ForeignKey("stock.id"), index=True)
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("goods_pledge.id"), index=True)
    quantity: Mapped[int]
    counted: Mapped[int] = mapped_column(default=0)
    damaged: Mapped[int] = mapped_column(default=0)
    damage: Mapped[str] = mapped_column(String(200), default="")
    worth: Mapped[str] = mapped_column(String(200), default="")
    giver: Mapped[str] = mapped_column(String(80), default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    voided_at: Mapped[datetime | None] = mapped_column(Moment())
    void_reason: Mapped[str] = mapped_column(String(200), default="")

    warehouse: Mapped[Warehouse] = relationship()
    stock: Mapped[Stock] = relationship()
    pledge: Mapped[Pledge | None] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    voided_by: Mapped[User | None] = relationship(foreign_keys=[voided_by_id])

    @property
    def named(self) -> str:
        """The whole number: «K-KRM1-1405-00012»; the K keeps it apart from receipts of money."""
        return f"K-{self.warehouse.code}-{self.year}-{self.number:05}"


class IntakeCount(Model):
    """The last number a warehouse has used in a year. It moves with the receipt: what is rolled back takes none."""

    __tablename__ = "intake_count"
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Box(Model):
    """A box for one county. `code` stands on its label and can be read out; the public learns state and county by it.

    Whoever changes what is in it holds this row first (`boxes.hold`).
    """

    __tablename__ = "goods_box"
    __table_args__ = (Index("ix_goods_box_state", "warehouse_id", "state"),)
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(11), unique=True, default=new_code)
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    county_id: Mapped[int] = mapped_column(ForeignKey("county.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=BoxState.OPEN.value)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[At] = mapped_column(default=now)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime | None] = mapped_column(Moment())
    arrived_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    arrived_at: Mapped[datetime | None] = mapped_column(Moment())

    warehouse: Mapped[Warehouse] = relationship()
    county: Mapped[County] = relationship()
    opened_by: Mapped[User] = relationship(foreign_keys=[opened_by_id])
    sent_by: Mapped[User | None] = relationship(foreign_keys=[sent_by_id])
    arrived_by: Mapped[User | None] = relationship(foreign_keys=[arrived_by_id])


class Movement(Model):
    """So many units moved, by whom, when and why. `rials` is their worth; `reverses_id` what it sets right."""

    __tablename__ = "stock_movement"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="positive"),
        CheckConstraint("rials >= 0", name="worth"),
        Index("ix_stock_movement_stock", "stock_id", "id"),
        Index("ix_stock_movement_box", "box_id", "stock_id", **where("box_id IS NOT NULL")),
        Index("ix_stock_movement_intake", "intake_id", **where("intake_id IS NOT NULL")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    stock_id: Mapped[int] = mapped_column(ForeignKey("stock.id"))
    kind: Mapped[str] = mapped_column(String(12))
    quantity: Mapped[int]
    rials: Mapped[int] = mapped_column(BigInteger)
    box_id: Mapped[int | None] = mapped_column(ForeignKey("goods_box.id"))
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("stock_movement.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(200), default="")
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At] = mapped_column(default=now)

    stock: Mapped[Stock] = relationship()
    box: Mapped[Box | None] = relationship()
    intake: Mapped[Intake | None] = relationship()
    actor: Mapped[User] = relationship(foreign_keys=[actor_id])


Index("ix_goods_pledge_mobile", Pledge.mobile, **where("mobile IS NOT NULL"))
"""A giver without the code is found by their number."""
append_only(Movement.__table__)  # type: ignore[arg-type]
