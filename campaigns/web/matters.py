"""What widgets may be about: one campaign, a set of them, an organization, a province. One contract for pictures,
frames, snippets and the workshop; whoever adds another thing to show makes one more `Matter`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from flask import url_for
from flask_babel import gettext as _

from campaigns.base import stamps
from campaigns.base.digits import grouped
from campaigns.base.languages import DEFAULT, LANGUAGES
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.frame_sites import sites_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import all_moved, languages_of
from campaigns.domain.insights import portal
from campaigns.domain.insights.together import RESTING, Together, named_cards, together
from campaigns.domain.partners.queries import house_with_page
from campaigns.domain.regions.models import Province
from campaigns.domain.regions.queries import province

HOUSE_THEME = "firouzeh"
MOST = 12
"""How many campaigns a set may have, and how many of them a grid shows."""


@dataclass(frozen=True)
class Matter:
    """In one language. `page`, `embed` and `workshop` are paths; `embed` is what its widgets lie beneath.

    `numbers` is None where none of its campaigns is there to be shown; `stamps` are what all of this was made from.
    """

    about: Literal["campaign", "many"]
    title: str
    page: str
    embed: str
    workshop: str
    short: str  # the path to type from paper
    cards: Sequence[portal.Card]
    numbers: portal.Card | Together | None
    campaign_ids: Sequence[int]  # whose gifts make up the numbers
    stamps: tuple[str, ...]
    theme: str = HOUSE_THEME
    accent: str = ""
    spoken: bool = True  # whether its texts are there in this language; in Persian they always are
    languages: Callable[[], Sequence[str]] = lambda: tuple(LANGUAGES)
    sites: Callable[[], Sequence[str]] = tuple  # those that may show its frames; none: every site

    @property
    def asking(self) -> Sequence[int]:
        """The campaigns that ask for goods and people here: the one it is about, or all of these that are open."""
        alone = self.about == "campaign"
        return [card.campaign_id for card in self.cards if alone or card.state == "live"]

    @property
    def rests(self) -> bool:
        """Whether a sentence stands in the place of the numbers."""
        return self.numbers is None or self.numbers.state in RESTING


def of_campaign(campaign: Campaign, language: str) -> Matter:
    card = portal.cards_of([campaign.id], language)[campaign.id]
    return Matter(
        about="campaign",
        title=card.title,
        page=url_for("site.campaign.show", slug=campaign.slug),
        embed=f"/e/{campaign.slug}",
        workshop=url_for("site.widgets.show", slug=campaign.slug),
        short=url_for("site.shortlink.follow", code=campaign.short_code),
        cards=[card],
        numbers=card,
        campaign_ids=[campaign.id, *(card.whole.province_ids if card.whole else ())],
        stamps=stamps.of_asking(campaign.id),
        theme=card.theme,
        accent=card.accent,
        spoken=card.title_language == language,
        languages=lambda: _common([campaign.id]),
        sites=lambda: sites_of(campaign.id),
    )


def of_set(key: str, language: str) -> Matter | None:
    """The campaigns of these slugs that have a page; None where there is none, or more than a set may have."""
    names = set(key.split("+"))
    cards = named_cards(names, language) if len(names) <= MOST else []
    if not cards:
        return None
    ids = [card.campaign_id for card in cards]
    shown = [card for card in cards if card.state not in RESTING]
    named_after = shown or cards
    together_said = _("%(n)s campaigns together", n=grouped(len(named_after), language))
    title = together_said if len(named_after) > 1 else named_after[0].title
    themes = {card.theme for card in cards}
    missing = (stamps.PORTAL,) if len(cards) < len(names) else ()
    return _many(
        f"sets/{key}",
        title,
        url_for("site.sets.show", key=key),
        shown,
        together(shown, title, language, with_provinces=True),
        (*missing, *(stamp for number in ids for stamp in stamps.of_asking(number))),
        theme=themes.pop() if len(themes) == 1 else HOUSE_THEME,
        spoken=all(card.title_language == language for card in cards),
        languages=lambda: _common(ids),
    )


def of_organization(slug: str, language: str) -> Matter | None:
    """Its open campaigns. What a national one received elsewhere is not its own."""
    house = house_with_page(slug)
    if house is None:
        return None
    title = _("Campaigns of %(name)s", name=named(house, language))
    cards = [card for card in portal.of_organization(house.id, language) if card.state == "live"]
    sums = together(cards, title, language, with_provinces=False)
    page = url_for("site.organizations.show", slug=slug)
    return _many(f"organizations/{slug}", title, page, cards, sums, (stamps.PORTAL,))


def of_province(code: str, language: str) -> Matter | None:
    """Its open campaigns; in the sums are those for this province alone, as the money of others is not divided."""
    place = province(code)
    if place is None:
        return None
    title = _("Campaigns of %(name)s", name=named(place, language))
    cards = portal.in_province(code, language)
    alone = [card for card in cards if card.province_codes == (code,)]
    sums = together(alone, title, language, with_provinces=False)
    page = url_for("site.provinces.show", code=code)
    return _many(f"provinces/{code}", title, page, cards, sums, (stamps.PORTAL,))


MANY: dict[str, Callable[[str, str], Matter | None]] = {
    "organizations": of_organization,
    "provinces": of_province,
    "sets": of_set,
}
"""By the first part of their addresses: what makes one of its key and the language."""


def canonical(folder: str, key: str) -> str:
    """The one key of the same thing: the slugs of a set are today's, in order, each once."""
    if folder != "sets":
        return key
    names = {name for name in key.split("+") if name}
    if not 0 < len(names) <= MOST:
        return key
    moved = all_moved(names)
    return "+".join(sorted({moved.get(name, name) for name in names}))


def named(thing: Organization | Province, language: str) -> str:
    return thing.name_en if language == "en" else thing.name_fa


def _many(
    folder: str,
    title: str,
    page: str,
    cards: Sequence[portal.Card],
    sums: Together | None,
    follows: tuple[str, ...],
    *,
    theme: str = HOUSE_THEME,
    spoken: bool = True,
    languages: Callable[[], Sequence[str]] = lambda: tuple(LANGUAGES),
) -> Matter:
    kind, _slash, key = folder.partition("/")
    return Matter(
        about="many",
        title=title,
        page=page,
        embed=f"/e/{folder}",
        workshop=url_for("site.widgets.of_many", folder=kind, key=key),
        short=page,
        cards=cards,
        numbers=sums,
        campaign_ids=sums.campaign_ids if sums else (),
        stamps=follows,
        theme=theme,
        spoken=spoken,
        languages=languages,
    )


def _common(campaign_ids: Sequence[int]) -> Sequence[str]:
    """Persian, and the other languages every one of these campaigns has."""
    found = languages_of(campaign_ids)
    return [code for code in LANGUAGES if code in found or code == DEFAULT]
