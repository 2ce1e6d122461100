"""A reported problem before a moderator: its files, who looks into it, and words of its own for the verdicts."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.config import Settings
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.moderation.contract import Item
from campaigns.domain.problems import actions, evidence, freezing, queries
from campaigns.domain.problems.words import KIND_LABELS, STATE_LABELS, STEP_LABELS
from campaigns.web.guards import needs
from campaigns.web.review.rows import one
from campaigns.web.strangers import answer

page = Blueprint("problem", __name__)


@page.get("/problem/<public_id>/evidence/<file>")
@needs(Permission.MODERATE)
def shown(public_id: str, file: str) -> ResponseReturnValue:
    """404 where it is none of this case, or gone."""
    row = queries.evidence(_found(public_id).thing, file) or abort(404)
    settings: Settings = current_app.config["SETTINGS"]
    data = evidence.data_of(row, settings.data_dir)
    if data is None:
        abort(404)
    made: Response = answer(data, row.kind, f"case-{row.id}{evidence.ENDINGS[row.kind]}")
    return made


@page.post("/problem/<public_id>/assign")
@needs(Permission.MODERATE)
def assign(public_id: str) -> ResponseReturnValue:
    """Whoever presses it takes it on, or lets it go."""
    csrf.protect()
    item = _found(public_id)
    takes = request.form.get("take") == "1"
    actions.assign(item.thing, current_user if takes else None)
    db.session.commit()
    flash(_("You look into it now.") if takes else _("Nobody looks into it now."), "ok")
    return redirect(url_for("review.item.show", kind="problem", public_id=public_id), 303)


def words_of_problem(item: Item) -> dict[str, Any]:
    """What the template of a reported problem knows besides the item."""
    if item.kind != "problem":
        return {}
    return {
        "problem_kinds": KIND_LABELS,
        "problem_states": STATE_LABELS,
        "step_labels": STEP_LABELS,
        "case_steps": queries.steps_of(item.thing),
        "files": queries.evidence_of(item.thing),
        "others": queries.open_of(item.campaign.id) - (1 if item.thing.state in {"waiting", "asked"} else 0),
        "freezes": freezing.freezes_of(item.campaign.id),
        "looks_into_it": item.thing.assignee_id == current_user.id,
        "verdict_words": {
            "approve": _("It is right: close it"),
            "return": _("Ask the reporter back"),
            "reject": _("Nothing is wrong: close it"),
        },
        "note_label": _("To the reporter: they read it on the page of their case"),
    }


def _found(public_id: str) -> Item:
    return one("problem", public_id) or abort(404)
