"""The evidence of a delivery, for the moderator who decides on it."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.web.evidence import evidence_of
from campaigns.web.guards import needs
from campaigns.web.review.rows import one

page = Blueprint("evidence", __name__)


@page.get("/delivery/<public_id>/evidence")
@needs(Permission.MODERATE)
def show(public_id: str) -> ResponseReturnValue:
    item = one("delivery", public_id)
    return evidence_of(item.thing if item else abort(404))
