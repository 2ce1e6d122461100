"""A receipt of an office, for finance: the other person where an office has one clerk only."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter.models import Receipt
from campaigns.domain.counter.offices import where_is
from campaigns.domain.counter.queries import by_public_id, receipt_by_public_id
from campaigns.web.counterslip import VoidForm, make_void, receipt_page
from campaigns.web.guards import must, needs

page = Blueprint("officereceipt", __name__)


@page.get("/offices/<office>/receipts/<receipt>")
@needs(Permission.SEE_MONEY)
def show(office: str, receipt: str) -> ResponseReturnValue:
    return _page(_reached(office, receipt, Permission.SEE_MONEY), VoidForm(formdata=None))


@page.post("/offices/<office>/receipts/<receipt>/void")
@needs(Permission.HANDLE_MONEY)
def void(office: str, receipt: str) -> ResponseReturnValue:
    found, form = _reached(office, receipt, Permission.HANDLE_MONEY), VoidForm()
    if not make_void(found, form):
        return _page(found, form), 422
    return redirect(url_for("finance.officereceipt.show", office=office, receipt=receipt), 303)


def _reached(office: str, receipt: str, permission: Permission) -> Receipt:
    here = by_public_id(office)
    if here is None:
        abort(404)
    must(permission, where_is(here))
    return receipt_by_public_id(here, receipt) or abort(404)


def _page(receipt: Receipt, form: VoidForm) -> str:
    office = receipt.office.public_id
    back = url_for("finance.offices.show", office=office)
    action = url_for("finance.officereceipt.void", office=office, receipt=receipt.public_id)
    handles = may(current_user.id, Permission.HANDLE_MONEY, where_is(receipt.office))
    return receipt_page(receipt, form, back, action if handles else "")
