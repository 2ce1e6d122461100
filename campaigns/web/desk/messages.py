"""Messages to supporters on the desk: how many would read one, writing it, and what became of those before.

Nobody's address is shown here, nor who follows: only how many.
"""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import HiddenField, RadioField, SelectField

from campaigns.base.extensions import db
from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.languages import LANGUAGES
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import PUBLIC
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.supporters import following, messages
from campaigns.domain.supporters.models import Audience, MessageState, SupporterMessage
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("messages", __name__)
STATES = {
    MessageState.WAITING: _l("waits for a moderator"),
    MessageState.APPROVED: _l("approved"),
    MessageState.RETURNED: _l("changes asked for"),
    MessageState.REJECTED: _l("rejected"),
}
SHAPES = {
    MessageState.WAITING: "◔",
    MessageState.APPROVED: "●",
    MessageState.RETURNED: "◑",
    MessageState.REJECTED: "✕",
}
AUDIENCES = {
    Audience.ALL: _l("Everybody who follows the campaign"),
    Audience.DONORS: _l("Donors who agreed to letters"),
}
REFUSALS = {
    "closed": _l("Messages can be written once the campaign is public."),
    "soon": _l("One message a month is enough: the next one can wait a little."),
    "nobody": _l("Nobody would get this message yet."),
    "personal": _l(
        "This looks like the telephone number, national code or account of a person. Leave it out."
    ),
}


class MessageForm(StaffForm):
    again = HiddenField()
    audience = RadioField(_l("To whom"), choices=choices(AUDIENCES.items()), default=Audience.ALL.value)
    subject = LineField(_l("Subject"), [required(_l("Write a subject"))], longest=100)
    body = TextField(
        _l("What you write"),
        [required(_l("Write the message"))],
        longest=3000,
        description=_l("Plain and calm; no names of those helped. A moderator reads it first."),
    )
    language = SelectField(
        _l("Language"),
        choices=choices((code, item.native_name) for code, item in LANGUAGES.items()),
        default="fa",
    )


@page.get("/c/<public_id>/messages")
@needs(Permission.POST_UPDATE)
def show(public_id: str) -> ResponseReturnValue:
    """`again` names a message that was sent back: the form begins with its words."""
    campaign = mine(public_id, Permission.POST_UPDATE)
    again = _sent_back(campaign, request.args.get("again", ""))
    return _page(campaign, MessageForm(obj=again, data={"again": again.public_id if again else ""}))


@page.post("/c/<public_id>/messages")
@needs(Permission.POST_UPDATE)
def write(public_id: str) -> ResponseReturnValue:
    campaign, form = mine(public_id, Permission.POST_UPDATE, lock=True), MessageForm()
    again = _sent_back(campaign, form.again.data or "")
    if not form.validate():
        return _page(campaign, form), 422
    said = form.subject.data, form.body.data, form.language.data
    try:
        messages.write(campaign, current_user, Audience(form.audience.data), said, form.hidden_marks(), again)
    except messages.NotSent as refusal:
        db.session.rollback()
        field = form.audience if refusal.why == "nobody" else form.body
        field.errors = [str(REFUSALS[refusal.why])]
        return _page(mine(public_id, Permission.POST_UPDATE), form), 422
    db.session.commit()
    flash(_("Sent to the moderators. It goes out once, ten minutes after they agree."), "ok")
    return redirect(url_for("desk.messages.show", public_id=public_id), 303)


def _sent_back(campaign: Campaign, public_id: str) -> SupporterMessage | None:
    found = messages.returned(campaign.id, public_id) if public_id else None
    if public_id and found is None:
        abort(404)
    return found


def _page(campaign: Campaign, form: MessageForm) -> str:
    rows = messages.written(campaign.id)
    counts = following.count(campaign.id)
    return render_template(
        "desk/messages.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        rows=rows,
        words=words_about("letter", [row for row, _mailing in rows]),
        everybody=counts[Audience.ALL],
        donors=counts[Audience.DONORS],
        free_from=messages.free_from(campaign.id),
        is_open=campaign.approved_at is not None and campaign.state in PUBLIC,
        audiences=AUDIENCES,
        states=STATES,
        shapes=SHAPES,
    )
