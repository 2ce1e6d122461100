"""The offices somebody works at: no other exists for them."""

from flask import abort
from flask_login import current_user

from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter.models import Office, Receipt, Sheet
from campaigns.domain.counter.offices import where_is, works_at
from campaigns.domain.counter.queries import (
    by_public_id,
    offices_of,
    receipt_by_public_id,
    sheet_by_public_id,
)


def mine() -> list[Office]:
    """The offices the signed-in person was given to, where they still have the role."""
    return [
        office
        for office in offices_of(current_user.id)
        if may(current_user.id, Permission.TAKE_GIFTS, where_is(office))
    ]


def office_at(public_id: str) -> Office:
    """404 unless the signed-in person works there."""
    office = by_public_id(public_id)
    if office is None or not works_at(office, current_user.id):
        abort(404)
    if not may(current_user.id, Permission.TAKE_GIFTS, where_is(office)):
        abort(404)
    return office


def receipt_at(office: Office, public_id: str) -> Receipt:
    return receipt_by_public_id(office, public_id) or abort(404)


def sheet_at(office: Office, public_id: str) -> Sheet:
    sheet = sheet_by_public_id(public_id)
    if sheet is None or sheet.office_id != office.id:
        abort(404)
    return sheet
