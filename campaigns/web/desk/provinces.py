"""The provinces of a national campaign on the desk: where each stands, how far it is, what waits."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.sorting import persian_key
from campaigns.domain.accounts.access import Where, covers, grants_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State
from campaigns.domain.families.children import Child, children_of
from campaigns.domain.families.proposals import unanswered
from campaigns.domain.families.sums import whole_of
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.web.desk.cloning import may_clone
from campaigns.web.desk.labels import STATE_LABELS, STATE_SHAPES
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("provinces", __name__)


@dataclass(frozen=True)
class Row:
    """`is_mine`: this person may open its desk. `proposals`: parts of the national text it has not answered."""

    name: str
    child: Child
    card: Card
    is_mine: bool
    proposals: int


@page.get("/c/<public_id>/provinces")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    return render_template(
        "desk/provinces.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        rows=_rows(campaign),
        whole=whole_of(campaign.id),
        may_clone=may_clone(campaign),
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        state=State,
    )


def _rows(campaign: Campaign) -> list[Row]:
    """A fixed number of queries, however many provinces there are."""
    children, waits = children_of(campaign.id), unanswered(campaign)
    cards = cards_of([child.campaign.id for child in children], language().code)
    grants, english = grants_of(current_user.id), language().code == "en"
    found = []
    for child in children:
        card = cards[child.campaign.id]
        where = Where(card.campaign_id, frozenset(card.province_codes), child.campaign.author_id)
        reachable = any(covers(grant, Permission.SEE_GIFTS, where) for grant in grants)
        name = child.province.name_en if english else child.province.name_fa
        found.append(Row(name, child, card, reachable, waits.get(card.campaign_id, 0)))
    return sorted(found, key=lambda row: persian_key(row.name))
