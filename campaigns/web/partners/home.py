"""What there is of partners within reach: memoranda, what waits of them, organizations."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.partners.queries import houses_within, newest_profiles, within
from campaigns.domain.partners.states import state_on
from campaigns.domain.partners.words import KIND_LABELS, STATE_LABELS, STATE_SHAPES
from campaigns.domain.volunteers.words import DIVISION_LABELS
from campaigns.web.guards import needs
from campaigns.web.partners.reach import scope
from campaigns.web.partners.words import PROFILE_LABELS

page = Blueprint("home", __name__)


@page.get("")
@needs(Permission.MANAGE_PARTNERS)
def show() -> ResponseReturnValue:
    reach, today = scope(), tehran_day(now())
    houses = houses_within(reach)
    return render_template(
        "partners/home.html",
        memoranda=[(row, state_on(row, today)) for row in within(reach)],
        houses=houses,
        profiles=newest_profiles([house.id for house in houses]),
        divisions=DIVISION_LABELS,
        kinds=KIND_LABELS,
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        profile_states=PROFILE_LABELS,
    )
