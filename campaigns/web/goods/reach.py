"""The warehouses within somebody's reach: no other exists for them."""

from flask import abort
from flask_login import current_user

from campaigns.base.codes import parse_code
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods.stock_models import Box, Intake, Movement, Stock, Warehouse
from campaigns.domain.goods.stock_queries import (
    box_by_code,
    movement_by_public_id,
    receipt_by_public_id,
    shelf_by_public_id,
)
from campaigns.domain.goods.warehouses import by_public_id, where_is
from campaigns.web.guards import must


def warehouse_at(public_id: str) -> Warehouse:
    """404 unless the signed-in person keeps goods in its province."""
    warehouse = by_public_id(public_id) or abort(404)
    must(Permission.KEEP_GOODS, where_is(warehouse))
    return warehouse


def receipt_at(warehouse: Warehouse, public_id: str) -> Intake:
    return receipt_by_public_id(warehouse, public_id) or abort(404)


def shelf_at(warehouse: Warehouse, public_id: str) -> Stock:
    return shelf_by_public_id(warehouse, public_id) or abort(404)


def movement_at(warehouse: Warehouse, public_id: str) -> Movement:
    return movement_by_public_id(warehouse, public_id) or abort(404)


def box_at(code: str) -> Box:
    """By its code as somebody reads it out; 404 unless its warehouse is within reach."""
    parsed = parse_code(code)
    box = box_by_code(parsed) if parsed else None
    if box is None or not current_user.is_authenticated:
        abort(404)
    must(Permission.KEEP_GOODS, where_is(box.warehouse))
    return box
