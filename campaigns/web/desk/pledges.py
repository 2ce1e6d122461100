"""The promised goods of a campaign: the list, the same as a file, and one of them, to arrange its day.

Whoever may see gifts sees what was promised. Names, numbers to call and addresses are for those who arrange the day.
"""

from collections.abc import Iterator

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.extensions import csrf, db
from campaigns.base.fields import LineField, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.goods import pledges as actions
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_queries import numbers, pledge_of, pledges, steps
from campaigns.domain.goods.pledge_states import LIVE, State
from campaigns.domain.insights.portal import cards_of
from campaigns.web import datafile
from campaigns.web.datafile import TYPES
from campaigns.web.days import DayField, example_day
from campaigns.web.desk.mine import mine
from campaigns.web.goodswords import PLEDGE_SHAPES, PLEDGE_STATES, STEP_WORDS, way_in_words
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("pledges", __name__)
SHOWN, AT_ONCE = 50, 500


class ArrangeForm(StaffForm):
    day = DayField(_l("Arranged for the day"), [required(_l("Write the day you have agreed on"))])
    note = LineField(
        _l("What the giver should know"),
        longest=200,
        description=_l("Hours, or who comes. It stands on the page of the promise."),
    )

    def check(self) -> bool:
        good: bool = self.validate()
        if good and self.day.data < tehran_day(now()):
            self.day.errors = [_("Choose a day that has not passed yet")]
        return good and not self.problems()


@page.get("/c/<public_id>/pledges")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> str:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    after = pledge_of(campaign.id, request.args.get("after", ""))
    rows = db.session.scalars(pledges(campaign.id, _wanted(), SHOWN + 1, after)).all()
    return render_template(
        "desk/pledges.html",
        campaign=campaign,
        card=_card(campaign),
        rows=rows[:SHOWN],
        older=rows[SHOWN - 1].public_id if len(rows) > SHOWN else "",
        chosen=request.args.get("state", ""),
        numbers=numbers(campaign.id),
        states=PLEDGE_STATES,
        shapes=PLEDGE_SHAPES,
        how=way_in_words,
        may_arrange=_may_arrange(campaign),
    )


@page.post("/c/<public_id>/pledges/file")
@needs(Permission.SEE_GIFTS)
def download(public_id: str) -> ResponseReturnValue:
    """The same rows. Nobody's name, number or address leaves the house this way. Who took them is logged."""
    csrf.protect()
    campaign = mine(public_id, Permission.SEE_GIFTS)
    if request.form.get("format") not in TYPES:
        abort(404)
    return datafile.download(
        f"{campaign.slug}-pledges",
        _("Promised goods"),
        _head(),
        _lines(campaign.id, _wanted()),
        request.form["format"],
        user_id=current_user.id,
        campaign_id=campaign.id,
        kind="desk_pledges",
    )


@page.get("/c/<public_id>/pledges/<pledge>")
@needs(Permission.EDIT_CAMPAIGN)
def one(public_id: str, pledge: str) -> str:
    campaign, found = _found(public_id, pledge)
    form = ArrangeForm(
        formdata=None, data={"day": found.arranged_on or found.day, "note": found.arranged_note}
    )
    return _page(campaign, found, form)


@page.post("/c/<public_id>/pledges/<pledge>")
@needs(Permission.EDIT_CAMPAIGN)
def arrange(public_id: str, pledge: str) -> ResponseReturnValue:
    campaign, found = _found(public_id, pledge)
    form = ArrangeForm()
    if not form.check():
        return _page(campaign, found, form), 422
    grace = current_app.config["SETTINGS"].pledge_grace_days
    try:
        actions.arrange(found, form.day.data, form.note.data or "", current_user.id, grace)
    except actions.WrongMove:
        return _moved(public_id, pledge)
    db.session.commit()
    flash(_("Arranged. The page of the promise says so."), "ok")
    return _back(public_id, pledge)


@page.post("/c/<public_id>/pledges/<pledge>/no-show")
@needs(Permission.EDIT_CAMPAIGN)
def no_show(public_id: str, pledge: str) -> ResponseReturnValue:
    _campaign, found = _found(public_id, pledge)
    form = StaffForm()
    if not form.validate():
        return _moved(public_id, pledge)
    try:
        actions.no_show(found, current_user.id)
    except actions.WrongMove:
        return _moved(public_id, pledge)
    db.session.commit()
    flash(_("Written down. What was promised is open to others again."), "ok")
    return _back(public_id, pledge)


def _found(public_id: str, pledge: str) -> tuple[Campaign, Pledge]:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    found = pledge_of(campaign.id, pledge)
    if found is None:
        abort(404)
    return campaign, found


def _page(campaign: Campaign, pledge: Pledge, form: ArrangeForm) -> str:
    return render_template(
        "desk/pledge.html",
        campaign=campaign,
        card=_card(campaign),
        pledge=pledge,
        need=pledge.need,
        is_live=pledge.state in LIVE,
        history=steps(pledge),
        states=PLEDGE_STATES,
        shapes=PLEDGE_SHAPES,
        verbs=STEP_WORDS,
        how=way_in_words(pledge),
        form=form,
        problems=form.problems(),
        example=example_day(),
    )


def _head() -> tuple[str, ...]:
    return (
        _("Promised on"),
        _("Item"),
        _("Unit"),
        _("Promised"),
        _("Received"),
        _("How"),
        _("Its day"),
        _("Arranged for the day"),
        _("State"),
    )


def _lines(campaign_id: int, states: list[str]) -> Iterator[tuple[object, ...]]:
    for row in db.session.scalars(pledges(campaign_id, states, limit=None)).yield_per(AT_ONCE):
        yield (
            tehran_day(row.pledged_at).isoformat(),
            row.need.item_fa,
            row.need.unit_fa,
            row.quantity,
            row.received,
            way_in_words(row),
            row.day.isoformat(),
            row.arranged_on.isoformat() if row.arranged_on else "",
            str(PLEDGE_STATES[State(row.state)]),
        )


def _wanted() -> list[str]:
    """The state the address asks for; empty: all."""
    state = request.args.get("state", "")
    return [state] if state in PLEDGE_STATES else []


def _may_arrange(campaign: Campaign) -> bool:
    return may(current_user.id, Permission.EDIT_CAMPAIGN, where_is(campaign))


def _moved(public_id: str, pledge: str) -> ResponseReturnValue:
    db.session.rollback()
    flash(_("Somebody else was first: look at what has become of it."), "warn")
    return _back(public_id, pledge)


def _back(public_id: str, pledge: str) -> ResponseReturnValue:
    return redirect(url_for("desk.pledges.one", public_id=public_id, pledge=pledge), 303)


def _card(campaign: Campaign) -> object:
    return cards_of([campaign.id], language().code)[campaign.id]
