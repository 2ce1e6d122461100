"""One thing in the queue: reading it, deciding, writing to the other moderators, taking a decision back."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.text import clean
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.insights.changed_page import changed_page
from campaigns.domain.moderation import queries
from campaigns.domain.moderation.actions import Refused, decide, take_back
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.notes import note_on
from campaigns.domain.moderation.verdicts import VERDICT_LABELS, Reason, Verdict
from campaigns.domain.notices.letters import take_back_verdict
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.needs import shown
from campaigns.web.render import themed
from campaigns.web.review.itempage import Said, values_of
from campaigns.web.review.letters import tell_author
from campaigns.web.review.rows import one

page = Blueprint("item", __name__)


@page.get("/<kind>/<public_id>")
@needs(Permission.MODERATE)
def show(kind: str, public_id: str) -> ResponseReturnValue:
    return _page(_found(kind, public_id))


@page.post("/<kind>/<public_id>")
@needs(Permission.MODERATE)
def decision(kind: str, public_id: str) -> ResponseReturnValue:
    csrf.protect()
    item = _found(kind, public_id)
    said = Said(
        verdict=_one_of(Verdict, request.form.get("verdict")),
        reason=_one_of(Reason, request.form.get("reason")),
        note=clean(request.form.get("note", "")[:2000], lines=True),
    )
    try:
        if said.verdict is None:
            raise Refused("verdict")
        seen = request.form.get("seen", "")
        made = decide(item, current_user, said.verdict, said.reason, said.note, seen)
        tell_author(item, made)
    except Refused as refusal:
        db.session.rollback()
        return _page(_found(kind, public_id), refusal.why, said), 422
    db.session.commit()
    done = VERDICT_LABELS[said.verdict]
    flash(_("Done: %(what)s. You can take it back for ten minutes.", what=done), "ok")
    return redirect(url_for("review.item.show", kind=kind, public_id=public_id), 303)


@page.post("/<kind>/<public_id>/undo/<decision_id>")
@needs(Permission.MODERATE)
def undo(kind: str, public_id: str, decision_id: str) -> ResponseReturnValue:
    csrf.protect()
    item = _found(kind, public_id)
    made = queries.decision(decision_id)
    if made is None or (made.subject_kind, made.subject_id) != (kind, item.thing.id):
        abort(404)
    try:
        take_back(item, made, current_user)
        take_back_verdict(made.public_id)
    except Refused as refusal:
        db.session.rollback()
        return _page(_found(kind, public_id), refusal.why), 422
    db.session.commit()
    flash(_("Taken back. It waits in the queue again."), "ok")
    return redirect(url_for("review.item.show", kind=kind, public_id=public_id), 303)


@page.post("/<kind>/<public_id>/notes")
@needs(Permission.MODERATE)
def note(kind: str, public_id: str) -> ResponseReturnValue:
    """A word to the other moderators. An empty one is none."""
    csrf.protect()
    item = _found(kind, public_id)
    body = clean(request.form.get("body", "")[:2000], lines=True)
    if not body:
        return _page(item, "body"), 422
    note_on(item, current_user, body)
    db.session.commit()
    flash(_("The note is kept. Only moderators read it."), "ok")
    return redirect(url_for("review.item.show", kind=kind, public_id=public_id, _anchor="notes"), 303)


@page.get("/campaign/<public_id>/page")
@needs(Permission.MODERATE)
def preview(public_id: str) -> ResponseReturnValue:
    """The page as it would look, for the frame on the item's page; `changed`: with the changes that wait."""
    item, code = _found("campaign", public_id), language().code
    changed = request.args.get("changed") == "1"
    view = changed_page(item.campaign, code) if changed else campaign_page(item.campaign, code, preview=True)
    wanted = shown(item.campaign, live=False)
    return themed(view.theme, "site/campaign.html", page=view, needs=wanted)


def _found(kind: str, public_id: str) -> Item:
    item = one(kind, public_id)
    if item is None:
        abort(404)
    return item


def _page(item: Item, refusal: str = "", said: Said | None = None) -> str:
    return render_template("review/item.html", **values_of(item, refusal, said or Said()))


def _one_of(kind: type, value: str | None) -> object:
    return kind(value) if value in set(kind) else None
