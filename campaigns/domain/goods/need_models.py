"""Tables of needs: what a campaign asks for in goods, where it may be brought, and changes that wait to be read.

A need is met by goods and by money, and both lower one count: `remaining = quantity - received - reserved - bought`.

`reserved` and `received` are counters of the row, moved by conditional updates only (`goods.counting`), so that
the count never falls below zero whoever races; they can be recomputed from the pledges and the goods received.
`bought` is kept nowhere: it follows from the money the ledger says the campaign has received (`goods.board`).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Marks, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.regions.models import County, Province

drop_off_need = Table(
    "drop_off_need",
    Model.metadata,
    Column("place_id", BigKey, ForeignKey("drop_off_place.id"), primary_key=True),
    Column("need_id", BigKey, ForeignKey("need_line.id"), primary_key=True, index=True),
)


class NeedState(StrEnum):
    """A need of a page that is already public exists only once a moderator has agreed (`NeedEdit`)."""

    SHOWN = "shown"
    CLOSED = "closed"  # by its organizer: nothing more is taken, what came stays counted
    HIDDEN = (
        "hidden"  # taken away in a draft, or its approval was taken back: as if it had never been asked for
    )


class EditState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # by its author, or replaced by a newer one of the same thing


class About(StrEnum):
    """What a waiting change is about."""

    LINE = "line"
    PLACE = "place"
    IMPORT = "import"  # many lines from one file


class NeedLine(Model):
    """`quantity` of one thing, in one county or wherever the campaign helps. `key` is its identity in the campaign:
    the same thing is asked for once a county.

    `reserved`: promised and not come yet. `received`: came as gifts in kind; what is bought with the campaign's
    money does not belong here, its money counts already.
    """

    __tablename__ = "need_line"
    __table_args__ = (
        UniqueConstraint("campaign_id", "key"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("received >= 0", name="received"),
        CheckConstraint("reserved + received <= quantity", name="never_below_zero"),
        CheckConstraint("unit_price_rials >= 0", name="price"),
        CheckConstraint("unit_price_rials > 0 OR NOT takes_money", name="money_has_price"),
        Index("ix_need_line_item_key", "item_key", **where("state = 'shown'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    county_id: Mapped[int | None] = mapped_column(ForeignKey("county.id"), index=True)
    key: Mapped[str] = mapped_column(String(120))
    item_key: Mapped[str] = mapped_column(
        String(100)
    )  # the item folded for comparison, whatever the campaign
    item_fa: Mapped[str] = mapped_column(String(80))
    item_en: Mapped[str] = mapped_column(String(80), default="")
    accepted_fa: Mapped[str] = mapped_column(String(300), default="")
    accepted_en: Mapped[str] = mapped_column(String(300), default="")
    refused_fa: Mapped[str] = mapped_column(String(300), default="")  # what is not accepted
    refused_en: Mapped[str] = mapped_column(String(300), default="")
    unit_fa: Mapped[str] = mapped_column(String(30))
    unit_en: Mapped[str] = mapped_column(String(30), default="")
    quantity: Mapped[int]
    unit_price_rials: Mapped[int] = mapped_column(BigInteger, default=0)  # 0: not known
    takes_money: Mapped[bool] = mapped_column(default=True)
    ends_on: Mapped[date | None] = mapped_column(Date)  # the last Tehran day goods are taken
    confirmed_on: Mapped[date] = mapped_column(Date)  # when the organizer last said it is so
    position: Mapped[int] = mapped_column(SmallInteger, default=0)
    state: Mapped[str] = mapped_column(String(12), default=NeedState.SHOWN.value)
    reserved: Mapped[int] = mapped_column(default=0, server_default="0")
    received: Mapped[int] = mapped_column(default=0, server_default="0")
    bought_when_closed: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # by money; none while it is open
    created_at: Mapped[At] = mapped_column(default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
    county: Mapped[County | None] = relationship()


class DropOffPlace(Model):
    """Where goods of a campaign may be brought. `needs` empty: everything the campaign asks for."""

    __tablename__ = "drop_off_place"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"))
    county_id: Mapped[int | None] = mapped_column(ForeignKey("county.id"))
    name_fa: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    address_fa: Mapped[str] = mapped_column(String(300))
    address_en: Mapped[str] = mapped_column(String(300), default="")
    hours_fa: Mapped[str] = mapped_column(String(200))
    hours_en: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    state: Mapped[str] = mapped_column(String(12), default=NeedState.SHOWN.value)
    created_at: Mapped[At] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship()
    province: Mapped[Province] = relationship()
    county: Mapped[County | None] = relationship()
    needs: Mapped[list[NeedLine]] = relationship(secondary=drop_off_need)


class NeedEdit(Model):
    """Lines or a place of a public campaign as they shall be; written only when a moderator agrees.

    `data` is `{"rows": [{"id", "before", "after"}, …]}`: `id` is the public id of the thing, null for a new one,
    `before` what it was then. `about_id` names the one thing it is about; `digest` the file of an import.
    """

    __tablename__ = "need_edit"
    __table_args__ = (
        Index("ix_need_edit_waiting", "created_at", **where("state = 'waiting'")),
        Index(
            "ix_need_edit_file",
            "campaign_id",
            "digest",
            unique=True,
            **where("state = 'waiting' AND digest <> ''"),
        ),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    about: Mapped[str] = mapped_column(String(12))
    about_id: Mapped[str] = mapped_column(String(32), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    data: Mapped[dict[str, Any]]
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(12), default=EditState.WAITING.value)
    created_at: Mapped[At] = mapped_column(default=now)
    decided_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User] = relationship()
