"""Our own page between the form and the bank. A direct redirect to the bank would die on `form-action 'self'`."""

from flask import Blueprint, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.extensions import db
from campaigns.domain.payments.actions import begin
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.queries import attempt_by_public_id, returning
from campaigns.domain.payments.states import State
from campaigns.web.give.limits import too_fast, wait_to_give
from campaigns.web.give.start import start_attempt
from campaigns.web.guards import public

page = Blueprint("hop", __name__)
RETRIED = {State.REQUEST_FAILED, State.NOT_PAID, State.EXPIRED, State.SOFT_CANCELLED}


@page.get("/pay/<public_id>")
@public()
def show(public_id: str) -> ResponseReturnValue:
    """On to the bank, if the session is open; else what happened, with everything kept for another try."""
    quick = returning(public_id)
    if quick is not None and quick.state == State.REDIRECTED:
        return render_template("give/hop.html", attempt=quick, theme=quick.theme)
    attempt = _found(public_id)
    contribution = attempt.contribution
    if attempt.state in {State.CREATED, State.REQUEST_FAILED}:
        return render_template("give/not_started.html", attempt=attempt, contribution=contribution), 503
    return render_template("give/moved_on.html", url=url_for("give.receipt.show", code=contribution.code))


@page.post("/pay/<public_id>/again")
@public()
def again(public_id: str) -> ResponseReturnValue:
    """A new attempt for the same gift, nothing typed twice."""
    attempt = _found(public_id)
    contribution = attempt.contribution
    if contribution.received_at is not None or attempt.state not in RETRIED:
        return render_template("give/moved_on.html", url=url_for("give.receipt.show", code=contribution.code))
    wait = wait_to_give(contribution.campaign_id)
    if wait:
        db.session.commit()
        return too_fast(wait)
    gateways: dict[str, Gateway] = current_app.extensions["gateways"]
    fresh = begin(contribution, next(iter(gateways.values())))
    title = _("Gift to a campaign, %(code)s", code=contribution.campaign.short_code)
    db.session.commit()
    return start_attempt(fresh, title)


def _found(public_id: str) -> PaymentAttempt:
    attempt = attempt_by_public_id(public_id)
    if attempt is None:
        abort(404)
    return attempt
