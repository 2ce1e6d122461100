"""What stands on a paper receipt."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.counter.models import Receipt
from campaigns.domain.insights.portal import cards_of
from campaigns.web.counterwords import name_of
from campaigns.web.locale import language
from campaigns.web.qr import qr
from campaigns.web.render import absolute


@dataclass(frozen=True)
class Slip:
    """`link` leads to the public receipt, `code` is a picture of it."""

    receipt: Receipt
    office: str
    title: str
    intent: str
    link: str
    code: Markup

    @classmethod
    def of(cls, receipt: Receipt) -> "Slip":
        gift = receipt.contribution
        link = absolute(url_for("give.receipt.show", code=gift.code))
        return cls(
            receipt=receipt,
            office=name_of(receipt.office),
            title=cards_of([gift.campaign_id], language().code)[gift.campaign_id].title,
            intent=str(INTENT_LABELS[Intent(gift.intent)]),
            link=link,
            code=qr(link),
        )
