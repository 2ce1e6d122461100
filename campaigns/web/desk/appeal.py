"""An author does not agree with a decision: their words, once; another person answers."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, required
from campaigns.base.forms import StaffForm
from campaigns.domain.moderation.appeals import appeal_of, make, may_appeal
from campaigns.domain.moderation.arrivals import follow
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.queries import decision as decision_of
from campaigns.domain.moderation.queries import thing_of
from campaigns.domain.moderation.reasons import text_of
from campaigns.domain.moderation.verdicts import VERDICT_LABELS
from campaigns.web.guards import signed_in
from campaigns.web.locale import language

page = Blueprint("appeal", __name__)
APPEAL_STATES = {
    "waiting": _l("Your appeal waits; somebody else than who decided answers."),
    "granted": _l("Your appeal was granted: it is looked at anew."),
    "refused": _l("Your appeal was refused; the decision stands."),
}


class AppealForm(StaffForm):
    words = TextField(
        _l("Why you see it differently"),
        [required(_l("Write why you see it differently"))],
        longest=2000,
        description=_l("Whoever decided does not answer: another person reads this and everything before."),
    )


@page.get("/appeals/<decision_id>")
@signed_in()
def show(decision_id: str) -> ResponseReturnValue:
    return _page(*_own(decision_id), AppealForm())


@page.post("/appeals/<decision_id>")
@signed_in()
def send(decision_id: str) -> ResponseReturnValue:
    decision, item = _own(decision_id)
    form = AppealForm()
    if not may_appeal(decision, item, current_user):
        return redirect(url_for("desk.appeal.show", decision_id=decision_id), 303)
    if not form.validate():
        return _page(decision, item, form), 422
    made = make(decision, item, current_user, form.words.data or "", form.hidden_marks() or None)
    if made is not None:
        follow("appeal", made)
    db.session.commit()
    flash(_("Sent. Another person reads it."), "ok")
    return redirect(url_for("desk.appeal.show", decision_id=decision_id), 303)


def _own(decision_id: str) -> tuple[Decision, Item]:
    """The decision and what it was about, if that is this person's own."""
    decision = decision_of(decision_id)
    item = thing_of(decision) if decision else None
    if decision is None or item is None or item.author_id != current_user.id:
        abort(404)
    return decision, item


def _page(decision: Decision, item: Item, form: AppealForm) -> str:
    return render_template(
        "desk/appeal.html",
        decision=decision,
        item=item,
        form=form,
        verdict=VERDICT_LABELS[decision.verdict],
        reason=text_of(decision.reason_code, language().code),
        appeal=appeal_of(decision),
        states=APPEAL_STATES,
        open_for_it=may_appeal(decision, item, current_user),
    )
