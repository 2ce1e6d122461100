"""The letter an author gets when something of theirs has been decided."""

from flask import url_for

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import CampaignText
from campaigns.domain.campaigns.states import State
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.reasons import text_of
from campaigns.domain.moderation.verdicts import Verdict
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
    if item.kind == "appeal":
        _tell_of_appeal(item, decision, author)
        return
    if item.campaign is None:
        _tell_of_partner(item, decision, author)
        return
    text = db.session.get(CampaignText, (item.campaign.id, author.language)) or db.session.get_one(
        CampaignText, (item.campaign.id, "fa")
    )
    url = absolute(_where(item))
    about = {"title": text.title, "url": url, "key": decision.public_id}
    if decision.verdict == Verdict.APPROVE:
        if item.kind == "campaign" and item.campaign.state == State.APPROVED:
            letters.campaign_approved(author, **about)
        return
    reason = _reason(decision, author)
    tell = letters.campaign_rejected if item.kind == "campaign" else letters.change_rejected
    if decision.verdict == Verdict.RETURN:
        tell = letters.campaign_changes_asked
    tell(author, **about, reason=reason, note=decision.note)


def _tell_of_appeal(item: Item, decision: Decision, author: User) -> None:
    text = db.session.get(CampaignText, (item.campaign.id, author.language)) if item.campaign else None
    letters.appeal_answered(
        author,
        title=text.title if text else "",
        url=absolute(url_for("desk.appeal.show", decision_id=item.thing.decision.public_id)),
        key=decision.public_id,
        granted=decision.verdict == Verdict.APPROVE,
        note=decision.note,
    )


def _where(item: Item) -> str:
    """Where the author goes on: who records deliveries may have no desk."""
    if item.kind == "delivery":
        return url_for("deliveries.record.show", public_id=item.public_id)
    return url_for("desk.campaign.show", public_id=item.campaign.public_id)


def _tell_of_partner(item: Item, decision: Decision, author: User) -> None:
    """Nothing is said where it was approved: the page is there."""
    if decision.verdict == Verdict.APPROVE:
        return
    of_organization = item.kind == "partner"
    path = (
        url_for("partners.organizations.show", house=item.thing.organization.slug)
        if of_organization
        else url_for("partners.memoranda.show", memorandum=item.public_id)
    )
    letters.partner_sent_back(
        author,
        title=item.thing.organization.name_fa if of_organization else item.thing.subject_fa,
        url=absolute(path),
        key=decision.public_id,
        reason=_reason(decision, author),
        note=decision.note,
        again=decision.verdict == Verdict.RETURN,
    )


def _reason(decision: Decision, author: User) -> str:
    return text_of(decision.reason_code, author.language)
