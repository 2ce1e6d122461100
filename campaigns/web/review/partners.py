"""What a moderator opens of a partner or a memorandum: its logo, its two papers; and words for their pages."""

from typing import Any

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.moderation.contract import Item
from campaigns.domain.partners.queries import logo_of
from campaigns.domain.partners.queries import paper as paper_of
from campaigns.domain.partners.words import KIND_LABELS
from campaigns.domain.volunteers.words import DIVISION_LABELS
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.review.families import family_words
from campaigns.web.review.rows import one

page = Blueprint("partners", __name__)
KINDS = {"partner", "memorandum"}


@page.get("/partner/<profile>/logo.png")
@needs(Permission.MODERATE)
def logo(profile: str) -> ResponseReturnValue:
    item = one("partner", profile)
    content = logo_of(item.thing) if item else None
    if content is None:
        abort(404)
    return Response(content, mimetype="image/png")


@page.get("/memorandum/<memorandum>/papers/<any(signed, public):use>")
@needs(Permission.MODERATE)
def paper(memorandum: str, use: str) -> ResponseReturnValue:
    """The file, to be kept: a browser never draws it here."""
    item = one("memorandum", memorandum)
    kept = paper_of(item.thing, use) if item else None
    if kept is None:
        abort(404)
    name = {"Content-Disposition": f'attachment; filename="memorandum-{use}.pdf"'}
    return Response(kept.content, mimetype="application/pdf", headers=name)


def words_for(item: Item) -> dict[str, Any]:
    """What the template of such an item knows besides the item."""
    if item.kind in {"campaign", "edit"}:
        return family_words(item)
    if item.kind not in KINDS:
        return {}
    served = item.thing.campaigns if item.kind == "memorandum" else []
    cards = cards_of([campaign.id for campaign in served], language().code)
    return {"partner_kinds": KIND_LABELS, "divisions": DIVISION_LABELS, "served": list(cards.values())}
