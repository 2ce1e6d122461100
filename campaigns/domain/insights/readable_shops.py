"""A listed shop in words, for a moderator to read."""

from flask_babel import gettext as _

from campaigns.base.text import hidden_characters
from campaigns.base.worddiff import word_diff
from campaigns.domain.goods.pledge_models import ListedShop
from campaigns.domain.insights.readable import Change


def shop_words(shop: ListedShop) -> list[Change]:
    pairs = ((_("Name of the shop"), shop.name), (_("Address"), shop.address), (_("Phone"), shop.phone))
    return [Change(label, word_diff("", text), hidden_characters(text)) for label, text in pairs if text]
