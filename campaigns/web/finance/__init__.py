"""Money for people of the house: what does not fit, what waits, what was settled."""

from flask import Blueprint

from campaigns.web.finance import (
    accounts,
    batches,
    claim,
    claims,
    clearing,
    closings,
    days,
    exports,
    funds,
    gateways,
    home,
    invariants,
    item,
    items,
    mandates,
    officecash,
    officereceipt,
    offices,
    papers,
    pools,
    refund,
    refunds,
    reports,
    settlements,
    spending,
    statement,
    statementline,
    statements,
    terminals,
)

door = Blueprint("finance", __name__, url_prefix="/finance")
for file in (
    *(home, items, item, claims, claim, statements, statement, statementline),
    *(refunds, refund, funds, spending, papers, pools, closings, offices, officecash, officereceipt, batches),
    *(clearing, days, exports, reports, settlements),
    *(mandates, invariants, gateways, terminals, accounts),
):
    door.register_blueprint(file.page)
