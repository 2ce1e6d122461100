"""Taking in goods: one transaction that makes the numbered receipt, puts the goods on the shelf, lowers what is needed
and writes their worth into the book. None of these commit.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.base.jalali import jalali_fields, tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.goods import counting, pledges
from campaigns.domain.goods.intake_undo import promise_again
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.stock import Goods, move, shelf
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import Intake, IntakeCount, Move, Movement, Warehouse
from campaigns.domain.goods.warehouses import hold


@dataclass(frozen=True)
class Brought:
    """What stands on the counter. With a `pledge` or a `need` it is goods of that; without one `item` and `unit` say
    what it is. `unit_rials` None: what the need says one is worth, else nothing; another worth needs its reason.
    """

    quantity: int
    damaged: int = 0
    damage: str = ""
    pledge: Pledge | None = None
    need: NeedLine | None = None
    item: str = ""
    unit: str = ""
    unit_rials: int | None = None
    worth: str = ""
    giver: str = ""


def take_in(warehouse: Warehouse, brought: Brought, clerk: User, form_key: str) -> tuple[Intake, bool]:
    """The in-kind receipt of this form, and whether it is new: a form sent twice, even at once, takes goods in once.

    Raises `Refused`: `warehouse` is closed, `quantity`: nothing came, `damage`, `worth_why`: the reason is not given,
    `pledge` was called off or delivered already, and as `stock.move`.
    """
    hold(warehouse)
    earlier = db.session.scalar(select(Intake).where(Intake.form_key == form_key))
    if earlier is not None:
        return earlier, False
    if not warehouse.is_open:
        raise Refused("warehouse")
    goods = _checked(brought)
    counted = _counts(brought, clerk)
    stock = shelf(warehouse, goods)
    day = tehran_day(now())
    receipt = Intake(
        warehouse=warehouse,
        year=year_of(day),
        number=_next_number(warehouse.id, year_of(day)),
        day=day,
        form_key=form_key,
        stock=stock,
        pledge=brought.pledge,
        quantity=brought.quantity,
        counted=counted,
        damaged=brought.damaged,
        damage=brought.damage,
        worth=brought.worth,
        giver=brought.giver,
        made_by_id=clerk.id,
    )
    db.session.add(receipt)
    db.session.flush()
    if brought.quantity:
        move(stock, Move.RECEIVED, brought.quantity, clerk, intake_id=receipt.id)
    return receipt, True


def void(receipt: Intake, actor: User, reason: str) -> None:
    """The receipt was a mistake: its number stays, its goods leave the shelf and the book, the need asks again.

    Raises `Refused`: `voided` already, `reason` is not given, `stock`: its goods do not lie there any more,
    `delivered`: its pledge reached people already.
    """
    if not reason.strip():
        raise Refused("reason")
    hold(receipt.warehouse)
    db.session.refresh(receipt)
    if receipt.voided_at is not None:
        raise Refused("voided")
    if receipt.counted:
        _take_back(receipt, actor, reason)
    received = db.session.scalar(
        select(Movement).where(Movement.intake_id == receipt.id, Movement.kind == Move.RECEIVED.value)
    )
    if received is not None:
        back = {"intake_id": receipt.id, "reverses_id": received.id, "reason": reason}
        move(receipt.stock, Move.TAKEN_BACK, received.quantity, actor, **back)
    receipt.voided_at, receipt.voided_by_id, receipt.void_reason = now(), actor.id, reason
    db.session.flush()


def year_of(day: date) -> int:
    """The year whose numbers the receipts of this day have."""
    return jalali_fields(day)[2]


def need_of(brought: Brought) -> NeedLine | None:
    """The need that goods are for."""
    return brought.pledge.need if brought.pledge is not None else brought.need


def _checked(brought: Brought) -> Goods:
    """What it is, as it lies on the shelf."""
    if brought.quantity < 0 or brought.damaged < 0 or brought.quantity + brought.damaged == 0:
        raise Refused("quantity")
    if brought.damaged and not brought.damage.strip():
        raise Refused("damage")
    need = need_of(brought)
    usual = need.unit_price_rials if need is not None else 0
    rials = usual if brought.unit_rials is None else brought.unit_rials
    if rials != usual and not brought.worth.strip():
        raise Refused("worth_why")
    if need is None:
        return Goods(brought.item, brought.unit, rials)
    return Goods(need.item_fa, need.unit_fa, rials, need.campaign_id, need.id)


def _counts(brought: Brought, clerk: User) -> int:
    """How many of what came lower what is needed."""
    if not brought.quantity:
        return 0
    if brought.pledge is not None:
        try:
            return pledges.receive(brought.pledge, brought.quantity, clerk.id)
        except pledges.WrongMove:
            raise Refused("pledge") from None
    return counting.receive(brought.need, 0, brought.quantity) if brought.need is not None else 0


def _take_back(receipt: Intake, actor: User, reason: str) -> None:
    if receipt.pledge is not None:
        promise_again(receipt.pledge, receipt.counted, actor, reason)
    elif receipt.stock.need is None or not counting.take_back(receipt.stock.need, receipt.counted):
        raise Refused("moved")


def _next_number(warehouse_id: int, year: int) -> int:
    """The next number; it is free again when the transaction is rolled back, for the warehouse is held."""
    row = insert(IntakeCount).values(warehouse_id=warehouse_id, year=year, last=1)
    counted = row.on_conflict_do_update(
        index_elements=["warehouse_id", "year"], set_={"last": IntakeCount.last + 1}
    )
    return int(db.session.execute(counted.returning(IntakeCount.last)).scalar_one())
