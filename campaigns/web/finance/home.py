"""The first page of finance: what waits, then its rooms."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import COUNTRY, held, may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.ledger.breaches import payouts_frozen
from campaigns.web.finance.rooms import ROOMS, Room
from campaigns.web.finance.todo import todo
from campaigns.web.guards import needs

page = Blueprint("home", __name__)


@page.get("/")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    rooms = [room for room in ROOMS if _opens(room)]
    return render_template("finance/home.html", rooms=rooms, frozen=payouts_frozen(), waiting=todo())


def _opens(room: Room) -> bool:
    if room.whole_country:
        return may(current_user.id, room.permission, COUNTRY)
    return room.permission in held(current_user.id)
