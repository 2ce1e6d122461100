"""Giving goods: how many of a need, in which way they come and when, read against what is still asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from campaigns.base.digits import grouped
from campaigns.domain.goods.pledge_states import Way

NAME = "goods"
UNKNOWN_MOST = 10
"""Who promises more than so many leaves a number to call: nobody empties a need unseen."""


@dataclass(frozen=True)
class Open:
    """What is still asked for. `hows`: each way as a form names it; `last`: the last day goods are taken."""

    left: int
    hows: Sequence[str]
    first: date
    last: date


@dataclass(frozen=True)
class Choice:
    """What somebody chose. None, or empty: nothing, or nothing that could be read. `how`: `way` or `way-<id>`."""

    quantity: int | None
    how: str
    day: date | None
    mobile: str | None
    address: str

    @property
    def way(self) -> Way:
        return Way(self.how.partition("-")[0])

    @property
    def where(self) -> str:
        """The public id of the place or of the shop; empty where there is none."""
        return self.how.partition("-")[2]


def problems(choice: Choice, still: Open, language: str) -> dict[str, str]:
    """What is wrong with a choice, by field; empty: it is good."""
    found = {
        "quantity": quantity_problem(choice.quantity, still.left, language),
        "how": "" if choice.how in still.hows else _("Choose how it comes to us"),
        "day": day_problem(choice.day, still),
    }
    if not found["how"]:
        found["mobile"] = _mobile_problem(choice)
        if choice.way is Way.COLLECT and not choice.address:
            found["address"] = _("Write where we are to fetch it")
    return {name: sentence for name, sentence in found.items() if sentence}


def quantity_problem(quantity: int | None, left: int, language: str) -> str:
    if not quantity:
        return _("Write how many you will bring, at least one")
    if quantity > left:
        return ngettext(
            "Only %(n)s is still needed: promise one, or choose another thing.",
            "Only %(n)s are still needed: promise as many or fewer.",
            left,
            n=grouped(left, language),
        )
    return ""


def day_problem(day: date | None, still: Open) -> str:
    return "" if day is not None and still.first <= day <= still.last else _("Choose a day of the list")


def _mobile_problem(choice: Choice) -> str:
    if choice.mobile:
        return ""
    if choice.way is Way.COLLECT:
        return _("Write a mobile number: whoever comes calls you first.")
    if not choice.where:
        return _("Write a mobile number: we call you and say where to bring it.")
    if (choice.quantity or 0) > UNKNOWN_MOST:
        return _("For so many, write a mobile number: the office calls you before they come.")
    return ""
