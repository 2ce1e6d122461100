"""What a moderator must know of provinces: whose words these are, and whose pages an edit changes as well."""

from typing import Any

from campaigns.domain.campaigns.clones import clones_of, parent_of
from campaigns.domain.families.following import is_read, says_the_approved
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.moderation.contract import Item
from campaigns.web.locale import language


def family_words(item: Item) -> dict[str, Any]:
    """For the template of a campaign or of an edit."""
    if item.kind == "edit":
        return {"provinces": len(clones_of(item.campaign.id))}
    parent = parent_of(item.campaign.id)
    if parent is None:
        return {}
    return {
        "national": cards_of([parent.id], language().code)[parent.id],
        "is_national_read": is_read(parent),
        "says_the_approved": says_the_approved(item.campaign),
    }
