"""The pictures of a campaign, and taking one off at once because somebody who is seen agrees no longer."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.takedown import WithdrawForm, carry_out, confirm_page, list_page

page = Blueprint("consent", __name__)
DOOR = "desk.consent"
EDITS = Permission.EDIT_CAMPAIGN


@page.get("/c/<public_id>/pictures")
@needs(EDITS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS)
    return list_page(campaign, DOOR, url_for("desk.campaign.show", public_id=public_id))


@page.get("/c/<public_id>/pictures/<picture>/withdraw")
@needs(EDITS)
def ask(public_id: str, picture: str) -> ResponseReturnValue:
    return confirm_page(mine(public_id, EDITS), picture, DOOR, WithdrawForm(formdata=None))


@page.post("/c/<public_id>/pictures/<picture>/withdraw")
@needs(EDITS)
def take_off(public_id: str, picture: str) -> ResponseReturnValue:
    return carry_out(mine(public_id, EDITS), picture, DOOR)
