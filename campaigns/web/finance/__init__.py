"""Money for people of the house: what does not fit, what waits, what was settled."""

from flask import Blueprint

from campaigns.web.finance import (
    clearing,
    days,
    exports,
    funds,
    gateways,
    home,
    invariants,
    item,
    items,
    pools,
    refund,
    refunds,
    reports,
    settlements,
    spending,
    terminals,
)

door = Blueprint("finance", __name__, url_prefix="/finance")
for file in (
    home,
    items,
    item,
    refunds,
    refund,
    clearing,
    days,
    exports,
    reports,
    settlements,
    funds,
    spending,
    pools,
    invariants,
    gateways,
    terminals,
):
    door.register_blueprint(file.page)
