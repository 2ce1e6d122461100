"""The desk's first page: what needs me, then my campaigns; and beginning a new one."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from wtforms import SelectField

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.fields import LineField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.slugs import suggest
from campaigns.domain.accounts.access import covers, grants_of
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import last_update_at, sent_back, slug_taken, where_is
from campaigns.domain.campaigns.states import State
from campaigns.domain.deliveries.reports import overdue
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.web.desk.labels import STATE_LABELS, STATE_SHAPES
from campaigns.web.desk.mine import my_campaigns, reach
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("home", __name__)
QUIET_AFTER = timedelta(days=9)


@dataclass(frozen=True)
class Need:
    """Something only I can do."""

    campaign: Card
    sentence: str
    url: str


class NewForm(StaffForm):
    title = LineField(_l("Title"), [required(_l("Write a title"))], longest=120)
    organization = SelectField(_l("Who runs it"), coerce=int)


@page.get("/")
@needs(Permission.SEE_GIFTS)
def show() -> ResponseReturnValue:
    campaigns, grants = my_campaigns(), grants_of(current_user.id)
    ids = [campaign.id for campaign in campaigns]
    due = overdue(ids, current_app.config["SETTINGS"].report_days)
    cards, (edits, news) = cards_of(ids, language().code), sent_back(ids)
    return render_template(
        "desk/home.html",
        campaigns=campaigns,
        cards=cards,
        needs=_grouped(
            [
                need
                for campaign in campaigns
                if any(covers(grant, Permission.EDIT_CAMPAIGN, where_is(campaign)) for grant in grants)
                for need in _needs(
                    campaign,
                    cards[campaign.id],
                    campaign.id in edits,
                    campaign.id in news,
                    campaign.id in due,
                )
            ]
        ),
        may_begin=reach() != frozenset(),
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
    )


@page.get("/new")
@needs(Permission.EDIT_CAMPAIGN)
def new() -> ResponseReturnValue:
    _may_begin()
    return render_template("desk/new.html", form=_new_form())


@page.post("/new")
@needs(Permission.EDIT_CAMPAIGN)
def create() -> ResponseReturnValue:
    _may_begin()
    form = _new_form()
    if not form.validate():
        return render_template("desk/new.html", form=form), 422
    campaign = actions.create(
        current_user,
        form.organization.data,
        _free_slug(form.title.data),
        form.title.data,
        provinces=reach() or (),
    )
    actions.note_marks(campaign, form.hidden_marks())
    db.session.commit()
    return redirect(url_for("desk.campaign.show", public_id=campaign.public_id), 303)


def _may_begin() -> None:
    """Somebody who may only change one campaign begins none."""
    if reach() == frozenset():
        abort(404)


def _new_form() -> NewForm:
    """Organizations of my grants to write campaigns; somebody with such a grant for none in particular may
    choose any.
    """
    form = NewForm()
    writing = [
        grant for grant in grants_of(current_user.id) if Permission.EDIT_CAMPAIGN in WHO_MAY[Role(grant.role)]
    ]
    own = {grant.organization_id for grant in writing if grant.campaign_id is None}
    query = select(Organization).order_by(Organization.id)
    if None not in own:
        query = query.where(Organization.id.in_(own))
    english = language().code == "en"
    form.organization.choices = choices(
        (house.id, house.name_en if english else house.name_fa) for house in db.session.scalars(query)
    )
    return form


def _free_slug(title: str) -> str:
    """A slug nobody has: from the title, with a number behind it where needed."""
    base = suggest(title) or "campaign"
    candidate, number = base, 1
    while slug_taken(candidate):
        number += 1
        candidate = f"{base[:54].rstrip('-')}-{number}"
    return candidate


def _grouped(needs: list[Need]) -> dict[str, list[Need]]:
    """What needs me, each sentence once: what moderators and drafts wait for comes before news."""
    groups: dict[str, list[Need]] = {}
    for need in sorted(needs, key=lambda need: need.campaign.state == State.LIVE):
        groups.setdefault(need.sentence, []).append(need)
    return groups


def _needs(
    campaign: Campaign, card: Card, edit_sent_back: bool, news_sent_back: bool, report_due: bool
) -> list[Need]:
    updates = url_for("desk.updates.show", public_id=campaign.public_id)
    address = url_for("desk.campaign.show", public_id=campaign.public_id)
    if report_due:
        report = url_for("desk.report.show", public_id=campaign.public_id)
        return [Need(card, _("The campaign has ended and its final report is missing"), report)]
    if campaign.state == State.NEEDS_WORK:
        return [Need(card, _("A moderator asked for changes"), address)]
    if campaign.state == State.DRAFT:
        return [Need(card, _("The draft waits to be finished and sent"), address)]
    if edit_sent_back or news_sent_back:
        return [Need(card, _("A moderator asked for changes"), address if edit_sent_back else updates)]
    last = last_update_at(campaign.id) or campaign.approved_at
    if campaign.state == State.LIVE and last and now() - last > QUIET_AFTER:
        return [Need(card, _("Supporters have read no update for more than a week"), updates)]
    return []
