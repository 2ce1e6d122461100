"""One's own page by code: which shifts, which place on a waiting list, giving a place back, a file for the calendar."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.icalendar import Event, calendar
from campaigns.domain.volunteers.rolls import OwnShift
from campaigns.domain.volunteers.shift_models import LIVE
from campaigns.domain.volunteers.signups import cancel
from campaigns.domain.volunteers.thanks import earned, latest
from campaigns.domain.volunteers.vows import vow_of
from campaigns.domain.volunteers.wordings import NOTHING
from campaigns.web.guards import public
from campaigns.web.letterlinks import link
from campaigns.web.locale import language
from campaigns.web.shifts.holding import Own, held

page = Blueprint("status", __name__)
REMIND_HOURS = 3


@page.get("/shifts/<code>")
@public()
def show(code: str) -> ResponseReturnValue:
    own = held(code)
    return render_template(
        "shifts/status.html",
        code=code,
        own=own,
        shifts=own.shifts,
        rooms=[_room(own, campaign.id) for campaign in own.campaigns],
        live=LIVE,
        now=now(),
    )


@page.get("/shifts/<code>/<public_id>/cancel")
@public()
def leave(code: str, public_id: str) -> ResponseReturnValue:
    """Where the link of a letter leads. Mail programs look at links by themselves: looking cancels nothing."""
    own = held(code)
    return _leaving(own, own.shift(public_id))


@page.post("/shifts/<code>/<public_id>/cancel")
@public()
def give_back(code: str, public_id: str) -> ResponseReturnValue:
    """Pressed twice, it is done once; whoever waits longest moves up in the same transaction."""
    own = held(code)
    done = cancel(own.shift(public_id).signup, link)
    db.session.commit()
    if not done and own.shift(public_id).signup.state in LIVE:
        return _leaving(own, own.shift(public_id), too_late=True), 422
    return redirect(url_for("shifts.status.show", code=code), 303)


@page.get("/shifts/<code>/<public_id>.ics")
@public()
def file(code: str, public_id: str) -> ResponseReturnValue:
    """The shift for a calendar; once it was given back or called off, the same file takes it out again."""
    own = held(code)
    shift = own.shift(public_id)
    if shift.signup.taken_at is None:
        abort(404)
    answer = current_app.response_class(calendar(_event(own, shift)), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="shift-{shift.signup.public_id[:8]}.ics"'
    return answer


def _event(own: Own, shift: OwnShift) -> Event:
    signup, words = shift.signup, own.words.get(shift.signup.shift.role_id, NOTHING)
    here, code = urlsplit(current_app.config["SETTINGS"].site_url).hostname, language().code
    status_url = link(code, "shifts.status.show", code=own.holder.code)
    title = own.cards[signup.shift.role.campaign_id].title
    return Event(
        uid=f"{signup.public_id}@{here}",
        starts_at=signup.shift.starts_at,
        ends_at=signup.shift.ends_at,
        summary=_("%(role)s, %(campaign)s", role=words.name, campaign=title),
        location=words.place,
        description=_("To look at it or to give the place back: %(link)s", link=status_url),
        url=status_url,
        changed_at=signup.changed_at,
        sequence=int(signup.state != "taken"),
        is_cancelled=signup.state != "taken",
        remind_hours=REMIND_HOURS,
    )


def _leaving(own: Own, shift: OwnShift, *, too_late: bool = False) -> str:
    problems = [("main", _("The shift has begun: please call the organizers."))] if too_late else []
    return render_template(
        "shifts/leave.html",
        code=own.holder.code,
        one=shift,
        words=own.words.get(shift.signup.shift.role_id),
        card=own.cards[shift.signup.shift.role.campaign_id],
        is_live=shift.signup.state in LIVE,
        problems=problems,
    )


def _room(own: Own, campaign_id: int) -> dict[str, object]:
    """What else somebody has with one campaign: the vow, the hours, the certificate."""
    return {
        "card": own.cards[campaign_id],
        "vow": vow_of(own.holder, campaign_id),
        "earned": earned(own.holder, campaign_id),
        "thanks": latest(own.holder, campaign_id),
    }
