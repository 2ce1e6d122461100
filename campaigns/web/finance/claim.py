"""One transfer a donor declared: what was asked for, what was told and shown, and what people say of it.

What they say is not money. Only a line of the bank's statement brings the gift into the book.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, required
from campaigns.base.forms import StaffForm
from campaigns.config import Settings
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.claims import decisions, queries, receipts
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import ClaimReceipt, TransferClaim
from campaigns.domain.claims.states import State
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights.portal import cards_of
from campaigns.web.finance.claim_words import REFUSALS, STATE_LABELS, VERB_LABELS
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.strangers import answer

page = Blueprint("claim", __name__)
LONGEST = 500


class AcceptForm(StaffForm):
    accepting = TextField(_l("Remark"), longest=LONGEST)


class RefuseForm(StaffForm):
    refusing = TextField(
        _l("Reason"),
        [required(_l("Write a reason: the donor reads it."))],
        longest=LONGEST,
        description=_l("The donor reads it, so write it to them."),
    )


class UndoForm(StaffForm):
    undoing = TextField(_l("Remark"), longest=LONGEST)


@dataclass(frozen=True)
class Shown:
    """A receipt, and other claims that were shown the same one."""

    row: ClaimReceipt
    alike: list[TransferClaim]


STEPS: dict[str, tuple[type[StaffForm], str, Callable[[TransferClaim, str], None], frozenset[State]]] = {
    "accept": (
        AcceptForm,
        "accepting",
        lambda claim, note: decisions.accept(claim, current_user, two_people=_by_two(claim), note=note),
        frozenset({State.SUBMITTED}),
    ),
    "refuse": (
        RefuseForm,
        "refusing",
        lambda claim, note: decisions.refuse(claim, current_user, note),
        frozenset({State.AWAITING, State.SUBMITTED, State.RECEIPT_OK}),
    ),
    "undo": (
        UndoForm,
        "undoing",
        lambda claim, note: decisions.undo(claim, current_user, note),
        frozenset({State.RECEIPT_OK, State.REFUSED}),
    ),
}
"""By the last word of the address: the form, its one field, what it does, and the states in which it is offered."""


@page.get("/claims/<claim>")
@needs(Permission.SEE_MONEY)
def show(claim: str) -> ResponseReturnValue:
    return _page(_found(claim, Permission.SEE_MONEY))


@page.get("/claims/<claim>/<any(accept, refuse, undo):step>")
@needs(Permission.SEE_MONEY)
def back(claim: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("finance.claim.show", claim=claim), 303)


@page.post("/claims/<claim>/<any(accept, refuse, undo):step>")
@needs(Permission.HANDLE_MONEY)
def carry_out(claim: str, step: str) -> ResponseReturnValue:
    found = _found(claim, Permission.HANDLE_MONEY)
    kind, name, act, _states = STEPS[step]
    form = kind()
    if not form.validate():
        return _page(found, form), 422
    try:
        act(found, form[name].data or "")
    except Refused as refusal:
        db.session.rollback()
        return _page(_found(claim, Permission.HANDLE_MONEY), form, REFUSALS[refusal.reason]), 422
    db.session.commit()
    flash(_("Done. It is written down below."), "ok")
    return redirect(url_for("finance.claim.show", claim=claim), 303)


@page.get("/claims/<claim>/receipts/<receipt>")
@needs(Permission.SEE_MONEY)
def receipt(claim: str, receipt: str) -> ResponseReturnValue:
    """A picture to look at, or a paper to keep: what strangers wrote is never opened by our own pages."""
    row = receipts.receipt(_found(claim, Permission.SEE_MONEY), receipt)
    data = receipts.data_of(row, _settings().data_dir) if row else None
    if row is None or data is None:
        abort(404)
    return answer(data, row.kind, f"receipt-{row.id}{receipts.ENDINGS[row.kind]}")


def _found(public_id: str, permission: Permission) -> TransferClaim:
    """404 unless it is for a campaign whose money this person may see, or handle."""
    claim = queries.claim(public_id)
    if claim is None or not may(current_user.id, permission, where_is(claim.contribution.campaign)):
        abort(404)
    return claim


def _page(claim: TransferClaim, sent: StaffForm | None = None, refusal: Any = "") -> str:
    gift = claim.contribution
    handles = may(current_user.id, Permission.HANDLE_MONEY, where_is(gift.campaign))
    is_own = decisions.is_own(claim, current_user)
    first = decisions.agreed(claim)
    forms = {
        step: sent if isinstance(sent, kind) else kind(formdata=None)
        for step, (kind, _name, _act, states) in STEPS.items()
        if handles and not is_own and claim.state in states
    }
    if first is not None and first.actor_id == current_user.id:
        forms.pop("accept", None)
    return render_template(
        "finance/claim.html",
        claim=claim,
        gift=gift,
        account=claim.bank_account,
        card=cards_of([gift.campaign_id], language().code)[gift.campaign_id],
        intent_label=INTENT_LABELS.get(gift.intent, gift.intent),
        shown=[_shown(row) for row in queries.receipts(claim)],
        steps=queries.steps(claim),
        states=STATE_LABELS,
        verbs=VERB_LABELS,
        forms=forms,
        is_own=is_own,
        by_two=_by_two(claim),
        first=first,
        problems=sent.problems() if sent else [],
        refusal=refusal,
    )


def _shown(row: ClaimReceipt) -> Shown:
    """Other claims once each, however many receipts of theirs are alike; only those this person may see."""
    claims = {other.claim.id: other.claim for other in receipts.lookalikes(row)}
    return Shown(row, list(claims.values()))


def _by_two(claim: TransferClaim) -> bool:
    return claim.expected_rials >= _settings().transfer_two_people_rials


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
