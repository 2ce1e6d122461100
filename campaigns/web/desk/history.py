"""The versions of a campaign's parts: who saved what and when, the words that changed, and one step back."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.actions import as_edited, save_part
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.campaigns.states import EDITABLE, State, WrongMove
from campaigns.domain.campaigns.version_models import CampaignVersion
from campaigns.domain.campaigns.versions import before, find, listed, mark
from campaigns.web.desk.clash import began_with
from campaigns.web.desk.fieldwords import sides
from campaigns.web.desk.filled import fits, has_form
from campaigns.web.desk.labels import PART_LABELS
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs

page = Blueprint("history", __name__)
A_PAGE = 30
EDIT_LABELS = {
    "waiting": _l("waits for a moderator"),
    "approved": _l("agreed to"),
    "returned": _l("changes asked for"),
    "rejected": _l("rejected"),
    "replaced": _l("replaced by a later one"),
}
EDIT_SHAPES = {"waiting": "◔", "approved": "●", "returned": "◑", "rejected": "✕", "replaced": "○"}


@page.get("/c/<public_id>/history")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    """`part` narrows it to one part."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    wanted = request.args.get("part", "")
    part = Part(wanted) if wanted in set(Part) else None
    number = max(1, min(request.args.get("page", 1, int), 1_000))
    found = listed(campaign.id, part, A_PAGE + 1, (number - 1) * A_PAGE)
    return render_template(
        "desk/history.html",
        campaign=campaign,
        part=part,
        versions=found[:A_PAGE],
        older=len(found) > A_PAGE,
        page_number=number,
        labels=PART_LABELS,
        edit_labels=EDIT_LABELS,
        edit_shapes=EDIT_SHAPES,
    )


@page.get("/c/<public_id>/history/<version>")
@needs(Permission.EDIT_CAMPAIGN)
def version(public_id: str, version: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    chosen = _found(campaign, version)
    part = Part(chosen.part)
    earlier, present = before(chosen), as_edited(campaign, part)
    return render_template(
        "desk/version.html",
        campaign=campaign,
        version=chosen,
        part=part,
        label=PART_LABELS[part],
        earlier=earlier,
        done=sides(earlier.data, chosen.data) if earlier else None,
        back=sides(read(campaign, part), chosen.data),
        began=mark(present),
        may_restore=campaign.state != State.SUBMITTED and mark(present) != chosen.mark,
        is_draft=campaign.state in EDITABLE,
        has_form=has_form(part),
        edit_labels=EDIT_LABELS,
        edit_shapes=EDIT_SHAPES,
    )


@page.post("/c/<public_id>/history/<version>")
@needs(Permission.EDIT_CAMPAIGN)
def restore(public_id: str, version: str) -> ResponseReturnValue:
    """Saves an older version as anything is saved: for a campaign with a page a moderator agrees first.

    What no longer fits (an address another campaign has by now) is mended in the form, which opens with its words.
    """
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    csrf.protect()
    chosen = _found(campaign, version)
    part = Part(chosen.part)
    here = url_for("desk.history.version", public_id=public_id, version=version)
    if began_with() != mark(as_edited(campaign, part)):
        flash(_("Somebody has saved this page meanwhile. Look again before you restore."), "warn")
        return redirect(here, 303)
    if not fits(campaign, part, chosen.data):
        flash(_("Something of it no longer fits. Look it over, mend it and save."), "warn")
        return redirect(url_for("desk.editor.show", public_id=public_id, part=part, **{"from": version}), 303)
    try:
        edit = save_part(campaign, part, chosen.data, current_user)
    except WrongMove:
        db.session.rollback()
        flash(_("This campaign is being reviewed. Take it back first, then change it."), "warn")
        return redirect(here, 303)
    db.session.commit()
    flash(_("Restored. It is shown once a moderator has agreed.") if edit else _("Restored."), "ok")
    return redirect(url_for("desk.campaign.show", public_id=public_id), 303)


def _found(campaign: Campaign, public_id: str) -> CampaignVersion:
    version = find(campaign.id, public_id)
    if version is None or version.part not in set(Part):
        abort(404)
    return version
