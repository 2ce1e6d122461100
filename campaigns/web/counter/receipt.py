"""One receipt: on paper once more, or void when it was a mistake."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter.models import Receipt
from campaigns.web.counter.reach import office_at, receipt_at
from campaigns.web.counterslip import VoidForm, make_void, receipt_page
from campaigns.web.guards import needs

page = Blueprint("receipt", __name__)


@page.get("/<office>/receipts/<receipt>")
@needs(Permission.TAKE_GIFTS)
def show(office: str, receipt: str) -> ResponseReturnValue:
    return _page(receipt_at(office_at(office), receipt), VoidForm(formdata=None))


@page.post("/<office>/receipts/<receipt>/void")
@needs(Permission.TAKE_GIFTS)
def void(office: str, receipt: str) -> ResponseReturnValue:
    found, form = receipt_at(office_at(office), receipt), VoidForm()
    if not make_void(found, form):
        return _page(found, form), 422
    return redirect(url_for("counter.receipt.show", office=office, receipt=receipt), 303)


def _page(receipt: Receipt, form: VoidForm) -> str:
    office = receipt.office.public_id
    back = url_for("counter.gift.show", office=office)
    return receipt_page(
        receipt, form, back, url_for("counter.receipt.void", office=office, receipt=receipt.public_id)
    )
