"""Batches of USSD and SMS: entered from the operator's statement by one person, booked by another."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope, where_is
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.counter import batches
from campaigns.domain.counter.batch_models import Batch, BatchLine, BatchState, BatchStatement
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.papers import ENDINGS
from campaigns.domain.counter.reasons import BATCH_LABELS, BatchReason
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.refunds import batches as returning
from campaigns.web.finance.batchforms import BackForm, BatchForm
from campaigns.web.finance.officeforms import WhyForm
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("batches", __name__)
MOST_UPLOADED = 6 * 1024 * 1024  # the file, and the form around it
STATE_LABELS = {
    BatchState.PROPOSED: _l("waits for a second person"),
    BatchState.BOOKED: _l("in the book"),
    BatchState.REFUSED: _l("refused"),
    BatchState.TAKEN_BACK: _l("taken back out of the book"),
}
REFUSALS = {
    "statement": _l("This very statement is here already."),
    "period": _l("Some of these days of this operator are here already for one of these campaigns."),
    "campaign": _l("One of these campaigns may take no money any more."),
    "intent": _l("One of these campaigns does not take this intent."),
    "lines": _l("A campaign stands here twice with the same intent."),
    "own": _l("You entered this batch: somebody else decides on it."),
    "moved": _l("Somebody else was first: look at what has become of it."),
    "spent": _l("A campaign has spent some of it: what it holds is less than this batch has brought."),
}


@page.get("/batches")
@needs(Permission.SEE_MONEY)
def index() -> ResponseReturnValue:
    newest = db.session.scalars(select(Batch).order_by(Batch.id.desc()).limit(200))
    seen = [batch for batch in newest if _reaches(batch, Permission.SEE_MONEY)]
    return render_template(
        "finance/batches.html",
        batches=seen,
        states=STATE_LABELS,
        channels=batches.CHANNEL_LABELS,
        may_enter=bool(scope_of(current_user.id, Permission.HANDLE_MONEY)),
    )


@page.get("/batches/new")
@needs(Permission.HANDLE_MONEY)
def plan() -> ResponseReturnValue:
    return render_template("finance/new_batch.html", form=BatchForm(_takers()))


@page.post("/batches/new")
@needs(Permission.HANDLE_MONEY)
def enter() -> ResponseReturnValue:
    request.max_content_length = MOST_UPLOADED
    form = BatchForm(_takers(), request.files.get("statement"))
    if not form.validate():
        return render_template("finance/new_batch.html", form=form), 422
    try:
        batch = batches.propose(form.statement(), current_user)
    except Refused as why:
        db.session.rollback()
        form.operator.errors = [str(REFUSALS[why.code])]
        return render_template("finance/new_batch.html", form=form), 422
    batch_id = batch.public_id
    db.session.commit()
    flash(_("The batch waits for a second person. Nothing is in the book before that."), "ok")
    return redirect(url_for("finance.batches.show", batch=batch_id), 303)


@page.get("/batches/<batch>")
@needs(Permission.SEE_MONEY)
def show(batch: str) -> ResponseReturnValue:
    return _page(_reached(batch, Permission.SEE_MONEY), WhyForm(formdata=None))


@page.get("/batches/<batch>/statement")
@needs(Permission.SEE_MONEY)
def statement(batch: str) -> ResponseReturnValue:
    """The file, to be kept: a browser never draws it here."""
    found = _reached(batch, Permission.SEE_MONEY)
    kept = db.session.get_one(BatchStatement, found.id)
    name = f"{found.channel}-{found.operator}-{found.first_day.isoformat()}.{ENDINGS[kept.media_type]}"
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(kept.content, mimetype=kept.media_type, headers=named)


@page.post("/batches/<batch>/book")
@needs(Permission.HANDLE_MONEY)
def approve(batch: str) -> ResponseReturnValue:
    csrf.protect()
    found = _reached(batch, Permission.HANDLE_MONEY)
    done = _("In the book. The bars move within a minute.")
    return _step(found, lambda: batches.book(found, current_user), done)


@page.post("/batches/<batch>/refuse")
@needs(Permission.HANDLE_MONEY)
def refuse(batch: str) -> ResponseReturnValue:
    found, form = _reached(batch, Permission.HANDLE_MONEY), WhyForm()
    if not form.validate():
        return _page(found, form), 422
    done = _("Refused. The statement may be entered anew.")
    return _step(found, lambda: batches.refuse(found, current_user, form.why.data), done)


@page.post("/batches/<batch>/back")
@needs(Permission.HANDLE_MONEY)
def ask_back(batch: str) -> ResponseReturnValue:
    """Somebody asks to take it back out of the book; a second person does it."""
    found, form = _reached(batch, Permission.HANDLE_MONEY), BackForm()
    if not form.validate():
        return _page(found, WhyForm(formdata=None), back_form=form), 422
    reason = BatchReason(form.reason.data)
    done = _("Asked for. Nothing changes in the book before a second person has looked at it.")
    return _step(found, lambda: returning.ask(found, reason, form.note.data, current_user), done)


@page.post("/batches/<batch>/back/do")
@needs(Permission.HANDLE_MONEY)
def take_back(batch: str) -> ResponseReturnValue:
    csrf.protect()
    found = _reached(batch, Permission.HANDLE_MONEY)
    done = _("Taken back: the book mirrors every line of it. The bars move within a minute.")
    return _step(found, lambda: returning.take_back(found, current_user), done)


@page.post("/batches/<batch>/back/keep")
@needs(Permission.HANDLE_MONEY)
def keep(batch: str) -> ResponseReturnValue:
    found, form = _reached(batch, Permission.HANDLE_MONEY), WhyForm()
    if not form.validate():
        return _page(found, form), 422
    done = _("It stays in the book.")
    return _step(found, lambda: returning.keep(found, current_user, form.why.data), done)


def _step(batch: Batch, act: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        act()
    except Refused as why:
        db.session.rollback()
        return _page(batch, WhyForm(formdata=None), str(REFUSALS[why.code])), 422
    db.session.commit()
    flash(done, "ok")
    return redirect(url_for("finance.batches.show", batch=batch.public_id), 303)


def _takers() -> list[int]:
    """Campaigns within reach that may take a batch, the newest first."""
    query = select(Campaign).where(Campaign.state.in_(batches.TAKES)).order_by(Campaign.id.desc())
    scope = scope_of(current_user.id, Permission.HANDLE_MONEY)
    return [row.id for row in db.session.scalars(in_scope(query, scope, current_user.id))]


def _reaches(batch: Batch, permission: Permission) -> bool:
    """A batch is within reach where every campaign of it is."""
    return all(may(current_user.id, permission, where_is(line.campaign)) for line in batches.lines_of(batch))


def _reached(public_id: str, permission: Permission) -> Batch:
    batch = db.session.scalar(select(Batch).where(Batch.public_id == public_id))
    if batch is None or not _reaches(batch, permission):
        abort(404)
    return batch


def _page(batch: Batch, form: WhyForm, problem: str = "", back_form: BackForm | None = None) -> str:
    lines: list[BatchLine] = batches.lines_of(batch)
    handles = _reaches(batch, Permission.HANDLE_MONEY)
    back, back_form = returning.standing(batch), back_form or BackForm(formdata=None)
    asked = back is not None and back.state == "asked"
    waits, mine = batch.state == BatchState.PROPOSED, batch.proposed_by_id == current_user.id
    return render_template(
        "finance/batch.html",
        batch=batch,
        lines=lines,
        cards=cards_of([line.campaign_id for line in lines], language().code),
        intents=INTENT_LABELS,
        channel=batches.CHANNEL_LABELS[batches.Channel(batch.channel)],
        state=STATE_LABELS[BatchState(batch.state)],
        form=form,
        problem=problem,
        errors=[("steps", problem)] if problem else [*form.problems(), *back_form.problems()],
        back=back,
        kept=returning.refusals(batch),
        back_form=back_form,
        back_reasons=BATCH_LABELS,
        may_ask_back=handles and batch.state == BatchState.BOOKED and back is None,
        may_take_back=handles and asked and back is not None and back.asked_by_id != current_user.id,
        may_decide=handles and waits and not mine,
        waits_for_another=handles and waits and mine,
    )
