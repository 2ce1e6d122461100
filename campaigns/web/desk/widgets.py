"""The widgets of a campaign: how each looks, and the text to copy."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.languages import LANGUAGES
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.render import absolute
from campaigns.widgets import WIDGETS
from campaigns.widgets.plug import Subject

page = Blueprint("widgets", __name__)


@page.get("/c/<public_id>/widgets")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    card = cards_of([campaign.id], language().code)[campaign.id]
    subject = Subject(
        page_url=absolute(url_for("site.campaign.show", slug=campaign.slug)),
        embed_url=absolute(url_for("embed.widget.card", slug=campaign.slug)).removesuffix("/card"),
        title=card.title,
        language=card.title_language,
        dir=LANGUAGES[card.title_language].dir,
    )
    rows = [(widget, widget.snippet(subject)) for widget in WIDGETS.values()]
    return render_template("desk/widgets.html", campaign=campaign, card=card, widgets=rows, subject=subject)
