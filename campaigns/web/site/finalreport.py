"""What a campaign spent and delivered, with its final report once it has ended; the pictures of its deliveries."""

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.deliveries.queries import by_public_id
from campaigns.domain.deliveries.states import State
from campaigns.domain.funds.papers import data_of, public_paper
from campaigns.domain.insights.final_report import report_page
from campaigns.domain.insights.portal import cards_of
from campaigns.web.evidence import evidence_of, picture_of
from campaigns.web.guards import cacheable, public
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.site.campaign import found

page = Blueprint("finalreport", __name__)


@page.get("/c/<slug>/report")
@cacheable()
def show(slug: str) -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    card = cards_of([campaign.id], language().code)[campaign.id]
    view = report_page(campaign, card.received_rials, language().code)
    return themed(campaign.theme, "site/final_report.html", view=view, card=card, sample=campaign.is_sample)


@page.get("/c/<slug>/deliveries/<delivery>.jpg")
@public()
def evidence(slug: str, delivery: str) -> ResponseReturnValue:
    """Once a moderator has seen it, and only then."""
    campaign, row = by_slug(slug), by_public_id(delivery)
    if campaign is None or row is None or row.campaign_id != campaign.id or row.state != State.SHOWN:
        abort(404)
    return evidence_of(row)


@page.get("/c/<slug>/papers/<paper>.jpg")
@public()
def paper(slug: str, paper: str) -> ResponseReturnValue:
    """The redacted copy of a spending's document."""
    campaign, row = by_slug(slug), public_paper(paper)
    if campaign is None or row is None or row.spending.campaign_id != campaign.id:
        abort(404)
    return picture_of(data_of(row, current_app.config["SETTINGS"].data_dir), f"document-{row.id}.jpg")
