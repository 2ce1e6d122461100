"""The editor: one small page a part, each saved on its own. Whatever happens, what was typed comes back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.actions import save_part
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import EDITABLE, State, WrongMove
from campaigns.themes import THEMES, contrast_table
from campaigns.web.desk.filled import form_of
from campaigns.web.desk.labels import PART_LABELS
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import newest_edit, words_about
from campaigns.web.guards import needs

page = Blueprint("editor", __name__)
PARTS = "any(basics, goal, story, look, faq, blocks)"
"""Of the blocks only the address is made here: their pages are in `blocks`."""


@page.get(f"/c/<public_id>/<{PARTS}:part>")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str, part: str) -> ResponseReturnValue:
    """Shows the part as it stands; where an edit of it waits or was sent back, that edit."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    edit = newest_edit(campaign, Part(part))
    data = edit.data if edit else parts.read(campaign, Part(part))
    return _page(campaign, Part(part), form_of(campaign, Part(part), data))


@page.post(f"/c/<public_id>/<{PARTS}:part>")
@needs(Permission.EDIT_CAMPAIGN)
def save(public_id: str, part: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    form = form_of(campaign, Part(part), parts.read(campaign, Part(part)))
    if not form.validate():
        return _page(campaign, Part(part), form), 422
    try:
        edit = save_part(campaign, Part(part), form.as_part(), current_user, form.hidden_marks())
    except WrongMove:
        db.session.rollback()
        return _page(mine(public_id, Permission.EDIT_CAMPAIGN), Part(part), form, refused=True), 409
    db.session.commit()
    flash(_("Saved. It is shown once a moderator has agreed.") if edit else _("Saved."), "ok")
    return redirect(url_for("desk.campaign.show", public_id=public_id), 303)


def _page(campaign: Campaign, part: Part, form: object, *, refused: bool = False) -> str:
    edit = newest_edit(campaign, part)
    return render_template(
        f"desk/parts/{part.value}.html",
        campaign=campaign,
        part=part,
        label=PART_LABELS[part],
        labels=PART_LABELS,
        form=form,
        is_draft=campaign.state in EDITABLE,
        is_read=campaign.state == State.SUBMITTED,
        refused=refused,
        words=words_about("edit", [edit]).get(edit.id) if edit else None,
        themes=THEMES,
        contrasts={mode: contrast_table(campaign.theme, mode) for mode in ("light", "dark")},
    )
