"""The first page of finance: its rooms."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import held
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.ledger.breaches import payouts_frozen
from campaigns.web.finance.rooms import ROOMS
from campaigns.web.guards import needs

page = Blueprint("home", __name__)


@page.get("/")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    may = held(current_user.id)
    rooms = [room for room in ROOMS if room.permission in may]
    return render_template("finance/home.html", rooms=rooms, frozen=payouts_frozen())
