"""Review items: what about money does not fit and waits for a person, oldest first."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.payments.queries import open_items
from campaigns.web.finance.clearing_words import way_name
from campaigns.web.finance.labels import ITEM_LABELS, STATE_LABELS
from campaigns.web.finance.reach import reaches
from campaigns.web.guards import needs

page = Blueprint("items", __name__)


@page.get("/items")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    items = [item for item in open_items() if reaches(item)]
    return render_template(
        "finance/items.html", items=items, labels=ITEM_LABELS, states=STATE_LABELS, way_name=way_name
    )
