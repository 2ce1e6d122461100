"""Our own page between the form and the bank at an address of its own: to come back to, and to try again from.

A direct redirect to the bank would die on `form-action 'self'`.
"""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.payments.actions import begin
from campaigns.domain.payments.errors import Unavailable
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.queries import attempt_by_public_id, returning
from campaigns.domain.payments.states import State
from campaigns.web.give.limits import too_fast, wait_to_give
from campaigns.web.give.onward import onward
from campaigns.web.give.start import start_attempt
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.ways import Way, gateway_label, offered

page = Blueprint("hop", __name__)
RETRIED = {State.CREATED, State.REQUEST_FAILED, State.NOT_PAID, State.EXPIRED, State.SOFT_CANCELLED}


@page.get("/pay/<public_id>")
@public()
def show(public_id: str) -> ResponseReturnValue:
    """On to the bank, if the session is open; else what happened, with everything kept for another try."""
    quick = returning(public_id)
    if quick is not None and quick.campaign_state == CampaignState.FROZEN:
        return _frozen(_found(public_id))
    if quick is not None and quick.state == State.REDIRECTED:
        return onward(
            quick.redirect, rials=quick.rials, code=quick.code, theme=quick.theme, sample=quick.is_sample
        )
    attempt = _found(public_id)
    contribution = attempt.contribution
    if attempt.state in {State.CREATED, State.REQUEST_FAILED}:
        return _not_started(attempt), 503
    return render_template("give/moved_on.html", url=url_for("give.receipt.show", code=contribution.code))


@page.post("/pay/<public_id>/again")
@public()
def again(public_id: str) -> ResponseReturnValue:
    """A new attempt for the same gift, nothing typed twice."""
    attempt = _found(public_id)
    contribution = attempt.contribution
    if contribution.received_at is not None or attempt.state not in RETRIED:
        return render_template("give/moved_on.html", url=url_for("give.receipt.show", code=contribution.code))
    if contribution.campaign.state == CampaignState.FROZEN:
        return _frozen(attempt)
    wait = wait_to_give(contribution.campaign_id)
    if wait:
        db.session.commit()
        return too_fast(wait)
    way = _chosen(attempt)
    fresh = begin(contribution, way.gateway, way.account_id)
    campaign, code = contribution.campaign, contribution.code
    db.session.commit()
    return start_attempt(fresh, way, campaign, code)


def _frozen(attempt: PaymentAttempt) -> ResponseReturnValue:
    """Nobody is sent to a bank for a campaign that is frozen. Who is there already is settled as ever."""
    if attempt.contribution.received_at is not None:
        return render_template(
            "give/moved_on.html", url=url_for("give.receipt.show", code=attempt.contribution.code)
        )
    campaign = attempt.contribution.campaign
    view = campaign_page(campaign, language().code, with_wall=False)
    return themed(campaign.theme, "give/closed.html", page=view), 409


def _not_started(attempt: PaymentAttempt) -> str:
    """Everything is kept; where there is another gateway, that is the one meant now."""
    names = [way.name for way in _ways(attempt)]
    return render_template(
        "give/not_started.html",
        attempt=attempt,
        contribution=attempt.contribution,
        gateways=[(name, gateway_label(name)) for name in names],
        chosen=_next_of(names, attempt.gateway) if names else None,
    )


def _next_of(names: list[str], name: str) -> str:
    """The one after `name` in their order, round and round; the first where it is no longer there."""
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]


def _chosen(attempt: PaymentAttempt) -> Way:
    """The gateway that was said, else the one of before, else the first that is left."""
    found = {way.name: way for way in _ways(attempt)}
    if not found:
        raise Unavailable("no gateway takes gifts for this organization")
    wanted = (request.form.get("gateway", ""), attempt.gateway)
    return next((found[name] for name in wanted if name in found), next(iter(found.values())))


def _ways(attempt: PaymentAttempt) -> list[Way]:
    return offered(attempt.contribution.campaign.organization_id, attempt.rials)


def _found(public_id: str) -> PaymentAttempt:
    attempt = attempt_by_public_id(public_id)
    if attempt is None:
        abort(404)
    return attempt
