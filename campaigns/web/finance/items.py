"""Review items: what about money does not fit and waits for a person, oldest first."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import COUNTRY, may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.payments.queries import open_items
from campaigns.web.finance.labels import ITEM_LABELS
from campaigns.web.guards import needs

page = Blueprint("items", __name__)


@page.get("/items")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    items = [item for item in open_items() if _reaches(item)]
    return render_template("finance/items.html", items=items, labels=ITEM_LABELS)


def _reaches(item: ReviewItem) -> bool:
    """Money of no campaign belongs to the whole country."""
    campaign = item.attempt.contribution.campaign if item.attempt else None
    return may(current_user.id, Permission.SEE_MONEY, where_is(campaign) if campaign else COUNTRY)
