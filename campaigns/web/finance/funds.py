"""What campaigns hold, by intent, and what is to be spent of it: lists, one campaign, a new proposal."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_public_id, in_scope, where_is
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.contributions.rules import RULES
from campaigns.domain.funds.actions import propose
from campaigns.domain.funds.queries import buckets, open_spendings, spendings_of
from campaigns.domain.funds.refusals import Refused
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.web.finance.fundforms import SpendingForm
from campaigns.web.finance.fundwords import STATE_LABELS, sentence
from campaigns.web.guards import must, needs
from campaigns.web.locale import language

page = Blueprint("funds", __name__)


@page.get("/funds")
@needs(Permission.SEE_MONEY)
def index() -> ResponseReturnValue:
    """What waits for somebody first, then every campaign that holds money."""
    scope = scope_of(current_user.id, Permission.SEE_MONEY)
    given_to = select(Campaign).join(CampaignRollup, CampaignRollup.campaign_id == Campaign.id)
    query = in_scope(given_to.where(CampaignRollup.received_rials > 0), scope, current_user.id)
    campaigns = list(db.session.scalars(query.order_by(Campaign.id.desc())))
    waiting = open_spendings(scope, current_user.id)
    ids = {campaign.id for campaign in campaigns} | {spending.campaign_id for spending in waiting}
    return render_template(
        "finance/funds.html",
        campaigns=campaigns,
        waiting=waiting,
        cards=cards_of(sorted(ids), language().code),
        states=STATE_LABELS,
        labels=INTENT_LABELS,
    )


@page.get("/funds/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    campaign = _reached(public_id, Permission.SEE_MONEY)
    return render_template(
        "finance/fund.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        buckets=buckets(campaign.id),
        spendings=spendings_of(campaign.id),
        states=STATE_LABELS,
        labels=INTENT_LABELS,
        rules=RULES,
        may_propose=may(current_user.id, Permission.HANDLE_MONEY, where_is(campaign)),
    )


@page.get("/funds/<public_id>/spend")
@needs(Permission.HANDLE_MONEY)
def plan(public_id: str) -> ResponseReturnValue:
    campaign = _reached(public_id, Permission.HANDLE_MONEY)
    return _form_page(campaign, SpendingForm(buckets(campaign.id)))


@page.post("/funds/<public_id>/spend")
@needs(Permission.HANDLE_MONEY)
def spend(public_id: str) -> ResponseReturnValue:
    campaign = _reached(public_id, Permission.HANDLE_MONEY)
    form = SpendingForm(buckets(campaign.id))
    if not form.validate():
        return _form_page(campaign, form), 422
    try:
        spending = propose(campaign, form.plan(), current_user)
    except Refused as why:
        db.session.rollback()
        form[why.field].errors = [sentence(why)]
        return _form_page(campaign, form), 422
    spending_id = spending.public_id
    db.session.commit()
    flash(_("The proposal waits for a second person. Nothing is taken from the bucket before that."), "ok")
    return redirect(url_for("finance.spending.show", public_id=spending_id), 303)


def _reached(public_id: str, permission: Permission) -> Campaign:
    campaign = by_public_id(public_id)
    if campaign is None:
        abort(404)
    must(permission, where_is(campaign))
    return campaign


def _form_page(campaign: Campaign, form: SpendingForm) -> str:
    card = cards_of([campaign.id], language().code)[campaign.id]
    return render_template("finance/spend.html", campaign=campaign, card=card, form=form)
