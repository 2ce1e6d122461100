"""Answering an invitation onto the team of a campaign. They stand on the page of the account."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts import team
from campaigns.domain.accounts.permissions import ROLE_LABELS, Role
from campaigns.domain.campaigns.queries import by_id, where_is
from campaigns.domain.insights.portal import cards_of
from campaigns.web.guards import signed_in
from campaigns.web.locale import language

page = Blueprint("teams", __name__)


@dataclass(frozen=True)
class Asked:
    """An invitation in words."""

    public_id: str
    title: str
    role: str
    inviter: str


@page.post("/account/teams/<invitation>/<any(join,decline):step>")
@signed_in()
def answer(invitation: str, step: str) -> ResponseReturnValue:
    csrf.protect()
    asked = [row for row in team.waiting_for(current_user.id) if row.public_id == invitation]
    if not asked:
        abort(404)
    campaign = by_id(asked[0].campaign_id)
    done = team.answer(current_user, invitation, where_is(campaign), agrees=step == "join")
    db.session.commit()
    if not done:
        flash(_("This invitation no longer counts."), "warn")
    elif step == "join":
        flash(_("Welcome to the team. The campaign is on your desk."), "ok")
    return redirect(url_for("account.me.show"), 303)


def invitations() -> list[Asked]:
    """What the signed-in person is asked to join."""
    rows = team.waiting_for(current_user.id)
    cards = cards_of([row.campaign_id for row in rows], language().code)
    return [
        Asked(
            row.public_id,
            cards[row.campaign_id].title or cards[row.campaign_id].slug,
            str(ROLE_LABELS[Role(row.role)]),
            row.invited_by.name,
        )
        for row in rows
    ]
