"""The widgets of a campaign: how each looks, and the text to copy."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.workshop import bench

page = Blueprint("widgets", __name__)


@page.get("/c/<public_id>/widgets")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    card = cards_of([campaign.id], language().code)[campaign.id]
    return render_template(
        "desk/widgets.html",
        campaign=campaign,
        card=card,
        bench=bench(campaign),
        may_edit=may(current_user.id, Permission.EDIT_CAMPAIGN, where_is(campaign)),
    )
