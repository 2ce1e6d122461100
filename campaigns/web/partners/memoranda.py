"""One memorandum for the office: its state, its papers, sending it, taking it back, ending it early."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.extensions import csrf, db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.moderation.queries import words_to_author
from campaigns.domain.moderation.verdicts import REASON_LABELS
from campaigns.domain.partners import actions
from campaigns.domain.partners.models import Memorandum
from campaigns.domain.partners.queries import moves_of, paper, papers_of
from campaigns.domain.partners.states import PUBLIC, RUNNING, Move, WrongMove, state_on
from campaigns.domain.partners.words import STATE_LABELS, STATE_SHAPES
from campaigns.domain.volunteers.words import DIVISION_LABELS
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.partners import reach
from campaigns.web.partners.forms import EndForm
from campaigns.web.partners.words import MISSING, REFUSALS

page = Blueprint("memoranda", __name__)


@page.get("/memoranda/<memorandum>")
@needs(Permission.MANAGE_PARTNERS)
def show(memorandum: str) -> ResponseReturnValue:
    return _page(reach.memorandum(memorandum))


@page.get("/memoranda/<memorandum>/papers/<any(signed, public):use>")
@needs(Permission.MANAGE_PARTNERS)
def papers(memorandum: str, use: str) -> ResponseReturnValue:
    """The file, to be kept: a browser never draws it here."""
    return attached(reach.memorandum(memorandum), use)


@page.post("/memoranda/<memorandum>/send")
@needs(Permission.MANAGE_PARTNERS)
def send(memorandum: str) -> ResponseReturnValue:
    return _step(
        memorandum,
        lambda found: actions.send(found, current_user),
        _("It waits for a moderator. Nobody outside sees it before that."),
    )


@page.post("/memoranda/<memorandum>/withdraw")
@needs(Permission.MANAGE_PARTNERS)
def withdraw(memorandum: str) -> ResponseReturnValue:
    return _step(
        memorandum,
        lambda found: actions.move(found, Move.WITHDRAW, current_user),
        _("It is a draft again."),
    )


@page.get("/memoranda/<memorandum>/end")
@needs(Permission.MANAGE_PARTNERS)
def consider(memorandum: str) -> ResponseReturnValue:
    return _ending(reach.memorandum(memorandum), EndForm())


@page.post("/memoranda/<memorandum>/end")
@needs(Permission.MANAGE_PARTNERS)
def end(memorandum: str) -> ResponseReturnValue:
    found, form = reach.memorandum(memorandum, lock=True), EndForm()
    if not form.validate():
        return _ending(found, form), 422
    try:
        actions.end_early(found, current_user, form.why.data)
    except (actions.Refused, WrongMove):
        db.session.rollback()
        form.why.errors = [str(REFUSALS["over"])]
        return _ending(reach.memorandum(memorandum), form), 422
    db.session.commit()
    flash(_("It has ended. Its page says so, with your reason."), "ok")
    return redirect(url_for("partners.memoranda.show", memorandum=memorandum), 303)


def attached(memorandum: Memorandum, use: str) -> Response:
    """A paper of a memorandum as a download; 404 where there is none."""
    kept = paper(memorandum, use)
    if kept is None:
        abort(404)
    name = {"Content-Disposition": f'attachment; filename="memorandum-{memorandum.public_id[:8]}.pdf"'}
    return Response(kept.content, mimetype="application/pdf", headers=name)


def _step(public_id: str, step: Callable[[Memorandum], None], done: str) -> ResponseReturnValue:
    csrf.protect()
    found = reach.memorandum(public_id, lock=True)
    try:
        step(found)
    except (actions.Refused, WrongMove) as why:
        db.session.rollback()
        word = why.why if isinstance(why, actions.Refused) else "moved"
        return _page(reach.memorandum(public_id), str(REFUSALS[word])), 422
    db.session.commit()
    flash(done, "ok")
    return redirect(url_for("partners.memoranda.show", memorandum=public_id), 303)


def _page(memorandum: Memorandum, problem: str = "") -> str:
    state = state_on(memorandum, tehran_day(now()))
    return render_template(
        "partners/memorandum.html",
        memorandum=memorandum,
        state=state,
        is_public=state in PUBLIC,
        may_end=state in RUNNING,
        cards=cards_of([campaign.id for campaign in memorandum.campaigns], language().code),
        papers=papers_of(memorandum),
        missing=[MISSING[word] for word in actions.missing(memorandum)],
        moves=moves_of(memorandum),
        word=words_to_author("memorandum", [memorandum.id]).get(memorandum.id),
        me=current_user.id,
        problem=problem,
        divisions=DIVISION_LABELS,
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        reasons=REASON_LABELS,
    )


def _ending(memorandum: Memorandum, form: EndForm) -> str:
    may_end = state_on(memorandum, tehran_day(now())) in RUNNING
    return render_template("partners/end.html", memorandum=memorandum, form=form, may_end=may_end)
