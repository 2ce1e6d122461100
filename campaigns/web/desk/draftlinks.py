"""Links that show a campaign's draft to colleagues without an account: made here, listed here, withdrawn here."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from wtforms import SelectField

from campaigns.base.digits import grouped
from campaigns.base.extensions import csrf, db
from campaigns.base.fields import choices
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.drafts import DAYS, find, links_of, make, token_of, withdraw
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.render import absolute

page = Blueprint("draftlinks", __name__)


class LinkForm(StaffForm):
    days = SelectField(_l("The link works for"), coerce=int, default=7)

    def __init__(self) -> None:
        super().__init__()
        self.days.choices = choices((days, _days(days)) for days in DAYS)


def _days(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days, n=grouped(days, language().code))


@page.get("/c/<public_id>/draft-links")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    return _page(mine(public_id, Permission.EDIT_CAMPAIGN), LinkForm())


@page.post("/c/<public_id>/draft-links")
@needs(Permission.EDIT_CAMPAIGN)
def add(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    form = LinkForm()
    if not form.validate():
        return _page(campaign, form), 422
    make(campaign, current_user, form.days.data)
    db.session.commit()
    flash(_("The link is ready. Send it to whom you like; whoever has it can read the draft."), "ok")
    return redirect(url_for("desk.draftlinks.show", public_id=public_id), 303)


@page.post("/c/<public_id>/draft-links/<link>/withdraw")
@needs(Permission.EDIT_CAMPAIGN)
def end(public_id: str, link: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    csrf.protect()
    chosen = find(campaign.id, link)
    if chosen is None:
        abort(404)
    withdraw(chosen)
    db.session.commit()
    flash(_("Withdrawn. The link opens nothing any more."), "ok")
    return redirect(url_for("desk.draftlinks.show", public_id=public_id), 303)


def _page(campaign: Campaign, form: LinkForm) -> str:
    links = [
        (link, absolute(url_for("site.draft.show", token=token_of(link)))) for link in links_of(campaign.id)
    ]
    return render_template(
        "desk/draft_links.html",
        campaign=campaign,
        form=form,
        links=links,
        is_public=by_slug(campaign.slug) is not None,
    )
