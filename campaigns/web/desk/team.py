"""The team of a campaign: inviting somebody with a role, and taking it back. For who leads the campaign."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField
from wtforms.validators import ValidationError

from campaigns.base.extensions import csrf, db
from campaigns.base.fields import LineField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts import team
from campaigns.domain.accounts.identity import email_of
from campaigns.domain.accounts.permissions import ROLE_LABELS, Permission, Role
from campaigns.domain.accounts.resets import INVITED_HOURS
from campaigns.domain.accounts.team_models import TeamInvitation
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.notices.actions import write
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.letterlinks import link
from campaigns.web.locale import language

page = Blueprint("team", __name__)
STATES = {"waiting": _l("has not answered yet"), "accepted": _l("is on the team")}
SHAPES = {"waiting": "◔", "accepted": "●"}
ROLES = {
    Role.ORGANIZER: _l("Organizer: texts, updates, gifts, promised goods and volunteers of this campaign"),
    Role.VIEWER: _l("Viewer: sees gifts and figures, changes nothing"),
}
REFUSALS = {
    "self": _l("This is your own address."),
    "there": _l("This address is invited already, or on the team."),
    "many": _l("Twenty invitations wait for an answer. Take one back first."),
}


class TeamForm(StaffForm):
    name = LineField(_l("Name"), [required(_l("Write the name"))], longest=120)
    email = LineField(_l("E-mail"), longest=254, description=_l("The invitation goes there."))
    role = RadioField(_l("Role"), choices=choices(ROLES.items()), default=Role.ORGANIZER.value)

    def validate_email(self, field: LineField) -> None:
        if email_of(field.data or "") is None:
            raise ValidationError(
                _("Write the whole address, such as %(address)s", address="nima@example.org")
            )


@page.get("/c/<public_id>/team")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_led(public_id), TeamForm(formdata=None))


@page.post("/c/<public_id>/team")
@needs(Permission.EDIT_CAMPAIGN)
def invite(public_id: str) -> ResponseReturnValue:
    campaign, form = _led(public_id, lock=True), TeamForm()
    if not form.validate():
        return _page(campaign, form), 422
    try:
        invitation, secret = team.invite(
            current_user,
            campaign.id,
            email_of(form.email.data) or "",
            form.name.data,
            language().code,
            Role(form.role.data),
        )
    except team.NotInvited as refusal:
        db.session.rollback()
        form.email.errors = [str(REFUSALS[refusal.why])]
        return _page(_led(public_id), form), 422
    _write(campaign, invitation, secret)
    db.session.commit()
    flash(_("The invitation is on its way."), "ok")
    return redirect(url_for("desk.team.show", public_id=public_id), 303)


@page.post("/c/<public_id>/team/<invitation>/end")
@needs(Permission.EDIT_CAMPAIGN)
def end(public_id: str, invitation: str) -> ResponseReturnValue:
    csrf.protect()
    campaign = _led(public_id, lock=True)
    if not team.end(current_user, campaign.id, invitation):
        abort(404)
    db.session.commit()
    flash(_("It is ended. It no longer counts."), "ok")
    return redirect(url_for("desk.team.show", public_id=public_id), 303)


def _led(public_id: str, *, lock: bool = False) -> Campaign:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=lock)
    if not team.leads(current_user.id, where_is(campaign)):
        abort(404)
    return campaign


def _write(campaign: Campaign, invitation: TeamInvitation, secret: str) -> None:
    """In the reader's language. Who was shut out gets no letter, and nobody is told."""
    user = invitation.user
    if not user.is_enabled:
        return
    with force_locale(user.language):
        role = str(ROLE_LABELS[Role(invitation.role)])
    write(
        f"team:{invitation.public_id}",
        user.email,
        user.language,
        "team_invitation",
        name=invitation.name,
        inviter=current_user.name,
        title=cards_of([campaign.id], user.language)[campaign.id].title or campaign.slug,
        role=role,
        url=link(user.language, "account.me.show"),
        password_url=link(user.language, "account.reset.choose", secret=secret) if secret else "",
        hours=INVITED_HOURS,
    )


def _page(campaign: Campaign, form: TeamForm) -> str:
    return render_template(
        "desk/team.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        rows=team.team(campaign.id),
        roles=ROLE_LABELS,
        states=STATES,
        shapes=SHAPES,
    )
