"""Giving money: what the first page asks — how much, with which intent — read from the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from campaigns.base.digits import in_script
from campaigns.base.money import AmountError, AmountProblem, parse_toman, toman
from campaigns.domain.campaigns.page import CampaignPage

NAME = "money"
LONGEST_TYPED = 60


@dataclass(frozen=True)
class Choice:
    """What the first page says. `problems`: (field id, sentence); none: `rials` and `intent` are good."""

    rials: int = 0
    intent: str = ""
    typed_wins: bool = False
    amount: str = ""
    other: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)


def filled(tomans: str) -> Choice:
    """The first page with this amount in it, nothing chosen yet; what is no number is passed over."""
    plain = tomans.isascii() and tomans.isdigit() and len(tomans) <= LONGEST_TYPED
    return Choice(other=tomans if plain else "")


def read(
    values: Mapping[str, str], page: CampaignPage, least_rials: int, most_rials: int | None, language: str
) -> Choice:
    """Reads `amount` (tomans of a preset), `other` (typed) and `intent`. A typed amount wins.

    `least_rials` and `most_rials`: what gateways take; the campaign has a smallest gift of its own.
    """
    amount, other = values.get("amount", "")[:LONGEST_TYPED], values.get("other", "")[:LONGEST_TYPED]
    problems: list[tuple[str, str]] = []
    rials = 0
    try:
        rials = parse_toman(other if other.strip() else amount)
        problems += _bounds(rials, max(page.minimum_rials, least_rials), most_rials, language)
    except AmountError as wrong:
        problems.append(("other", _sentence(wrong.problem, language)))
    intent = values.get("intent", "")
    allowed = [choice.code for choice in page.intents]
    if len(allowed) == 1 and not intent:
        intent = allowed[0]
    if intent not in allowed:
        intent = ""
        problems.append(("intent", _("Choose what your gift is meant as")))
    return Choice(rials, intent, bool(other.strip() and amount), amount, other, problems)


def _bounds(rials: int, least_rials: int, most_rials: int | None, language: str) -> list[tuple[str, str]]:
    if rials % 10:
        return [("other", _("Write whole tomans"))]
    if rials < least_rials:
        return [("other", _("The amount must be %(least)s or more", least=toman(least_rials, language)))]
    if most_rials is not None and rials > most_rials:
        return [("other", _("The gateway takes at most %(most)s at once", most=toman(most_rials, language)))]
    return []


def _sentence(problem: AmountProblem, language: str) -> str:
    example = in_script("250000", language)
    return {
        AmountProblem.EMPTY: _("Choose one of the amounts or write your own"),
        AmountProblem.NOT_A_NUMBER: _(
            "Write the amount with digits only, such as %(example)s", example=example
        ),
        AmountProblem.NEGATIVE: _("Write an amount above zero"),
        AmountProblem.FRACTION: _("Write whole tomans"),
        AmountProblem.TOO_LARGE: _("This amount is too large for a gateway"),
    }[problem]
