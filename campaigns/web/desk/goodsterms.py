"""How a campaign takes goods: whether they are fetched, and at which shops they may be bought."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField

from campaigns.base.extensions import db
from campaigns.base.fields import LineField, PhoneField, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods import shops
from campaigns.domain.goods.pledge_queries import collects
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("goodsterms", __name__)
SHOP_STATES = {
    "waiting": _l("waits for a moderator"),
    "shown": _l("shown"),
    "rejected": _l("rejected"),
}
SHOP_SHAPES = {"waiting": "◔", "shown": "●", "rejected": "✕"}


class TermsForm(StaffForm):
    collects = BooleanField(
        _l("We fetch goods from givers"),
        description=_l("Givers may then ask for it; they leave an address and a number to call."),
    )


class ShopForm(StaffForm):
    name = LineField(_l("Name of the shop"), [required(_l("Write the name of the shop"))], longest=80)
    address = LineField(
        _l("Address or site"), [required(_l("Write where the shop is, or its site"))], longest=200
    )
    phone = PhoneField(_l("Phone"), longest=20)


@page.get("/c/<public_id>/goods-terms")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> str:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    return _page(campaign, ShopForm(formdata=None))


@page.post("/c/<public_id>/goods-terms")
@needs(Permission.EDIT_CAMPAIGN)
def save(public_id: str) -> ResponseReturnValue:
    campaign, form = mine(public_id, Permission.EDIT_CAMPAIGN), TermsForm()
    if not form.validate():
        return _page(campaign, ShopForm(formdata=None)), 422
    shops.set_collects(campaign, bool(form.collects.data))
    db.session.commit()
    flash(_("Saved."), "ok")
    return _back(public_id)


@page.post("/c/<public_id>/goods-terms/shops")
@needs(Permission.EDIT_CAMPAIGN)
def add(public_id: str) -> ResponseReturnValue:
    campaign, form = mine(public_id, Permission.EDIT_CAMPAIGN), ShopForm()
    if not form.validate():
        return _page(campaign, form), 422
    author = db.session.get_one(User, current_user.id)
    shops.propose_shop(
        campaign, author, form.name.data, form.address.data, form.phone.data or "", form.hidden_marks()
    )
    db.session.commit()
    flash(_("Sent. It is shown once a moderator has agreed."), "ok")
    return _back(public_id)


@page.post("/c/<public_id>/goods-terms/shops/<shop>/close")
@needs(Permission.EDIT_CAMPAIGN)
def close(public_id: str, shop: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    found = shops.shop_of(campaign.id, shop)
    if found is None:
        abort(404)
    if StaffForm().validate():
        shops.close_shop(found)
        db.session.commit()
        flash(_("Taken off the list. Promises made with it go on."), "ok")
    return _back(public_id)


def _page(campaign: Campaign, form: ShopForm) -> str:
    return render_template(
        "desk/goods_terms.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        terms=TermsForm(formdata=None, data={"collects": collects(campaign.id)}),
        shops=shops.kept_shops(campaign.id),
        states=SHOP_STATES,
        shapes=SHOP_SHAPES,
        form=form,
        problems=form.problems(),
    )


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("desk.goodsterms.show", public_id=public_id), 303)
