"""What money of each intent may be spent on: one table, with the sentence that says so and where it comes from.

The rules are the careful reading that the schools of practice share. Whoever follows another reading asks their
own authority; the organization's religious adviser changes a rule here and nowhere else.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from campaigns.domain.contributions.intents import Intent


class Purpose(StrEnum):
    """What money is spent on, as roughly as the rules ask."""

    NEEDY = "needy"
    NEEDY_SADAT = "needy_sadat"
    FOOD = "food"
    ORPHANS = "orphans"
    PROJECT = "project"
    RUNNING = "running"


PURPOSE_LABELS = {
    Purpose.NEEDY: _l("Support of people in need"),
    Purpose.NEEDY_SADAT: _l("Support of sadat in need"),
    Purpose.FOOD: _l("Food for people in need"),
    Purpose.ORPHANS: _l("Needs of orphans"),
    Purpose.PROJECT: _l("Other work of the campaign"),
    Purpose.RUNNING: _l("Running costs of the campaign"),
}


@dataclass(frozen=True)
class Rule:
    """`sentence` says what the intent may pay for, `source` where that comes from, in words."""

    pays_for: frozenset[Purpose]
    sentence: Any
    source: Any
    ring_fenced: bool = True

    def fits(self, purpose: Purpose) -> bool:
        return purpose in self.pays_for


P = Purpose
RULES = {
    Intent.SADAQAH: Rule(
        frozenset(P),
        _l("A free gift may pay for everything this campaign does."),
        _l("The giver chose the campaign and set no other condition."),
        ring_fenced=False,
    ),
    Intent.ZAKAT: Rule(
        frozenset({P.NEEDY, P.FOOD}),
        _l("Zakat goes to people in need, in money, goods or food, and to nothing else."),
        _l("The Quran, sura at-Tawbah, verse 60, which names who may receive zakat."),
    ),
    Intent.NAZR: Rule(
        frozenset(P) - {P.RUNNING},
        _l("A vow pays for the work of the campaign it was vowed for, never for running costs."),
        _l("A vow is kept as it was made: books of practice, chapter on vows."),
        ring_fenced=False,
    ),
    Intent.KAFFARAH: Rule(
        frozenset({P.FOOD}),
        _l("Expiation buys food for people in need, and nothing else."),
        _l(
            "The Quran, sura al-Ma'idah, verse 89, on feeding the poor; books of practice, chapter on fasting."
        ),
    ),
    Intent.FITR_GENERAL: Rule(
        frozenset({P.NEEDY, P.FOOD}),
        _l("General zakat of Fitr goes to people in need who are not sadat, in money or food."),
        _l("Books of practice, chapter on zakat of Fitr: what others give is not for sadat."),
    ),
    Intent.FITR_SADAT: Rule(
        frozenset({P.NEEDY_SADAT}),
        _l("Zakat of Fitr given by sadat is kept for sadat in need."),
        _l("Books of practice, chapter on zakat of Fitr: only what sadat give may go to sadat."),
    ),
    Intent.ORPHANS: Rule(
        frozenset({P.ORPHANS}),
        _l("A gift for orphans pays for what orphans need, and for nothing else."),
        _l("The Quran, sura an-Nisa, verse 10, on the property of orphans; and the giver's own condition."),
    ),
}
"""Ring-fenced intents are never mixed with others: they are spent only for what they were given for."""
