"""What the picture of a campaign says, and with which font it is drawn."""

from typing import Protocol

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from campaigns.base.digits import grouped
from campaigns.base.money import toman_compact
from campaigns.domain.campaigns.models import Campaign
from campaigns.web.matters import HOUSE_THEME
from campaigns.web.pagestore import Flights
from campaigns.web.picture import Fonts, Words, can_draw, draw
from campaigns.web.sharestore import key_of

_flights = Flights()


class Goal(Protocol):
    @property
    def percent(self) -> int: ...
    @property
    def goal_rials(self) -> int: ...


class Shown(Goal, Protocol):
    """What a picture needs of a campaign: a card of a list and the page itself both have it."""

    @property
    def title(self) -> str: ...
    @property
    def theme(self) -> str: ...


class Sums(Goal, Protocol):
    """What one campaign received, or several together."""

    @property
    def received_rials(self) -> int: ...


def share_of(sums: Sums, code: str) -> str:
    """How far they are; what they received where there is no goal."""
    if not sums.goal_rials:
        return _("Received: %(got)s", got=toman_compact(sums.received_rials, code))
    return _part_of(sums, code)


def words_of(shown: Shown, title_language: str, house: str, code: str) -> Words:
    """Its title, how far it is, who runs it, in the language of the page being made."""
    return Words(house, shown.title, title_language, _part_of(shown, code), code, shown.theme, shown.percent)


def _part_of(goal: Goal, code: str) -> str:
    whole = toman_compact(goal.goal_rials, code)
    return _("%(n)s percent of %(goal)s", n=grouped(goal.percent, code), goal=whole)


def words_of_portal(count: int, code: str) -> Words:
    """What the portal says of itself, in the language of the page being made. `count`: its open campaigns."""
    line = ngettext("%(n)s open campaign", "%(n)s open campaigns", count, n=grouped(count, code))
    title = _("Small gifts, whole dowries, wheelchairs and school kits")
    return Words(_("National Charity Organization"), title, code, line, code, HOUSE_THEME)


def house_of(campaign: Campaign, code: str) -> str:
    """Who runs it."""
    return campaign.organization.name_en if code == "en" else campaign.organization.name_fa


def once(words: Words, fonts: Fonts) -> bytes:
    """The picture, drawn by the first who asks in this process while all others wait for it."""
    with _flights.hold(("share picture", key_of(words), "")):
        return draw(words, fonts)


def built_fonts() -> Fonts | None:
    """The built font; None where it is missing or letters cannot be joined."""
    assets = current_app.extensions["assets"]
    plain, bold = (assets.file(f"fonts/Vazirmatn-{weight}.ttf") for weight in ("Medium", "ExtraBold"))
    return Fonts(plain, bold) if can_draw() and plain.is_file() and bold.is_file() else None
