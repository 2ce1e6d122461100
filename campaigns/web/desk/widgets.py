"""The widgets of a campaign and of what it belongs to: how each looks, and the text to copy."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import where_is
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.matters import MANY, of_campaign
from campaigns.web.workshop import Bench, bench, neighbours

page = Blueprint("widgets", __name__)


@page.get("/c/<public_id>/widgets")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    return render_template(
        "desk/widgets.html",
        campaign=campaign,
        matter=of_campaign(campaign, language().code),
        bench=_bench(campaign, request.args.get("about", "")),
        about=request.args.get("about", ""),
        neighbours=neighbours(campaign),
        may_edit=may(current_user.id, Permission.EDIT_CAMPAIGN, where_is(campaign)),
    )


def _bench(campaign: Campaign, about: str) -> Bench:
    """Of the campaign itself, or `folder/key` of one of its neighbours."""
    if not about:
        return bench(lambda code: of_campaign(campaign, code))
    folder, _slash, key = about.partition("/")
    if about not in [address for _name, address in neighbours(campaign)]:
        abort(404)
    return bench(lambda code: MANY[folder](key, code), {"about": about})
