"""Stopping all giving to a campaign with one act, and letting it go on by another person.

Each act is told as done only once it holds everywhere: `until_everywhere`.
"""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from wtforms import RadioField

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, choices, optional, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import at_address, by_public_id, in_scope, where_is
from campaigns.domain.campaigns.states import State
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.problems import freezing
from campaigns.domain.problems.models import Problem
from campaigns.domain.problems.queries import by_public_id as problem_by_public_id
from campaigns.domain.problems.states import Refused
from campaigns.domain.problems.telling import tell_of
from campaigns.web.guards import must, needs
from campaigns.web.letterlinks import link
from campaigns.web.locale import language
from campaigns.web.pagecache import until_everywhere

page = Blueprint("freeze", __name__)
LONGEST_ADDRESS = 300


class FreezeForm(StaffForm):
    reason = TextField(
        _l("Reason, for everybody"),
        [required(_l("Write the reason: it stands on the campaign's page"))],
        longest=500,
        description=_l("It stands on the campaign's page and in the log of decisions. Name nobody."),
    )
    note = TextField(_l("Note, for moderators only"), [optional()], longest=2000)


class ThawForm(FreezeForm):
    act = RadioField(
        _l("What now?"),
        [required(_l("Choose what becomes of the campaign"))],
        choices=choices(
            [
                ("thaw", _l("It goes on as before")),
                ("condemn", _l("What was reported is true: it is cancelled")),
            ]
        ),
    )


@page.get("/frozen")
@needs(Permission.MODERATE)
def index() -> ResponseReturnValue:
    """What is frozen within reach, and the way to freeze another by its address."""
    typed = request.args.get("campaign", "")[:LONGEST_ADDRESS]
    found = at_address(typed) if typed.strip() else None
    if found is not None and found.state in freezing.CAN_FREEZE:
        return redirect(url_for("review.freeze.confirm", public_id=found.public_id))
    scope = scope_of(current_user.id, Permission.MODERATE)
    query = in_scope(select(Campaign).where(Campaign.state == State.FROZEN.value), scope, current_user.id)
    rows = db.session.scalars(query.order_by(Campaign.state_changed_at)).all()
    return render_template(
        "review/frozen.html",
        rows=[(row, freezing.standing(row)) for row in rows],
        cards=cards_of([row.id for row in rows], language().code),
        typed=typed,
        problems=[("campaign", _("We know no open campaign at this address."))] if typed.strip() else [],
    ), 422 if typed.strip() else 200


@page.get("/campaign/<public_id>/freeze")
@needs(Permission.MODERATE)
def confirm(public_id: str) -> ResponseReturnValue:
    campaign = _found(public_id)
    if campaign.state not in freezing.CAN_FREEZE:
        abort(404)
    return _page(campaign, FreezeForm(formdata=None))


@page.post("/campaign/<public_id>/freeze")
@needs(Permission.MODERATE)
def carry_out(public_id: str) -> ResponseReturnValue:
    campaign, form = _found(public_id, lock=True), FreezeForm()
    if not form.validate():
        return _page(campaign, form), 422
    case = _case(campaign)
    try:
        made = freezing.freeze(campaign, current_user, form.reason.data, form.note.data or "", case)
    except Refused:
        abort(404)
    tell_of(made, current_user, link)
    db.session.commit()
    until_everywhere()
    flash(_("Giving is stopped. No page, no widget and no form of this campaign takes anything now."), "ok")
    to = _of_case(case) if case else url_for("review.freeze.index")
    return redirect(to, 303)


@page.get("/campaign/<public_id>/thaw")
@needs(Permission.MODERATE)
def ask(public_id: str) -> ResponseReturnValue:
    return _thawing(_frozen(public_id), ThawForm(formdata=None))


@page.post("/campaign/<public_id>/thaw")
@needs(Permission.MODERATE)
def thaw(public_id: str) -> ResponseReturnValue:
    campaign, form = _frozen(public_id, lock=True), ThawForm()
    if not form.validate():
        return _thawing(campaign, form), 422
    act = freezing.condemn if form.act.data == "condemn" else freezing.thaw
    try:
        made = act(campaign, current_user, form.reason.data, form.note.data or "")
    except Refused as refusal:
        db.session.rollback()
        if refusal.why != "own":
            abort(404)
        return _thawing(_frozen(public_id), form), 422
    tell_of(made, current_user, link)
    db.session.commit()
    until_everywhere()
    flash(_("Done. The campaign's page shows it already."), "ok")
    return redirect(url_for("review.freeze.index"), 303)


def _found(public_id: str, *, lock: bool = False) -> Campaign:
    campaign = by_public_id(public_id, lock=lock)
    if campaign is None:
        abort(404)
    must(Permission.MODERATE, where_is(campaign))
    return campaign


def _frozen(public_id: str, *, lock: bool = False) -> Campaign:
    campaign = _found(public_id, lock=lock)
    return campaign if campaign.state == State.FROZEN else abort(404)


def _case(campaign: Campaign) -> Problem | None:
    """The reported problem because of which this is done, if the address names one of this campaign."""
    case = problem_by_public_id(request.args.get("case", ""))
    return case if case is not None and case.campaign_id == campaign.id else None


def _of_case(case: Problem) -> str:
    return url_for("review.item.show", kind="problem", public_id=case.public_id)


def _page(campaign: Campaign, form: FreezeForm) -> str:
    card = cards_of([campaign.id], language().code)[campaign.id]
    case = _case(campaign)
    back = _of_case(case) if case else url_for("review.freeze.index")
    return render_template(
        "review/freeze.html", campaign=campaign, card=card, case=case, back=back, form=form
    )


def _thawing(campaign: Campaign, form: ThawForm) -> str:
    card = cards_of([campaign.id], language().code)[campaign.id]
    before = freezing.standing(campaign)
    is_own = before is not None and before.actor_id == current_user.id
    return render_template(
        "review/thaw.html",
        campaign=campaign,
        card=card,
        freeze=before,
        earlier=freezing.freezes_of(campaign.id),
        is_own=is_own,
        form=form,
    )
