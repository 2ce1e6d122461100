"""One line of a statement: what the bank says, what became of it, which gifts it could be, and matching by hand."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.base.fields import choices
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.queries import claim as claim_by_public_id
from campaigns.domain.claims.queries import claim_of
from campaigns.domain.contributions.queries import by_code
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.statements import hands, queries
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.models import StatementLine
from campaigns.domain.statements.outcomes import WRONG, Outcome, What
from campaigns.web.finance.gateways import where_of
from campaigns.web.finance.statementforms import (
    AnswerForm,
    AsideForm,
    MatchForm,
    OwnForm,
    WrongForm,
    account_label,
)
from campaigns.web.finance.statementwords import (
    OUTCOME_LABELS,
    REFUSALS,
    RULE_LABELS,
    VERB_LABELS,
    WHAT_LABELS,
    sign,
)
from campaigns.web.guards import must, needs
from campaigns.web.locale import language

page = Blueprint("statementline", __name__)


@page.get("/statements/lines/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_found(public_id, Permission.SEE_MONEY))


@page.get("/statements/lines/<public_id>/<any(match, own, aside, wrong, answer):step>")
@needs(Permission.SEE_MONEY)
def back(public_id: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("finance.statementline.show", public_id=public_id), 303)


@page.post("/statements/lines/<public_id>/match")
@needs(Permission.HANDLE_MONEY)
def match(public_id: str) -> ResponseReturnValue:
    line, form = _found(public_id), MatchForm()
    chosen = _chosen(line, form) if form.validate() else None
    if chosen is None:
        return _page(line, form), 422
    return _done(line, form, lambda: _propose(line, What.GIFT, form.note.data, chosen))


@page.post("/statements/lines/<public_id>/own")
@needs(Permission.HANDLE_MONEY)
def own(public_id: str) -> ResponseReturnValue:
    """The line is money of its own, though another file told of the same."""
    line, form = _found(public_id), OwnForm()
    if not form.validate():
        return _page(line, form), 422
    return _done(line, form, lambda: _propose(line, What.OWN, form.owning.data))


@page.post("/statements/lines/<public_id>/aside")
@needs(Permission.HANDLE_MONEY)
def aside(public_id: str) -> ResponseReturnValue:
    """The line is no gift at all."""
    line, form = _found(public_id), AsideForm()
    if not form.validate():
        return _page(line, form), 422
    return _done(line, form, lambda: _propose(line, What.ASIDE, form.aside.data))


@page.post("/statements/lines/<public_id>/wrong")
@needs(Permission.HANDLE_MONEY)
def wrong(public_id: str) -> ResponseReturnValue:
    """The line is not the gift it was taken for: somebody asks, somebody else takes it back."""
    line, form = _found(public_id), WrongForm()
    if not form.validate():
        return _page(line, form), 422
    return _done(line, form, lambda: _propose(line, What(form.wrong.data), form.seen.data, line.claim))


@page.post("/statements/lines/<public_id>/answer")
@needs(Permission.HANDLE_MONEY)
def answer(public_id: str) -> ResponseReturnValue:
    line, form = _found(public_id), AnswerForm()
    if not form.validate():
        return _page(line, form), 422
    does = hands.agree if form.answer.data == "agree" else hands.refuse

    def carry_out() -> bool:
        does(line, form.proposal.data or "", current_user, form.remark.data or "")
        return True

    return _done(line, form, carry_out)


def by_two(line: StatementLine) -> bool:
    """Whether a second person has to agree to what is done with it by hand."""
    return bool(line.rials >= current_app.config["SETTINGS"].transfer_two_people_rials)


def _propose(line: StatementLine, what: What, note: str, claim: TransferClaim | None = None) -> bool:
    return hands.propose(line, what, claim, current_user, note, two_people=by_two(line))


def _found(public_id: str, permission: Permission = Permission.HANDLE_MONEY) -> StatementLine:
    line = queries.line_by_public_id(public_id)
    if line is None:
        abort(404)
    must(permission, where_of(line.bank_account.organization))
    return line


def _chosen(line: StatementLine, form: MatchForm) -> TransferClaim | None:
    """The claim that was chosen or whose code was written; None, with a sentence beside the field."""
    typed = form.code.data or ""
    if typed:
        code = parse_code(typed)
        gift = by_code(code) if code else None
        found = claim_of(gift.id) if gift else None
    else:
        found = claim_by_public_id(form.claim.data or "")
    if found is None or found.bank_account_id != line.bank_account_id:
        unknown = _("We know no declared gift with this code for this account.")
        form["code" if typed else "claim"].errors = [unknown if typed else _("Choose the gift.")]
        return None
    return found


def _done(line: StatementLine, form: StaffForm, act: Callable[[], bool]) -> ResponseReturnValue:
    """Carries it out, or shows the page again with the reason why not."""
    public_id = line.public_id
    try:
        done = act()
    except Refused as why:
        db.session.rollback()
        return _page(_found(public_id), form, str(REFUSALS[why.why])), 422
    db.session.commit()
    if done:
        flash(_("Done. It is written down below."), "ok")
    else:
        flash(_("It waits for a second person. Nothing is moved before that."), "ok")
    return redirect(url_for("finance.statementline.show", public_id=public_id), 303)


def _page(line: StatementLine, sent: StaffForm | None = None, refusal: str = "") -> str:
    proposal = hands.standing(line)
    handles = may(current_user.id, Permission.HANDLE_MONEY, where_of(line.bank_account.organization))
    found = queries.candidates(line) if hands.is_open(line) else []
    steps = hands.steps_of(line)
    named = {step.claim.contribution.campaign_id for step in steps if step.claim}
    named |= {one.gift.campaign_id for one in found}
    named |= {line.claim.contribution.campaign_id} if line.claim else set()
    forms = _forms(line, sent, [one.claim for one in found]) if handles else {}
    return render_template(
        "finance/statement_line.html",
        line=line,
        label=account_label(line.bank_account),
        candidates=[(one, [(each.says, sign(each)) for each in one.signs if sign(each)]) for one in found],
        cards=cards_of(sorted(named), language().code),
        steps=steps,
        proposal=proposal,
        is_own=proposal is not None and proposal.actor_id == current_user.id,
        by_two=by_two(line),
        wrong=proposal is not None and proposal.what in WRONG,
        wrongs=WRONG,
        forms=forms,
        problems=sent.problems() if sent else [],
        refusal=refusal,
        outcomes=OUTCOME_LABELS,
        rules=RULE_LABELS,
        verbs=VERB_LABELS,
        whats=WHAT_LABELS,
    )


def _forms(line: StatementLine, sent: StaffForm | None, claims: list[TransferClaim]) -> dict[str, StaffForm]:
    """What this person may say now, by the last word of its address; the form that was sent keeps its words."""
    found: dict[str, Any] = {}
    proposal = hands.standing(line)
    if proposal is not None:
        if proposal.actor_id != current_user.id:
            found["answer"] = sent if isinstance(sent, AnswerForm) else AnswerForm(formdata=None)
            found["answer"].proposal.data = proposal.public_id
        return found
    if line.outcome == Outcome.VALID:
        found["wrong"] = sent if isinstance(sent, WrongForm) else WrongForm(formdata=None)
    if hands.is_open(line):
        found["match"] = sent if isinstance(sent, MatchForm) else MatchForm(formdata=None)
        found["match"].claim.choices = choices((one.public_id, one.public_id) for one in claims)
        if line.outcome == Outcome.DUPLICATE:
            found["own"] = sent if isinstance(sent, OwnForm) else OwnForm(formdata=None)
        else:
            found["aside"] = sent if isinstance(sent, AsideForm) else AsideForm(formdata=None)
    return found
