"""Recording what was delivered, and agreeing to it. None of these commit.

Nothing is counted in public before a second person has agreed and a moderator has looked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.personal import personal_number
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.actions import changed
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims.pictures import Receipt
from campaigns.domain.counter.models import Office
from campaigns.domain.deliveries import evidence, room
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.models import Delivery, GrantKind
from campaigns.domain.deliveries.states import STANDS, State
from campaigns.domain.deliveries.weeks import week_of
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.models import State as SpendingState
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.stock_models import Box
from campaigns.domain.goods.stock_queries import arrived_boxes
from campaigns.domain.regions.models import County


@dataclass(frozen=True)
class Plan:
    """What somebody records. `day`: any day of the week. `rials`: what of the spending it cost. `is_faceless` and
    `has_consent` are what they say of the picture. `corrects`, `correction`: what it mends, and why.
    """

    kind: GrantKind
    quantity: int
    county: County
    day: date
    office: Office
    spending: Spending | None = None
    rials: int = 0
    need: NeedLine | None = None
    box: Box | None = None
    note: str = ""
    is_faceless: bool = False
    has_consent: bool = False
    corrects: Delivery | None = None
    correction: str = ""
    marks: Mapping[str, Any] | None = None


def record(campaign: Campaign, plan: Plan, by: User, picture: Receipt | None, data_dir: Path) -> Delivery:
    """Writes it down; it waits for a second person.

    Raises `Refused`: `quantity`, `county` is in no province of the campaign, `week` is still to come, `note` or
    `correction` holds the number of a person, `evidence` is missing, `faces` or `consent` was not said,
    `rials`: what it cost is said exactly when a spending paid for it,
    `need` is not this campaign's, `box` has brought nothing of it to this county,
    `spending` is not paid or not this campaign's, `room`: it has not so much left; `corrected`: the other record
    is not shown, or another correction waits; `reason` is missing.
    """
    _fits(campaign, plan)
    _is_of_goods(campaign, plan)
    _shows_nobody(plan, picture)
    _mends(campaign, plan)
    if plan.spending is not None:
        room.hold(plan.spending)
    delivery = Delivery(
        campaign_id=campaign.id,
        office_id=plan.office.id,
        kind_code=plan.kind.code,
        quantity=plan.quantity,
        county_id=plan.county.id,
        week=week_of(plan.day),
        spending_id=plan.spending.id if plan.spending else None,
        rials=plan.rials,
        need_id=plan.need.id if plan.need else None,
        box_id=plan.box.id if plan.box else None,
        note=plan.note,
        hidden_marks=plan.marks or None,
        is_faceless=plan.is_faceless,
        has_consent=plan.has_consent,
        corrects_id=plan.corrects.id if plan.corrects else None,
        correction=plan.correction,
        recorded_by_id=by.id,
    )
    if picture is not None:
        evidence.keep(delivery, picture, data_dir)
    db.session.add(delivery)
    db.session.flush()
    if plan.spending is not None:
        _pays(campaign, plan.spending, delivery)
    return delivery


def agree(delivery: Delivery, by: User) -> None:
    """A second person has seen the papers. A moderator reads it next. Raises `Refused`: `own`, `moved`, `room`."""
    if delivery.spending is not None:
        room.hold(delivery.spending)
    _decide(delivery, by, State.AGREED)
    if delivery.spending is not None:
        _pays(delivery.campaign, delivery.spending, delivery)


def refuse(delivery: Delivery, by: User, reason: str) -> None:
    """It counts nowhere, ever. Raises `Refused`: `own`, `moved`."""
    _decide(delivery, by, State.REFUSED, reason=reason)


def show(delivery: Delivery) -> None:
    """A moderator has looked: from now on the public counts it. Raises `Refused`: `moved`."""
    _move(delivery, State.AGREED, State.SHOWN, shown_at=now())
    changed(delivery.campaign)


def reject(delivery: Delivery) -> None:
    """A moderator will not show it. Raises `Refused`: `moved`."""
    _move(delivery, State.AGREED, State.REJECTED)


def look_again(delivery: Delivery) -> None:
    """What a moderator decided is taken back. Raises `Refused`: `moved`, or `corrected`: it was mended since."""
    if _mended(delivery):
        raise Refused("corrected")
    _move(delivery, State(delivery.state), State.AGREED, shown_at=None)
    changed(delivery.campaign)


def _fits(campaign: Campaign, plan: Plan) -> None:
    if plan.quantity < 0 or (plan.quantity == 0 and plan.corrects is None):
        raise Refused("quantity")
    if plan.county.province_code not in {province.code for province in campaign.provinces}:
        raise Refused("county")
    if plan.day > tehran_day(now()):
        raise Refused("week")
    if bool(plan.rials) != bool(plan.spending and plan.quantity) or plan.rials < 0:
        raise Refused("rials")


def _is_of_goods(campaign: Campaign, plan: Plan) -> None:
    """The need is this campaign's; the box arrived in this county with goods of it."""
    if plan.need is not None and plan.need.campaign_id != campaign.id:
        raise Refused("need")
    if plan.box is not None and (
        plan.box.county_id != plan.county.id
        or plan.box.id not in {box.id for box in arrived_boxes(campaign.id, plan.need)}
    ):
        raise Refused("box")


def _shows_nobody(plan: Plan, picture: Receipt | None) -> None:
    for field in ("note", "correction"):
        if personal_number(getattr(plan, field)):
            raise Refused(field)
    if picture is None:
        if plan.corrects is None:
            raise Refused("evidence")
        return
    if not plan.is_faceless:
        raise Refused("faces")
    if not plan.has_consent:
        raise Refused("consent")


def _mends(campaign: Campaign, plan: Plan) -> None:
    if plan.corrects is None:
        return
    if not plan.correction.strip():
        raise Refused("reason")
    same = plan.corrects.campaign_id == campaign.id
    paid_by = plan.spending.id if plan.spending else None
    if not same or plan.corrects.state != State.SHOWN or _mended(plan.corrects):
        raise Refused("corrected")
    if plan.corrects.spending_id != paid_by:
        raise Refused("spending")


def _mended(delivery: Delivery) -> bool:
    """Whether a correction of it waits or counts."""
    query = select(Delivery.id).where(Delivery.corrects_id == delivery.id, Delivery.state.in_(STANDS))
    return db.session.scalar(query) is not None


def _pays(campaign: Campaign, spending: Spending, delivery: Delivery) -> None:
    """The bank has paid the spending, it is this campaign's, and it was not delivered over."""
    if spending.campaign_id != campaign.id or spending.state != SpendingState.PAID:
        raise Refused("spending")
    left = room.left(spending)
    if left < 0:
        raise Refused("room", left + delivery.rials)


def _decide(delivery: Delivery, by: User, after: State, **more: Any) -> None:
    db.session.refresh(delivery)
    if delivery.recorded_by_id == by.id:
        raise Refused("own")
    _move(delivery, State.RECORDED, after, decided_by_id=by.id, decided_at=now(), **more)


def _move(delivery: Delivery, before: State, after: State, **values: Any) -> None:
    """Once, whoever else tries."""
    moved = db.session.execute(
        update(Delivery)
        .where(Delivery.id == delivery.id, Delivery.state == before.value)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(delivery)
