"""Who is told when the numbers of a campaign change: addresses, their secrets, what was sent and what came of it."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.fields import LineField, required
from campaigns.base.forms import StaffForm
from campaigns.base.outside import NotAllowed
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.webhooks import endpoints
from campaigns.domain.webhooks.endpoints import MOST, Refused
from campaigns.domain.webhooks.models import Endpoint, MessageState
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("webhooks", __name__)
STATES = {
    MessageState.WAITING: _l("waits for its next try"),
    MessageState.DONE: _l("arrived"),
    MessageState.DEAD: _l("given up"),
}
SHAPES = {MessageState.WAITING: "◔", MessageState.DONE: "●", MessageState.DEAD: "✕"}
REFUSALS = {
    "again": _l("This address is told already."),
    "many": _l("A campaign tells five addresses at most. Remove one first."),
    "address": _l("This is no address we can send to. Write all of it, such as https://example.org/pooyesh."),
    "scheme": _l("The address has to begin with https://."),
    "port": _l("The address may not name a port."),
    "private": _l("This address lies inside a network that is not public. We send to none of those."),
    "unknown": _l("No machine answers to this name. Look for a slip of the pen."),
}


class AddressForm(StaffForm):
    url = LineField(
        _l("Address that is told"),
        [required(_l("Write the address"))],
        longest=400,
        description=_l("Begins with https://. It gets a signed message at most once a minute."),
    )


class ActForm(StaffForm):
    """A button by itself."""


@page.get("/c/<public_id>/webhooks")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    return _page(mine(public_id, Permission.EDIT_CAMPAIGN), AddressForm())


@page.post("/c/<public_id>/webhooks")
@needs(Permission.EDIT_CAMPAIGN)
def add(public_id: str) -> ResponseReturnValue:
    """The secret is on the page that answers, and nowhere afterwards."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    form = AddressForm()
    if not form.validate():
        return _page(campaign, form), 422
    db.session.commit()  # no transaction stays open while the name is looked up
    try:
        endpoints.check(form.url.data, private=_private())
        campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
        made, secret = endpoints.add(campaign, form.url.data, current_user)
    except (NotAllowed, Refused) as refused:
        form.url.errors = [REFUSALS[refused.why]]
        return _page(campaign, form), 422
    db.session.commit()
    return _page(campaign, AddressForm(formdata=None), made, secret)


@page.post("/c/<public_id>/webhooks/<one>/secret")
@needs(Permission.EDIT_CAMPAIGN)
def renew(public_id: str, one: str) -> ResponseReturnValue:
    campaign, endpoint = _mine(public_id, one)
    secret = endpoints.renew(endpoint)
    db.session.commit()
    return _page(campaign, AddressForm(formdata=None), endpoint, secret)


@page.post("/c/<public_id>/webhooks/<one>/remove")
@needs(Permission.EDIT_CAMPAIGN)
def remove(public_id: str, one: str) -> ResponseReturnValue:
    _campaign, endpoint = _mine(public_id, one)
    endpoints.remove(endpoint)
    db.session.commit()
    flash(_("It is told nothing more."), "ok")
    return redirect(url_for("desk.webhooks.show", public_id=public_id), 303)


@page.post("/c/<public_id>/webhooks/messages/<one>")
@needs(Permission.EDIT_CAMPAIGN)
def again(public_id: str, one: str) -> ResponseReturnValue:
    """A message is sent once more."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    _checked()
    if not endpoints.send_again(campaign.id, one):
        abort(404)
    db.session.commit()
    flash(_("It is sent once more, with the same words and the same number."), "ok")
    return redirect(url_for("desk.webhooks.show", public_id=public_id), 303)


def _mine(public_id: str, one: str) -> tuple[Campaign, Endpoint]:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    _checked()
    endpoint = endpoints.find(campaign.id, one)
    return (campaign, endpoint) if endpoint else abort(404)


def _checked() -> None:
    if not ActForm().validate():
        abort(400)


def _private() -> bool:
    return not current_app.config["SETTINGS"].production


def _page(campaign: Campaign, form: AddressForm, fresh: Endpoint | None = None, secret: str = "") -> str:
    return render_template(
        "desk/webhooks.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        act=ActForm(formdata=None),
        there=endpoints.of_campaign(campaign.id),
        messages=endpoints.messages_of(campaign.id),
        states=STATES,
        shapes=SHAPES,
        most=MOST,
        fresh=fresh,
        secret=secret,
    )
