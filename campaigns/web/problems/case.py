"""The page of one case, for who has its code: how it stands, what we answered, an answer, an appeal.

Nothing private is on it: not what was reported, no name, no contact, no file.
"""

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.base.forms import PublicForm
from campaigns.config import Settings
from campaigns.domain.insights.portal import public_cards
from campaigns.domain.problems import actions, evidence, queries
from campaigns.domain.problems.models import Problem
from campaigns.domain.problems.states import CLOSED, Refused, State
from campaigns.domain.problems.words import KIND_LABELS, STATE_LABELS, STATE_SHAPES
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.problems.forms import MOST_SENT, AnswerForm, AppealForm, MoreForm, WithEvidence, sentence
from campaigns.web.problems.limits import too_fast, wait_to_say
from campaigns.web.render import themed

page = Blueprint("case", __name__)


@page.get("/case/<code>")
@public()
def show(code: str) -> ResponseReturnValue:
    known = parse_code(code)
    problem = queries.by_code(known) if known else None
    if problem is None or known is None:
        abort(404)
    if code != known:
        return redirect(url_for("problems.case.show", code=known), 301)
    return _page(problem, _fitting(problem, None))


@page.post("/case/<code>")
@public()
def say(code: str) -> ResponseReturnValue:
    """An answer while we ask, an appeal once it is closed, else one more file."""
    request.max_content_length = MOST_SENT
    wait = wait_to_say(code)
    db.session.commit()
    if wait:
        return too_fast(wait)
    form = _fitting(_found(code), ...)
    if form is None:
        return redirect(url_for("problems.case.show", code=code), 303)
    db.session.rollback()  # a picture is looked through with no transaction open
    good = form.validate()
    good = (not isinstance(form, WithEvidence) or form.read_evidence()) and good
    problem = _found(code, lock=True)
    if isinstance(form, MoreForm) and good and form.shown is None:
        form.evidence.errors = [sentence("none")]
    if not good or form.problems():
        return _page(problem, form), 422
    return _said(problem, form)


def _said(problem: Problem, form: PublicForm) -> ResponseReturnValue:
    shown = form.shown if isinstance(form, WithEvidence) else None
    if shown is not None and not evidence.room_for(problem, 1):
        form.evidence.errors = [sentence("many")]
        return _page(problem, form), 422
    try:
        if isinstance(form, AppealForm):
            actions.appeal(problem, form.words.data or "")
        elif isinstance(form, AnswerForm):
            actions.answer(problem, form.words.data or "")
        if shown is not None:
            settings: Settings = current_app.config["SETTINGS"]
            evidence.keep(problem, shown, settings.data_dir)
    except Refused:  # it has moved on meanwhile: the page says how it stands
        db.session.rollback()
    to = url_for("problems.case.show", code=problem.code)
    db.session.commit()
    return redirect(to, 303)


def _fitting(problem: Problem, formdata: object) -> PublicForm | None:
    """The form that fits how the case stands; none where nothing more can be said."""
    if problem.state == State.ASKED:
        return AnswerForm(formdata=formdata)
    if problem.state == State.WAITING:
        return MoreForm(formdata=formdata)
    return AppealForm(formdata=formdata) if actions.may_appeal(problem) else None


def _found(code: str, *, lock: bool = False) -> Problem:
    return queries.by_code(code, lock=lock) or abort(404)


def _page(problem: Problem, form: PublicForm | None) -> str:
    cards = public_cards([problem.campaign_id], language().code)
    return themed(
        problem.campaign.theme,
        "problems/case.html",
        case=problem,
        card=cards.get(problem.campaign_id),
        sample=problem.campaign.is_sample,
        steps=queries.steps_of(problem),
        files=len(queries.evidence_of(problem)),
        kinds=KIND_LABELS,
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        is_closed=problem.state in CLOSED,
        form=form,
        what={AnswerForm: "answer", AppealForm: "appeal", MoreForm: "more"}.get(type(form), ""),
        is_new=request.args.get("new") == "1",
        problems=form.problems() if form is not None and request.method == "POST" else [],
    )
