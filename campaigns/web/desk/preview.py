"""The campaign's page as it would look on a phone, on a desktop, in the dark and on paper; and alone, for the frame.

Of a campaign past drafting it is shown with the changes that wait, and, a step away, as it is now.
"""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.insights.changed_page import changed_page, changed_parts
from campaigns.web.desk.labels import PART_LABELS
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
    return render_template(
        "desk/preview.html",
        campaign=campaign,
        ways=WAYS,
        way=_way(),
        waiting=[PART_LABELS[part] for part in changed_parts(campaign)],
        as_it_is=_as_it_is(),
    )


@page.get("/c/<public_id>/preview/page")
@needs(Permission.SEE_GIFTS)
def frame(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    way, waiting = _way(), [] if _as_it_is() else changed_parts(campaign)
    view = (
        changed_page(campaign, language().code)
        if waiting
        else campaign_page(campaign, language().code, preview=True)
    )
    return themed(
        view.theme,
        "site/campaign.html",
        page=view,
        needs=shown(campaign, live=False),
        mode=MODES.get(way, ""),
        on_paper=way == "print",
        waiting=[PART_LABELS[part] for part in waiting],
    )


def _as_it_is() -> bool:
    """Without what waits."""
    return request.args.get("state") == "now"


def _way() -> str:
    asked = request.args.get("as", "")
    return asked if asked in WAYS else "phone"
