"""Links of a campaign with a name of their own, to be handed out: in a mosque, on a poster, in a channel."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms.validators import ValidationError

from campaigns.base.extensions import db
from campaigns.base.fields import LineField, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.supporters import sources
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.render import absolute

page = Blueprint("sources", __name__)


class SourceForm(StaffForm):
    label = LineField(_l("Where you hand it out"), [required(_l("Write where you hand it out"))], longest=60)
    tag = LineField(
        _l("Name in the address"),
        longest=sources.LONGEST,
        description=_l("Small Latin letters, digits and hyphens. Empty: made from the words above."),
    )

    def validate_tag(self, field: LineField) -> None:
        if sources.tag_of(field.data or self.label.data or "") is None:
            raise ValidationError(_("Write a name of three Latin letters or more"))

    def name(self) -> str:
        """How the link is called in its address, once the form is valid."""
        return sources.tag_of(self.tag.data or self.label.data) or ""


@page.get("/c/<public_id>/links")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    return _page(mine(public_id, Permission.EDIT_CAMPAIGN), SourceForm(formdata=None))


@page.post("/c/<public_id>/links")
@needs(Permission.EDIT_CAMPAIGN)
def add(public_id: str) -> ResponseReturnValue:
    campaign, form = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True), SourceForm()
    if not form.validate():
        return _page(campaign, form), 422
    try:
        sources.make(campaign, form.name(), form.label.data, current_user)
    except sources.Taken:
        form.tag.errors = [_("The campaign has a link with this name already.")]
    except sources.TooMany:
        form.label.errors = [_("A campaign has fifty links at most.")]
    if form.problems():
        return _page(campaign, form), 422
    db.session.commit()
    flash(_("The link is there. Gifts that begin with it are counted together."), "ok")
    return redirect(url_for("desk.sources.show", public_id=public_id), 303)


def _page(campaign: Campaign, form: SourceForm) -> str:
    rows = [
        (tag, absolute(url_for("site.shortlink.follow_from", code=campaign.short_code, tag=tag.tag)))
        for tag in sources.tags(campaign.id)
    ]
    card = cards_of([campaign.id], language().code)[campaign.id]
    return render_template("desk/sources.html", campaign=campaign, card=card, form=form, rows=rows)
