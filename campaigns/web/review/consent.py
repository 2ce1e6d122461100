"""The pictures of a campaign for moderators, and taking one off at once: also where its organizer cannot be reached."""

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_public_id, where_is
from campaigns.web.guards import must, needs
from campaigns.web.takedown import WithdrawForm, carry_out, confirm_page, list_page

page = Blueprint("consent", __name__)
DOOR = "review.consent"


@page.get("/campaign/<public_id>/pictures")
@needs(Permission.MODERATE)
def show(public_id: str) -> ResponseReturnValue:
    return list_page(_found(public_id), DOOR, url_for("review.queue.show"))


@page.get("/campaign/<public_id>/pictures/<picture>/withdraw")
@needs(Permission.MODERATE)
def ask(public_id: str, picture: str) -> ResponseReturnValue:
    return confirm_page(_found(public_id), picture, DOOR, WithdrawForm(formdata=None))


@page.post("/campaign/<public_id>/pictures/<picture>/withdraw")
@needs(Permission.MODERATE)
def take_off(public_id: str, picture: str) -> ResponseReturnValue:
    return carry_out(_found(public_id), picture, DOOR)


def _found(public_id: str) -> Campaign:
    campaign = by_public_id(public_id) or abort(404)
    must(Permission.MODERATE, where_is(campaign))
    return campaign
