"""Several campaigns that somebody chose to show together: what their widgets lead to."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.topics import TOPIC_LABELS
from campaigns.domain.regions.queries import provinces
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.matters import canonical, of_set

page = Blueprint("sets", __name__)


@page.get("/sets/<key>")
@cacheable(prompt=True)
def show(key: str) -> ResponseReturnValue:
    """The slugs of a set, with a plus between them, in alphabetical order; in another order they are led there."""
    usual = canonical("sets", key)
    if usual != key:
        return redirect(url_for("site.sets.show", key=usual), 301)
    code = language().code
    matter = of_set(key, code) or abort(404)
    depends(*matter.stamps)
    return render_template(
        "site/set.html",
        matter=matter,
        topics=TOPIC_LABELS,
        provinces=provinces(code),
        sample=any(card.is_sample for card in matter.cards),
    )
