"""One campaign on the desk: its state, the task list of the editor, what waits, where to go on."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.accounts.team import leads
from campaigns.domain.campaigns.clones import clone_of, clones_of
from campaigns.domain.campaigns.drafts import links_of
from campaigns.domain.campaigns.history import CampaignMove
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.queries import moves_of, where_is
from campaigns.domain.campaigns.readiness import is_ready, missing, progress
from campaigns.domain.campaigns.states import EDITABLE, State
from campaigns.domain.campaigns.steering import possible_moves
from campaigns.domain.deliveries.reports import overdue
from campaigns.domain.families.proposals import proposals_for
from campaigns.domain.goods.need_queries import unsettled_edits
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.cloning import may_clone
from campaigns.web.desk.labels import (
    MISSING_LABELS,
    PART_LABELS,
    PROGRESS_LABELS,
    PROGRESS_SHAPES,
    STATE_LABELS,
    STATE_SHAPES,
)
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import shown_edits, words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("campaign", __name__)


@page.get("/c/<public_id>")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    where = where_is(campaign)
    moves: list[CampaignMove] = moves_of(campaign.id)
    edits = shown_edits(campaign)
    return render_template(
        "desk/campaign.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        may_edit=may(current_user.id, Permission.EDIT_CAMPAIGN, where),
        leads=leads(current_user.id, where),
        may_post=may(current_user.id, Permission.POST_UPDATE, where),
        steps=possible_moves(campaign) if may(current_user.id, Permission.STEER_CAMPAIGN, where) else [],
        tasks=[(part, PART_LABELS[part], progress(campaign, part)) for part in Part],
        progress_labels=PROGRESS_LABELS,
        progress_shapes=PROGRESS_SHAPES,
        missing=[MISSING_LABELS[name] for part in Part for name in missing(campaign, part)],
        ready=is_ready(campaign),
        is_draft=campaign.state in EDITABLE,
        is_waiting=campaign.state == State.SUBMITTED,
        edits=[(edit, PART_LABELS[Part(edit.part)]) for edit in edits],
        words=words_about("edit", edits),
        own_words=words_about("campaign", [campaign]).get(campaign.id),
        draft_links=len(links_of(campaign.id)),
        waiting_needs=len(unsettled_edits(campaign.id)),
        moves=moves,
        is_province=clone_of(campaign.id) is not None,
        has_provinces=bool(clones_of(campaign.id)) or may_clone(campaign),
        proposals=len(proposals_for(campaign)),
        report_due=overdue([campaign.id], current_app.config["SETTINGS"].report_days).get(campaign.id),
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
    )
