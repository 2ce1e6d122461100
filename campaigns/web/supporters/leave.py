"""Stopping the letters of a campaign, by the link that every one of them has."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.supporters import following, links
from campaigns.domain.supporters.models import Follower, FollowState
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.render import themed

page = Blueprint("leave", __name__)


@page.get("/following/<token>/stop")
@public()
def show(token: str) -> ResponseReturnValue:
    """Mail programs look at links by themselves: looking stops nothing."""
    return drawn(_owned(token), "supporters/stop.html", token)


@page.post("/following/<token>/stop")
@public()
def stop(token: str) -> ResponseReturnValue:
    """The button, and the one click of a mail program (RFC 8058), which has no cookie and wants no redirect."""
    follower = _owned(token)
    following.leave(follower)
    db.session.commit()
    return drawn(follower, "supporters/stop.html", token)


def drawn(follower: Follower, template: str, token: str) -> str:
    """A page for the owner of an address, in the look of the campaign."""
    campaign = follower.campaign
    return themed(
        campaign.theme,
        template,
        card=cards_of([campaign.id], language().code)[campaign.id],
        follows=follower.state == FollowState.FOLLOWS,
        has_left=follower.state == FollowState.LEFT,
        token=token,
    )


def _owned(token: str) -> Follower:
    follower = links.owned(token)
    if follower is None:
        abort(404)
    return follower
