"""The log of acts, newest first, narrowed by who, what, which thing and when."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.web.audit.listing import ExportForm, listing
from campaigns.web.audit.reading import asked
from campaigns.web.guards import needs

page = Blueprint("home", __name__)


@page.get("/")
@needs(Permission.SEE_AUDIT)
def show() -> ResponseReturnValue:
    """`before` is the number of the oldest line already read."""
    return listing(asked(), ExportForm())
