"""Tables of promised goods: the pledges, their history, and how a campaign takes goods beside its drop-off places."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.codes import new_code
from campaigns.base.columns import At, BigKey, Key, Marks, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_models import DropOffPlace, NeedLine
from campaigns.domain.goods.pledge_states import IS_LIVE, State, Way


class PledgeTerms(Model):
    """How a campaign takes goods. No row: they are brought to a place."""

    __tablename__ = "pledge_terms"
    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id"), primary_key=True)
    collects: Mapped[bool] = mapped_column(default=False)  # somebody comes and takes them


class ListedShop(Model):
    """A shop that knows the campaign: goods bought there are sent by it. Shown once a moderator has read it."""

    __tablename__ = "listed_shop"
    __table_args__ = (Index("ix_listed_shop_waiting", "created_at", **where("state = 'waiting'")),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(20), default="")
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(12), default="waiting")  # waiting, shown, rejected, closed
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[At] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User] = relationship()


class Pledge(Model):
    """Somebody promised `quantity` of a need. See `pledge_states` for its table of moves.

    `code` is the giver's: it opens the page of the pledge and is said aloud at the counter. `received` is what came
    and counts for the need; while the pledge is live its `quantity` is reserved. `name`, `mobile` and `address` are
    personal data; the address is forgotten with the last move of a live pledge. `form_key` is the single-use key of
    the form that made it.
    """

    __tablename__ = "goods_pledge"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("received >= 0", name="received"),
        CheckConstraint("way <> 'collect' OR mobile IS NOT NULL", name="collect_calls"),
        Index("ix_goods_pledge_live", "need_id", **where(IS_LIVE)),
        Index("ix_goods_pledge_due", "expires_at", **where(IS_LIVE)),
        Index("ix_goods_pledge_list", "campaign_id", "state", "id"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]  # for people of the house
    code: Mapped[str] = mapped_column(String(16), unique=True, default=new_code)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need_line.id"), index=True)
    quantity: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    way: Mapped[str] = mapped_column(String(8), default=Way.BRING.value)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("drop_off_place.id"))
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("listed_shop.id"))
    day: Mapped[date] = mapped_column(Date)  # the Tehran day the giver has in mind
    name: Mapped[str] = mapped_column(String(80), default="")
    mobile: Mapped[str | None] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(8), default="fa")
    state: Mapped[str] = mapped_column(String(12), default=State.REGISTERED.value)
    arranged_on: Mapped[date | None] = mapped_column(Date)
    arranged_note: Mapped[str] = mapped_column(
        String(200), default=""
    )  # for the giver to read: hours, who comes
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    pledged_at: Mapped[At] = mapped_column(default=now)
    expires_at: Mapped[At]
    received_at: Mapped[datetime | None] = mapped_column(Moment())
    ended_at: Mapped[datetime | None] = mapped_column(Moment())  # cancelled, expired, or never came

    campaign: Mapped[Campaign] = relationship()
    need: Mapped[NeedLine] = relationship()
    place: Mapped[DropOffPlace | None] = relationship()
    shop: Mapped[ListedShop | None] = relationship()

    @property
    def last_day(self) -> date:
        """The last Tehran day on which it is still waited for."""
        return tehran_day(self.expires_at - timedelta(seconds=1))


class PledgeStep(Model):
    """One thing that happened to a pledge. Append-only. No actor: the giver, or the worker."""

    __tablename__ = "goods_pledge_step"
    id: Mapped[Key]
    pledge_id: Mapped[int] = mapped_column(ForeignKey("goods_pledge.id"), index=True)
    verb: Mapped[str] = mapped_column(String(12))
    before: Mapped[str] = mapped_column(String(12), default="")
    after: Mapped[str] = mapped_column(String(12))
    quantity: Mapped[int]  # pledged; of what came: how many this time
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[At] = mapped_column(default=now)

    actor: Mapped[User | None] = relationship()


append_only(PledgeStep.__table__)  # type: ignore[arg-type]
