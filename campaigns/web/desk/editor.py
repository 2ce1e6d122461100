"""The editor: one small page a part, each saved on its own. Whatever happens, what was typed comes back."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from campaigns.base.digits import grouped
from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.actions import as_edited, save_part
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import EDITABLE, State, WrongMove
from campaigns.domain.campaigns.version_models import CampaignVersion
from campaigns.domain.campaigns.versions import find, mark, put_aside
from campaigns.themes import THEMES, contrast_table
from campaigns.web.desk.clash import ALL, Clash, began_with, clash_of
from campaigns.web.desk.filled import form_of
from campaigns.web.desk.help import Help, help_with
from campaigns.web.desk.labels import PART_LABELS
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import newest_edit, words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("editor", __name__)
PARTS = "any(basics, goal, story, look, faq, blocks)"
"""Of the blocks only the address is made here: their pages are in `blocks`."""


@page.get(f"/c/<public_id>/<{PARTS}:part>")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str, part: str) -> ResponseReturnValue:
    """Shows the part as it stands; where an edit of it waits or was sent back, that edit.

    `from` names an older version: the form begins with its words, and saving it is a save like any other.
    """
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    present = as_edited(campaign, Part(part))
    older = _older(campaign, Part(part))
    form = form_of(campaign, Part(part), older.data if older else present)
    return _page(campaign, Part(part), form, mark(present), older=older, help=help_with(present))


@page.post(f"/c/<public_id>/<{PARTS}:part>")
@needs(Permission.EDIT_CAMPAIGN)
def save(public_id: str, part: str) -> ResponseReturnValue:
    """Saves the part, unless somebody else has meanwhile: then both see what the other wrote, and nothing is lost."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    form = form_of(campaign, Part(part), parts.read(campaign, Part(part)))
    if not form.validate():
        return _page(campaign, Part(part), form, began_with()), 422
    if request.form.get("take") == ALL:
        return _put_aside(campaign, Part(part), form.as_part())
    clash = clash_of(campaign, Part(part), form.as_part())
    if clash:
        both = form_of(campaign, Part(part), clash.values, typed=False)
        return _page(campaign, Part(part), both, clash.mark, clash=clash), 409
    try:
        edit = save_part(campaign, Part(part), form.as_part(), current_user, form.hidden_marks())
    except WrongMove:
        db.session.rollback()
        there = mine(public_id, Permission.EDIT_CAMPAIGN)
        return _page(there, Part(part), form, began_with(), refused=True), 409
    db.session.commit()
    flash(_("Saved. It is shown once a moderator has agreed.") if edit else _("Saved."), "ok")
    if request.form.get("then") == "stay":
        return redirect(url_for("desk.editor.show", public_id=public_id, part=part), 303)
    _say_help(len(help_with(form.as_part())), Part(part))
    return redirect(url_for("desk.campaign.show", public_id=public_id), 303)


def _say_help(number: int, part: Part) -> None:
    """What was saved is saved; but there are things worth a second look."""
    if number:
        sentence = ngettext(
            "Writing help: one thing to look at again in “%(part)s”.",
            "Writing help: %(n)s things to look at again in “%(part)s”.",
            number,
            n=grouped(number, language().code),
            part=PART_LABELS[part],
        )
        flash(sentence, "info")


def _put_aside(campaign: Campaign, part: Part, data: parts.Data) -> ResponseReturnValue:
    """They take what the other wrote; their own words stay in the history."""
    put_aside(campaign, part, data, current_user)
    db.session.commit()
    flash(_("Here is what the other wrote. What you wrote is kept among the versions."), "ok")
    return redirect(url_for("desk.editor.show", public_id=campaign.public_id, part=part), 303)


def _older(campaign: Campaign, part: Part) -> CampaignVersion | None:
    wanted = request.args.get("from", "")
    if not wanted:
        return None
    version = find(campaign.id, wanted)
    if version is None or version.part != part:
        abort(404)
    return version


def _page(
    campaign: Campaign,
    part: Part,
    form: object,
    began: str,
    *,
    refused: bool = False,
    clash: Clash | None = None,
    older: CampaignVersion | None = None,
    help: Sequence[Help] = (),
) -> str:
    """`began`: the mark of the version this form starts from."""
    edit = newest_edit(campaign, part)
    return render_template(
        f"desk/parts/{part.value}.html",
        campaign=campaign,
        part=part,
        label=PART_LABELS[part],
        labels=PART_LABELS,
        form=form,
        began=began,
        clash=clash,
        all_of_theirs=ALL,
        older=older,
        help=help,
        is_draft=campaign.state in EDITABLE,
        is_read=campaign.state == State.SUBMITTED,
        refused=refused,
        words=words_about("edit", [edit]).get(edit.id) if edit else None,
        themes=THEMES,
        contrasts={mode: contrast_table(campaign.theme, mode, campaign.accent) for mode in ("light", "dark")},
    )
