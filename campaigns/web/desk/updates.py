"""Updates for supporters: what was written, and writing a new one. Shown after a moderator has agreed."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import HiddenField, SelectField

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.languages import LANGUAGES
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import returned_update, updates_of
from campaigns.domain.campaigns.states import PUBLIC
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("updates", __name__)
UPDATE_STATES = {
    "waiting": _l("waits for a moderator"),
    "shown": _l("shown"),
    "returned": _l("changes asked for"),
    "rejected": _l("rejected"),
}
UPDATE_SHAPES = {"waiting": "◔", "shown": "●", "returned": "◑", "rejected": "✕"}


class UpdateForm(StaffForm):
    again = HiddenField()
    title = LineField(_l("Title"), [required(_l("Write a title"))], longest=120)
    body = TextField(
        _l("What happened"),
        [required(_l("Write what happened"))],
        longest=3000,
        description=_l("What was bought or delivered, when and in which county. No names of those helped."),
    )
    language = SelectField(
        _l("Language"),
        choices=choices((code, item.native_name) for code, item in LANGUAGES.items()),
        default="fa",
    )


@page.get("/c/<public_id>/updates")
@needs(Permission.POST_UPDATE)
def show(public_id: str) -> ResponseReturnValue:
    """`again` names news that were sent back: the form begins with their words."""
    campaign = mine(public_id, Permission.POST_UPDATE)
    again = _sent_back(campaign, request.args.get("again", ""))
    return _page(campaign, UpdateForm(obj=again, data={"again": again.public_id if again else ""}))


@page.post("/c/<public_id>/updates")
@needs(Permission.POST_UPDATE)
def write(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.POST_UPDATE)
    form = UpdateForm()
    again = _sent_back(campaign, form.again.data or "")
    if not _may_write(campaign) or not form.validate():
        return _page(campaign, form), 422
    news = again or CampaignUpdate(campaign=campaign, author_id=current_user.id)
    news.title, news.body, news.language = form.title.data, form.body.data, form.language.data
    news.hidden_marks = form.hidden_marks() or None
    news.state, news.created_at = "waiting", now()
    db.session.add(news)
    db.session.commit()
    flash(_("Sent. It is shown once a moderator has agreed."), "ok")
    return redirect(url_for("desk.updates.show", public_id=public_id), 303)


def _sent_back(campaign: Campaign, public_id: str) -> CampaignUpdate | None:
    """The news with this name, which must be this campaign's and sent back; None for no name."""
    found = returned_update(campaign.id, public_id) if public_id else None
    if public_id and found is None:
        abort(404)
    return found


def _may_write(campaign: Campaign) -> bool:
    """Supporters can only read news of a campaign that was open."""
    return campaign.approved_at is not None and campaign.state in PUBLIC


def _page(campaign: Campaign, form: UpdateForm) -> str:
    updates = updates_of(campaign.id)
    return render_template(
        "desk/updates.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        may_write=_may_write(campaign),
        updates=updates,
        words=words_about("update", updates),
        states=UPDATE_STATES,
        shapes=UPDATE_SHAPES,
    )
