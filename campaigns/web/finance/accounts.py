"""Accounts that receive transfers: whose there are, writing one down, and a second person who switches it on."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Field
from wtforms.validators import ValidationError

from campaigns.base.cards import parse_card
from campaigns.base.extensions import db
from campaigns.base.fields import LineField, required
from campaigns.base.forms import StaffForm
from campaigns.base.sheba import parse_sheba
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.accounts.queries import organization, organizations
from campaigns.domain.claims import bank, queries
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.claims.states import AccountState
from campaigns.web.finance.claim_words import ACCOUNT_LABELS, ACCOUNT_REFUSALS
from campaigns.web.finance.gateways import where_of
from campaigns.web.guards import must, needs

page = Blueprint("accounts", __name__)
HOUSE = "house"
"""The owner in addresses for what belongs to no organization."""
STEPS: dict[str, tuple[Callable[[BankAccount], None], frozenset[AccountState]]] = {
    "on": (
        lambda account: bank.switch_on(account, current_user),
        frozenset({AccountState.PROPOSED, AccountState.OFF}),
    ),
    "off": (bank.switch_off, frozenset({AccountState.ON})),
    "refuse": (bank.refuse, frozenset({AccountState.PROPOSED})),
}
"""By the last word of the address: what it does, and the states in which it is offered."""


class AccountForm(StaffForm):
    card_number = LineField(
        _l("Card number"), longest=40, description=_l("Sixteen digits. Empty: only by Sheba.")
    )
    sheba = LineField(
        _l("Sheba"), longest=60, description=_l("IR and twenty-four digits. Empty: only from card to card.")
    )
    holder = LineField(
        _l("In the name of"),
        [required(_l("Write whose account it is, as the bank says it"))],
        longest=80,
        description=_l("As banks show it before a transfer: donors compare it."),
    )
    bank = LineField(_l("Bank"), [required(_l("Write the name of the bank"))], longest=60)

    def validate_card_number(self, field: Field) -> None:
        if field.data and parse_card(field.data) is None:
            raise ValidationError(_("This is no card number: a digit is wrong or missing."))

    def validate_sheba(self, field: Field) -> None:
        if field.data and parse_sheba(field.data) is None:
            raise ValidationError(_("This is no Sheba: a digit is wrong or missing."))
        if not field.data and not self.card_number.data:
            raise ValidationError(_("Write a card number or a Sheba, or both."))


@page.get("/accounts")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    """Organizations within reach, each with its accounts."""
    owners: list[Organization | None] = [
        None,
        *organizations(scope_of(current_user.id, Permission.SEE_MONEY)),
    ]
    return render_template(
        "finance/accounts.html",
        owners=[one for one in owners if may(current_user.id, Permission.SEE_MONEY, where_of(one))],
        accounts=queries.bank_accounts(),
        handles=lambda one: may(current_user.id, Permission.HANDLE_MONEY, where_of(one)),
        states=ACCOUNT_LABELS,
        house=HOUSE,
    )


@page.get("/accounts/of/<owner>")
@needs(Permission.HANDLE_MONEY, recent=True)
def new(owner: str) -> ResponseReturnValue:
    return _new_page(_owner(owner), AccountForm(formdata=None))


@page.post("/accounts/of/<owner>")
@needs(Permission.HANDLE_MONEY, recent=True)
def write_down(owner: str) -> ResponseReturnValue:
    whose = _owner(owner)
    form = AccountForm()
    if not form.validate():
        return _new_page(whose, form), 422
    numbers = parse_card(form.card_number.data or ""), parse_sheba(form.sheba.data or "")
    whose_id = whose.id if whose else None
    try:
        account = bank.propose(whose_id, *numbers, form.holder.data, form.bank.data, current_user)
    except Refused:
        db.session.rollback()
        form.card_number.errors = [_("This card or Sheba is written down already.")]
        return _new_page(_owner(owner), form), 422
    public_id = account.public_id
    db.session.commit()
    flash(_("It is written down. Donors see it once a second person has switched it on."), "ok")
    return redirect(url_for("finance.accounts.one", account=public_id), 303)


@page.get("/accounts/<account>")
@needs(Permission.SEE_MONEY)
def one(account: str) -> ResponseReturnValue:
    return _page(_found(account, Permission.SEE_MONEY))


@page.get("/accounts/<account>/<any(on, off, refuse):step>")
@needs(Permission.SEE_MONEY)
def back(account: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("finance.accounts.one", account=account), 303)


@page.post("/accounts/<account>/<any(on, off, refuse):step>")
@needs(Permission.HANDLE_MONEY, recent=True)
def carry_out(account: str, step: str) -> ResponseReturnValue:
    found = _found(account, Permission.HANDLE_MONEY)
    if not StaffForm().validate():
        abort(400)
    act, _states = STEPS[step]
    try:
        act(found)
    except Refused as refusal:
        db.session.rollback()
        return _page(_found(account, Permission.HANDLE_MONEY), ACCOUNT_REFUSALS[refusal.reason]), 422
    db.session.commit()
    flash(_("Done."), "ok")
    return redirect(url_for("finance.accounts.one", account=account), 303)


def _found(public_id: str, permission: Permission) -> BankAccount:
    account = queries.bank_account(public_id)
    if account is None:
        abort(404)
    must(permission, where_of(account.organization))
    return account


def _owner(owner: str) -> Organization | None:
    """Whose account it will be, if this person may handle their money; else 404."""
    found = None if owner == HOUSE else organization(owner)
    if found is None and owner != HOUSE:
        abort(404)
    must(Permission.HANDLE_MONEY, where_of(found))
    return found


def _new_page(whose: Organization | None, form: AccountForm) -> str:
    return render_template("finance/new_account.html", organization=whose, form=form)


def _page(account: BankAccount, refusal: object = "") -> str:
    handles = may(current_user.id, Permission.HANDLE_MONEY, where_of(account.organization))
    is_own = account.created_by_id == current_user.id
    offered = [step for step, (_act, states) in STEPS.items() if handles and account.state in states]
    return render_template(
        "finance/account.html",
        account=account,
        state=ACCOUNT_LABELS[account.state],
        steps=[step for step in offered if not (step == "on" and is_own)],
        waits_for_another=handles and is_own and "on" in offered,
        form=StaffForm(formdata=None),
        refusal=refusal,
    )
