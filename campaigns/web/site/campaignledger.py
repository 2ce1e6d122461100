"""Income and spending of one campaign, from the open book."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights import book_sums, open_book
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.ledger import checkpoints
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.site.campaign import found
from campaigns.web.site.labels import KIND_LABELS
from campaigns.web.site.numbers import number_of

page = Blueprint("campaignledger", __name__)


@page.get("/c/<slug>/ledger")
@cacheable(params=("page",))
def show(slug: str) -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    depends(stamps.LEDGER)
    number, code = number_of("page", 1), language().code
    lines, older = open_book.campaign_lines(campaign.id, number, code)
    if number > 1 and not lines:
        abort(404)
    return themed(
        campaign.theme,
        "site/ledger/campaign.html",
        card=cards_of([campaign.id], code)[campaign.id],
        phone_number=campaign.contact_phone or campaign.organization.phone,
        buckets=book_sums.buckets(campaign.id),
        lines=lines,
        page_number=number,
        older=older,
        signed=next(iter(checkpoints.newest(1)), None),
        kinds=KIND_LABELS,
        intents=INTENT_LABELS,
        sample=campaign.is_sample,
    )
