"""What stands on an in-kind receipt on paper."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from campaigns.domain.goods.stock_models import Intake
from campaigns.domain.insights.portal import cards_of
from campaigns.web.goods.words import name_of
from campaigns.web.locale import language
from campaigns.web.qr import qr
from campaigns.web.render import absolute


@dataclass(frozen=True)
class Slip:
    """`link` leads to the page of the promise, `code` is a picture of it; both empty where nobody had promised."""

    receipt: Intake
    warehouse: str
    title: str
    link: str
    code: Markup

    @classmethod
    def of(cls, receipt: Intake) -> "Slip":
        owner = receipt.stock.campaign_id
        title = cards_of([owner], language().code)[owner].title if owner else ""
        pledge = receipt.pledge
        link = absolute(url_for("give.promise.show", code=pledge.code)) if pledge is not None else ""
        return cls(receipt, name_of(receipt.warehouse), title, link, qr(link) if link else Markup())
