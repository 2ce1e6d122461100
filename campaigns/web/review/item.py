"""One thing in the queue: what it says, what was said about it, and the decision."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.extensions import csrf, db
from campaigns.base.text import clean
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.campaigns.states import ANNOUNCED
from campaigns.domain.campaigns.steering import possible_moves
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.insights.readable import changes, taken_out
from campaigns.domain.insights.readable_needs import asked_for, edit_changes
from campaigns.domain.insights.readable_shops import shop_words
from campaigns.domain.moderation import queries
from campaigns.domain.moderation.actions import Refused, decide, take_back
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.moderation.verdicts import (
    REASON_LABELS,
    REASON_LETTERS,
    UNDO_WITHIN,
    VERDICT_LABELS,
    Reason,
    Verdict,
)
from campaigns.domain.notices.letters import take_back_verdict
from campaigns.domain.pictures.consent import ALLOWS_LABELS, HOW_LABELS, SEEN_LABELS
from campaigns.themes import LOOKS
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.needs import shown
from campaigns.web.render import themed
from campaigns.web.review.files import files_of
from campaigns.web.review.labels import KIND_LABELS, MISSING, REFUSALS
from campaigns.web.review.letters import tell_author
from campaigns.web.review.partners import title_of, words_for
from campaigns.web.review.rows import one, titles, visible

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
    note = clean(request.form.get("note", "")[:2000], lines=True)
    verdict = _one_of(Verdict, request.form.get("verdict"))
    reason = _one_of(Reason, request.form.get("reason"))
    try:
        if verdict is None:
            raise Refused("verdict")
        made = decide(item, current_user, verdict, reason, note)
        tell_author(item, made)
    except Refused as refusal:
        db.session.rollback()
        item = _found(kind, public_id)
        return _page(item, refusal=refusal.why, note=note, verdict=verdict, reason=reason), 422
    db.session.commit()
    flash(_("Done: %(what)s. You can take it back for ten minutes.", what=VERDICT_LABELS[verdict]), "ok")
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
        return _page(_found(kind, public_id), refusal=refusal.why), 422
    db.session.commit()
    flash(_("Taken back. It waits in the queue again."), "ok")
    return redirect(url_for("review.item.show", kind=kind, public_id=public_id), 303)


@page.get("/campaign/<public_id>/page")
@needs(Permission.MODERATE)
def preview(public_id: str) -> ResponseReturnValue:
    """The page as it would look, for the frame on the item's page."""
    item = _found("campaign", public_id)
    view = campaign_page(item.campaign, language().code, preview=True)
    wanted = shown(item.campaign, live=False)
    return themed(item.campaign.theme, "site/campaign.html", page=view, needs=wanted)


def _found(kind: str, public_id: str) -> Item:
    item = one(kind, public_id)
    if item is None:
        abort(404)
    return item


def _page(
    item: Item,
    refusal: str = "",
    note: str = "",
    verdict: Verdict | None = None,
    reason: Reason | None = None,
) -> str:
    subject = SUBJECTS[item.kind]
    history = queries.history(item)
    rest = [other for other in visible() if other.public_id != item.public_id]
    return render_template(
        "review/item.html",
        item=item,
        card=titles([item]).get(item.campaign.id) if item.campaign else None,
        own_title=title_of(item),
        kinds=KIND_LABELS,
        is_waiting=subject.is_waiting(item),
        is_own=item.author_id == current_user.id,
        verdicts=[(choice, VERDICT_LABELS[choice]) for choice in subject.verdicts],
        verdict_labels=VERDICT_LABELS,
        reasons=REASON_LABELS,
        reason_letters=REASON_LETTERS,
        approvals=[row for row in queries.standing(item) if row.verdict == Verdict.APPROVE],
        approvals_needed=subject.approvals_needed(item),
        history=history,
        undoable=[row.public_id for row in history if _may_undo(row, history)],
        changes=_changes(item),
        hidden=taken_out(item.thing.hidden_marks),
        next_item=rest[0] if rest else None,
        left=len(rest),
        steps=_steps(item),
        problems=_problems(refusal, note, reason),
        note=note,
        chosen_verdict=verdict,
        chosen_reason=reason,
        files=files_of(item),
        seen_labels=SEEN_LABELS,
        how_labels=HOW_LABELS,
        allows_labels=ALLOWS_LABELS,
        **words_for(item),
    )


def _problems(refusal: str, note: str, reason: Reason | None) -> list[tuple[str, object]]:
    """(field id, sentence) for what is missing in the form; a refusal that no field can mend leads to the top."""
    if refusal == "reason":
        needed = (("reason", reason), ("note", note))
        return [(name, MISSING[name]) for name, given in needed if not given]
    return [("verdict" if refusal == "verdict" else "main", REFUSALS[refusal])] if refusal else []


def _changes(item: Item) -> list[object]:
    if item.kind == "edit":
        return [*changes(item.thing.base, item.thing.data, language().code, LOOKS)]
    if item.kind == "need":
        return [*edit_changes(item.thing, language().code)]
    if item.kind == "campaign":
        return [
            change
            for part in parts.Part
            for change in changes({}, parts.read(item.campaign, part), language().code, LOOKS)
        ] + [*asked_for(item.campaign, language().code)]
    if item.kind == "shop":
        return [*shop_words(item.thing)]
    if item.kind == "update":
        return [*changes({}, {"title": item.thing.title, "story": item.thing.body}, language().code)]
    return []


def _steps(item: Item) -> list[tuple[object, object]]:
    """How this person may steer a campaign that has been approved."""
    if item.kind != "campaign" or item.campaign.state not in ANNOUNCED:
        return []
    if not may(current_user.id, Permission.STEER_CAMPAIGN, where_is(item.campaign)):
        return []
    return [*possible_moves(item.campaign)]


def _may_undo(row: Decision, history: object) -> bool:
    taken = {other.undoes_id for other in history}  # type: ignore[attr-defined]
    mine = row.actor_id == current_user.id and row.undoes_id is None and row.id not in taken
    return mine and now() - row.decided_at <= UNDO_WITHIN


def _one_of(kind: type, value: str | None) -> object:
    return kind(value) if value in set(kind) else None
