"""Thanking the donor of one gift: a sentence of the house, or own words that a moderator reads first. Once."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField
from wtforms.validators import ValidationError

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, choices
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import by_public_id
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.supporters import thanking
from campaigns.domain.supporters.models import GiftThanks, ThanksState
from campaigns.domain.supporters.thanking import TEMPLATE_WORDS, Template
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("thanks", __name__)
OWN = "own"
STATES = {
    ThanksState.WAITING: _l("waits for a moderator"),
    ThanksState.SHOWN: _l("shown"),
    ThanksState.RETURNED: _l("changes asked for"),
    ThanksState.REJECTED: _l("rejected"),
}
REFUSALS = {
    "gone": _l("This gift has gone back to its donor."),
    "thanked": _l("The donor of this gift was thanked already."),
    "personal": _l(
        "This looks like the telephone number, national code or account of a person. Leave it out."
    ),
}


class ThanksForm(StaffForm):
    template = RadioField(
        _l("What it says"),
        choices=choices([*TEMPLATE_WORDS.items(), (OWN, _l("Own words, which a moderator reads first"))]),
        default=Template.WARM.value,
    )
    body = TextField(
        _l("Own words"),
        longest=600,
        description=_l("Only if you chose own words. No names of those helped."),
    )

    def validate_body(self, field: TextField) -> None:
        if self.template.data == OWN and not field.data:
            raise ValidationError(_("Write your thanks, or choose one of the sentences"))

    def chosen(self) -> Template | None:
        return None if self.template.data == OWN else Template(self.template.data)


@page.get("/c/<public_id>/gifts/<gift>/thanks")
@needs(Permission.POST_UPDATE)
def show(public_id: str, gift: str) -> ResponseReturnValue:
    campaign, found = _found(public_id, gift)
    thanks = _of(found)
    filled = {"template": OWN, "body": thanks.body} if thanks and not thanks.template else {}
    return _page(campaign, found, thanks, ThanksForm(formdata=None, data=filled))


@page.post("/c/<public_id>/gifts/<gift>/thanks")
@needs(Permission.POST_UPDATE)
def thank(public_id: str, gift: str) -> ResponseReturnValue:
    campaign, found = _found(public_id, gift)
    form = ThanksForm()
    if not form.validate():
        return _page(campaign, found, _of(found), form), 422
    try:
        thanks = thanking.thank(found, current_user, form.chosen(), form.body.data or "", form.hidden_marks())
    except thanking.NotThanked as refusal:
        db.session.rollback()
        form.body.errors = [str(REFUSALS[refusal.why])]
        return _page(campaign, found, _of(found), form), 422
    waits = thanks.state == ThanksState.WAITING
    db.session.commit()
    flash(_("Sent. A moderator reads it first.") if waits else _("Done. It stands on the receipt."), "ok")
    return redirect(url_for("desk.gifts.show", public_id=public_id), 303)


def _found(public_id: str, gift: str) -> tuple[Campaign, Contribution]:
    campaign = mine(public_id, Permission.POST_UPDATE)
    found = by_public_id(campaign.id, gift)
    if found is None or found.received_at is None:
        abort(404)
    return campaign, found


def _of(gift: Contribution) -> GiftThanks | None:
    return thanking.of_gifts([gift.id]).get(gift.id)


def _page(campaign: Campaign, gift: Contribution, thanks: GiftThanks | None, form: ThanksForm) -> str:
    return render_template(
        "desk/thanks.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        gift=gift,
        name="" if gift.hide_name else gift.donor_name,
        message=gift.message if gift.message_state == "shown" else "",
        thanks=thanks,
        text=thanking.text_of(thanks, language().code) if thanks else "",
        words=words_about("thanks", [thanks]).get(thanks.id) if thanks else None,
        may_thank=(thanks is None or thanks.state == ThanksState.RETURNED) and gift.refunded_at is None,
        states=STATES,
        form=form,
    )
