"""A warehouse with its people, and short words for what they do."""

from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.goods import boxes, intake
from campaigns.domain.goods.intake import Brought
from campaigns.domain.goods.stock_models import Box, Intake, Stock, Warehouse
from campaigns.domain.goods.warehouses import found
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.regions.models import County
from tests.cast import person

KERMAN, YAZD = "IR-08", "IR-21"
PRICE = 8_500_000
_forms = count(1)


class Store(NamedTuple):
    """Zahra and Hamed look after the goods; a county waits for boxes."""

    warehouse: Warehouse
    zahra: User
    hamed: User
    county: County


def a_store(code: str = "KRM1", province_code: str = KERMAN) -> Store:
    """An open warehouse; committed."""
    seed_provinces()
    county = db.session.scalar(select(County).where(County.province_code == province_code))
    if county is None:
        county = County(province_code=province_code, name_fa="زابل", name_en="Zabol")
        db.session.add(county)
    db.session.commit()
    zahra, hamed = (
        person(f"{name}.{code}", Role.CLERK, province_code=province_code) for name in ("Zahra", "Hamed")
    )
    warehouse = found(code, ("انبار کرمان", "Kerman store"), province_code, zahra)
    db.session.commit()
    return Store(warehouse, zahra, hamed, county)


def came(store: Store, quantity: int = 5, key: str = "", **more: Any) -> Intake:
    """Zahra takes goods in; committed. Without a need they are rice, in bags."""
    if not more.get("pledge") and not more.get("need"):
        more = {"item": "برنج", "unit": "کیسه", **more}
    receipt, _new = intake.take_in(
        store.warehouse, Brought(quantity, **more), store.zahra, key or f"goods-{next(_forms)}"
    )
    db.session.commit()
    return receipt


def a_box(store: Store) -> Box:
    (box,) = boxes.open_boxes(store.warehouse, store.county, 1, store.zahra)
    db.session.commit()
    return box


def lying(store: Store) -> list[tuple[str, int]]:
    query = select(Stock.item, Stock.quantity).where(Stock.warehouse_id == store.warehouse.id)
    return [(item, number) for item, number in db.session.execute(query.order_by(Stock.id))]
