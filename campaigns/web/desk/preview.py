"""The campaign's page as it would look on a phone, on a desktop, in the dark and on paper; and alone, for the frame."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.needs import shown
from campaigns.web.render import themed

page = Blueprint("preview", __name__)
WAYS = {
    "phone": _l("On a phone"),
    "desktop": _l("On a desktop"),
    "dark": _l("In the dark"),
    "print": _l("On paper"),
}
MODES = {"dark": "dark", "print": "light"}
"""The others follow what the reader prefers."""


@page.get("/c/<public_id>/preview")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    return render_template("desk/preview.html", campaign=campaign, ways=WAYS, way=_way())


@page.get("/c/<public_id>/preview/page")
@needs(Permission.SEE_GIFTS)
def frame(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    view = campaign_page(campaign, language().code, preview=True)
    way = _way()
    return themed(
        campaign.theme,
        "site/campaign.html",
        page=view,
        needs=shown(campaign, live=False),
        mode=MODES.get(way, ""),
        on_paper=way == "print",
    )


def _way() -> str:
    asked = request.args.get("as", "")
    return asked if asked in WAYS else "phone"
