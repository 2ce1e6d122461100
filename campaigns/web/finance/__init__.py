"""Money for people of the house: what does not fit, what waits, what was settled."""

from flask import Blueprint

from campaigns.web.finance import (
    funds,
    gateways,
    home,
    invariants,
    item,
    items,
    mandates,
    pools,
    refund,
    refunds,
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
    funds,
    spending,
    pools,
    mandates,
    invariants,
    gateways,
    terminals,
):
    door.register_blueprint(file.page)
