"""Statements of the bank: accounts with what waits on them, files, and bringing a new one."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.claims import queries as claim_queries
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.statements import queries
from campaigns.domain.statements.checking import check
from campaigns.domain.statements.errors import Unreadable
from campaigns.domain.statements.files import LARGEST_BYTES
from campaigns.domain.statements.imports import bring
from campaigns.web.finance.gateways import where_of
from campaigns.web.finance.reach import reached_accounts
from campaigns.web.finance.statementforms import UploadForm, account_label
from campaigns.web.finance.statementwords import OUTCOME_LABELS, STATE_LABELS, unreadable
from campaigns.web.guards import must, needs

page = Blueprint("statements", __name__)
MOST_SENT = LARGEST_BYTES + 64 * 1024  # the file and the rest of the form


@page.get("/statements")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    return _page(UploadForm(formdata=None))


@page.post("/statements")
@needs(Permission.HANDLE_MONEY)
def upload() -> ResponseReturnValue:
    """Keeps the file as a draft and shows what is understood of it."""
    request.max_content_length = MOST_SENT
    try:
        form = UploadForm().offer(reached_accounts(Permission.HANDLE_MONEY))
    except RequestEntityTooLarge:
        form = UploadForm(formdata=None)
        form.file.errors = [unreadable("large")]
        return _page(form), 422
    if not form.validate():
        return _page(form), 422
    account = _account(form.account.data or "")
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Unreadable("missing")
        whole = sent.stream.read(LARGEST_BYTES + 1)
        db.session.commit()  # a large file takes its time: nobody waits for this transaction meanwhile
        one = bring(account, sent.filename, whole, current_user)
    except Unreadable as why:
        db.session.rollback()
        form.file.errors = [unreadable(why.why)]
        return _page(form), 422
    public_id = one.public_id
    db.session.commit()
    return redirect(url_for("finance.statement.show", public_id=public_id), 303)


@page.post("/statements/again/<account>")
@needs(Permission.HANDLE_MONEY)
def again(account: str) -> ResponseReturnValue:
    """Looks at lines without a gift once more: one may have been declared, or told of, since."""
    csrf.protect()
    changed = check(_account(account).id, current_user)
    db.session.commit()
    if changed:
        flash(_("Something new was found. Here is how it stands now."), "ok")
    else:
        flash(_("Nothing new was found."))
    return redirect(url_for("finance.statements.show"), 303)


def _account(public_id: str) -> BankAccount:
    found = claim_queries.bank_account(public_id)
    if found is None or found.state not in queries.RECEIVED:
        abort(404)
    must(Permission.HANDLE_MONEY, where_of(found.organization))
    return found


def _page(form: UploadForm) -> str:
    accounts, mine = reached_accounts(Permission.SEE_MONEY), reached_accounts(Permission.HANDLE_MONEY)
    ids = [one.id for one in accounts]
    return render_template(
        "finance/statements.html",
        form=form.offer(mine),
        mine=mine,
        accounts=accounts,
        waiting=queries.waiting_lines(ids),
        imports=queries.imports(ids),
        proposed=queries.proposed_lines(ids),
        outcomes=OUTCOME_LABELS,
        labels={one.id: account_label(one) for one in accounts},
        states=STATE_LABELS,
    )
