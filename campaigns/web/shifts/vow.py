"""«نذر خدمت»: vowing hours to a campaign, changing the vow, taking it back. By code, without an account."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.volunteers import vows
from campaigns.web.guards import public
from campaigns.web.shifts.forms import VowForm
from campaigns.web.shifts.holding import Own, held

page = Blueprint("vow", __name__)


@page.get("/shifts/<code>/vow/<slug>")
@public()
def show(code: str, slug: str) -> ResponseReturnValue:
    own = held(code)
    campaign = own.campaign(slug)
    made = vows.vow_of(own.holder, campaign.id)
    values = {"hours": made.hours, "until": made.until_on} if made else {}
    return _page(own, campaign, VowForm(formdata=None, data=values))


@page.post("/shifts/<code>/vow/<slug>")
@public()
def make(code: str, slug: str) -> ResponseReturnValue:
    own = held(code)
    campaign, form = own.campaign(slug), VowForm()
    if not form.validate():
        return _page(own, campaign, form), 422
    vows.vow(own.holder, campaign.id, form.hours.data, form.until.data)
    db.session.commit()
    return redirect(url_for("shifts.status.show", code=code), 303)


@page.post("/shifts/<code>/vow/<slug>/withdraw")
@public()
def withdraw(code: str, slug: str) -> ResponseReturnValue:
    own = held(code)
    vows.withdraw(own.holder, own.campaign(slug).id)
    db.session.commit()
    return redirect(url_for("shifts.status.show", code=code), 303)


def _page(own: Own, campaign: Campaign, form: VowForm) -> str:
    return render_template(
        "shifts/vow.html",
        code=own.holder.code,
        campaign=campaign,
        card=own.cards[campaign.id],
        vow=vows.vow_of(own.holder, campaign.id),
        form=form,
        problems=form.problems() if request.method == "POST" else [],
    )
