"""My account: who I am here, my roles in words, what they let me do."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import grants_of, held
from campaigns.domain.accounts.permissions import ROLE_LABELS, SENTENCES
from campaigns.domain.factors.queries import has_any
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.regions.queries import provinces
from campaigns.web.account.teams import invitations
from campaigns.web.guards import signed_in
from campaigns.web.locale import language

page = Blueprint("me", __name__)


@page.get("/account")
@signed_in()
def show() -> ResponseReturnValue:
    grants = grants_of(current_user.id)
    may = held(current_user.id)
    code = language().code
    campaign_ids = [grant.campaign_id for grant in grants if grant.campaign_id is not None]
    return render_template(
        "account/me.html",
        grants=grants,
        has_second=has_any(current_user.id),
        roles=ROLE_LABELS,
        province_names={row.code: row.name_en if code == "en" else row.name_fa for row in provinces()},
        campaigns=cards_of(campaign_ids, code),
        invitations=invitations(),
        may=[sentence for permission, sentence in SENTENCES.items() if permission in may],
    )
