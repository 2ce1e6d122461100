"""The campaign's page as it would look, alone (for the frame) and beside its sizes."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.needs import shown
from campaigns.web.render import themed

page = Blueprint("preview", __name__)


@page.get("/c/<public_id>/preview")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    return render_template("desk/preview.html", campaign=mine(public_id, Permission.SEE_GIFTS))


@page.get("/c/<public_id>/preview/page")
@needs(Permission.SEE_GIFTS)
def frame(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    view = campaign_page(campaign, language().code, preview=True)
    return themed(campaign.theme, "site/campaign.html", page=view, needs=shown(campaign, live=False))
