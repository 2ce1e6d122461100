"""Choosing the campaigns of a set. Nothing is kept: the set is its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.digits import grouped
from campaigns.domain.campaigns.queries import all_moved, newest_public
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.domain.insights.together import named_cards
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.matters import MOST

page = Blueprint("widgetsets", __name__)
OFFERED = 30
LONGEST = 2_000


@dataclass(frozen=True)
class Choice:
    """What was ticked, what was typed, and what is wrong with it."""

    ticked: Sequence[str]
    typed: str
    cards: Sequence[Card]
    errors: Sequence[str] = ()

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(field, sentence): whatever is wrong is mended in the one field everything can be typed into."""
        return [("more", error) for error in self.errors]


@page.get("/widgets/sets")
@public()
def choose() -> ResponseReturnValue:
    """`with`: ticked beforehand. Once something was chosen the way goes to the workshop of that set."""
    ticked, typed = request.args.getlist("c"), request.args.get("more", "")[:LONGEST]
    if not ticked and not typed.strip():
        return _page(Choice(request.args.get("with", "").split("+"), "", []))
    slugs = [*ticked, *(_slug_in(word) for word in typed.split())]
    names = {all_moved(slugs).get(slug, slug) for slug in slugs}
    cards = named_cards(names, language().code)
    unknown = names - {card.slug for card in cards}
    errors = [
        *([_("At most %(n)s campaigns stand together.", n=_number(MOST))] if len(names) > MOST else []),
        *([_("No campaign has this address: %(name)s", name=name) for name in sorted(unknown)]),
    ]
    if errors:
        return _page(Choice(ticked, typed, cards, errors)), 422
    return redirect(url_for("site.widgets.of_many", folder="sets", key="+".join(sorted(names))), 303)


def _page(choice: Choice) -> str:
    code = language().code
    newest = cards_of([row.id for row in newest_public(OFFERED)], code)
    chosen = choice.cards or named_cards(choice.ticked, code)
    offered = {card.slug: card for card in (*chosen, *newest.values())}
    return render_template(
        "site/widgets/choose.html",
        choice=choice,
        cards=list(offered.values()),
        most=MOST,
        longest=LONGEST,
        sample=any(card.is_sample for card in offered.values()),
    )


def _slug_in(word: str) -> str:
    """The slug of a campaign in an address of ours, or by itself."""
    try:
        return urlsplit(word).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        return word


def _number(number: int) -> str:
    return grouped(number, language().code)
