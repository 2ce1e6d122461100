"""Warehouses: opened, held while their receipts are numbered. None of these commit."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope, Where
from campaigns.domain.accounts.models import User
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import Warehouse


def where_is(warehouse: Warehouse) -> Where:
    """Where a warehouse stands, for `access.may`."""
    return Where(province_codes=frozenset({warehouse.province_code}))


def found(code: str, names: tuple[str, str], province_code: str, by: User) -> Warehouse:
    """A new warehouse. `names`: in Persian and in English. Raises `Refused`: `code` is another one's."""
    if db.session.scalar(select(Warehouse.id).where(Warehouse.code == code)) is not None:
        raise Refused("code")
    warehouse = Warehouse(
        code=code, name_fa=names[0], name_en=names[1], province_code=province_code, opened_by_id=by.id
    )
    db.session.add(warehouse)
    db.session.flush()
    return warehouse


def hold(warehouse: Warehouse) -> None:
    """Nobody else writes a receipt here before the transaction ends (on SQLite nobody could)."""
    row = select(Warehouse).where(Warehouse.id == warehouse.id).with_for_update(of=Warehouse)
    db.session.execute(row.execution_options(populate_existing=True)).scalar_one()


def within(scope: Scope) -> list[Warehouse]:
    """The warehouses of the scope, by province and code."""
    query = select(Warehouse).order_by(Warehouse.province_code, Warehouse.code)
    if not scope.everywhere:
        query = query.where(Warehouse.province_code.in_(scope.province_codes))
    return list(db.session.scalars(query))


def by_public_id(public_id: str) -> Warehouse | None:
    return db.session.scalar(select(Warehouse).where(Warehouse.public_id == public_id))
