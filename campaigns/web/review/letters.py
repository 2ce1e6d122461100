"""The letter an author gets when something of theirs has been decided."""

from flask import url_for
from flask_babel import force_locale

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import CampaignText
from campaigns.domain.campaigns.states import State
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.things import Item
from campaigns.domain.moderation.verdicts import REASON_LETTERS, Reason, Verdict
from campaigns.domain.notices import letters
from campaigns.web.render import absolute


def tell_author(item: Item, decision: Decision) -> None:
    """Writes the letter in the present transaction. Donors have no address of ours; the first of two is silent.

    A campaign that opens at once is announced by the worker (`notices.openings`), not by two letters.
    """
    db.session.flush()
    if item.author_id is None:
        return
    author = db.session.get_one(User, item.author_id)
    text = db.session.get(CampaignText, (item.campaign.id, author.language)) or db.session.get_one(
        CampaignText, (item.campaign.id, "fa")
    )
    url = absolute(url_for("desk.campaign.show", public_id=item.campaign.public_id))
    about = {"title": text.title, "url": url, "key": decision.public_id}
    if decision.verdict == Verdict.APPROVE:
        if item.kind == "campaign" and item.campaign.state == State.APPROVED:
            letters.campaign_approved(author, **about)
        return
    with force_locale(author.language):
        reason = str(REASON_LETTERS[Reason(decision.reason_code)])
    tell = letters.campaign_rejected if item.kind == "campaign" else letters.change_rejected
    if decision.verdict == Verdict.RETURN:
        tell = letters.campaign_changes_asked
    tell(author, **about, reason=reason, note=decision.note)
