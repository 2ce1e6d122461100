"""Which other sites may show the frames of a campaign."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campaigns.base.digits import grouped
from campaigns.base.extensions import db
from campaigns.base.fields import TextField
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.frame_sites import MOST, NoSite, TooMany, choose, sites_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("framesites", __name__)


class SitesForm(StaffForm):
    sites = TextField(
        _l("Sites that may show frames"),
        longest=6_000,
        description=_l(
            "One name a line, such as news.example.org; *.example.org stands for every name below it. Empty: all sites."
        ),
    )


@page.get("/c/<public_id>/widgets/sites")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    return _page(campaign, SitesForm(sites="\n".join(sites_of(campaign.id))))


@page.post("/c/<public_id>/widgets/sites")
@needs(Permission.EDIT_CAMPAIGN)
def save(public_id: str) -> ResponseReturnValue:
    campaign, form = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True), SitesForm()
    if not form.validate():
        return _page(campaign, form), 422
    try:
        chosen = choose(campaign, form.sites.data.split())
    except NoSite as refused:
        said = _(
            "“%(name)s” is not the name of a site. Write it such as news.example.org.", name=refused.name
        )
        form.sites.errors = [said]
        return _page(campaign, form), 422
    except TooMany:
        form.sites.errors = [_("%(n)s sites at most.", n=grouped(MOST, language().code))]
        return _page(campaign, form), 422
    db.session.commit()
    flash(_said(len(chosen)), "ok")
    return redirect(url_for("desk.framesites.show", public_id=public_id), 303)


def _said(count: int) -> str:
    if not count:
        return _("Every site may show the frames of this campaign.")
    shown = grouped(count, language().code)
    return ngettext(
        "Only %(n)s site may show the frames of this campaign.",
        "Only %(n)s sites may show the frames of this campaign.",
        count,
        n=shown,
    )


def _page(campaign: Campaign, form: SitesForm) -> str:
    card = cards_of([campaign.id], language().code)[campaign.id]
    return render_template("desk/framesites.html", campaign=campaign, card=card, form=form)
