"""Needs as pages show them: which ways to help stand beside them."""

from dataclasses import dataclass

from flask import current_app, url_for

from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.board import Board
from campaigns.domain.goods.need_views import Need, Needs, needs_of
from campaigns.web.locale import language

GOODS = "give.goods.start"


@dataclass(frozen=True)
class Shown:
    """The needs of one campaign for a page. `least_rials`: its smallest gift of money; `live`: it takes gifts now."""

    slug: str
    needs: Needs
    least_rials: int
    live: bool

    def goods_url(self, need: Need) -> str:
        """Where one promises to bring it; empty while nothing can be promised."""
        takes = self.live and need.open and GOODS in current_app.view_functions
        return url_for(GOODS, slug=self.slug, need=need.public_id) if takes else ""

    def money_url(self, need: Need) -> str:
        """The form of giving with the price of one unit in it; empty where money does not help this need now."""
        takes = (
            self.live and need.is_next and need.count.remaining > 0 and need.price_rials >= self.least_rials
        )
        return url_for("give.start.show", slug=self.slug, fill=need.price_rials // 10) if takes else ""


def shown(campaign: Campaign, *, live: bool, found: Board | None = None) -> Shown:
    """`found`: its board, where the caller has it."""
    return Shown(campaign.slug, needs_of(campaign, language().code, found), campaign.minimum_rials, live)
