"""Pages about the organization and how it works, and the public log of decisions."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.contributions.rules import PURPOSE_LABELS, RULES
from campaigns.domain.insights import portal
from campaigns.domain.moderation.queries import public_log
from campaigns.domain.moderation.verdicts import REASON_LABELS, VERDICT_LABELS
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language

page = Blueprint("about", __name__)
DECISIONS_SHOWN = 100


@page.get("/about")
@cacheable()
def organization() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    return render_template(
        "site/about/organization.html", figures=portal.figures(), sample=portal.has_samples()
    )


@page.get("/about/approval")
@cacheable()
def approval() -> ResponseReturnValue:
    return render_template("site/about/approval.html")


@page.get("/about/privacy")
@cacheable()
def privacy() -> ResponseReturnValue:
    return render_template("site/about/privacy.html")


@page.get("/about/intents")
@cacheable()
def intents() -> ResponseReturnValue:
    return render_template(
        "site/about/intents.html", labels=INTENT_LABELS, rules=RULES, purposes=PURPOSE_LABELS
    )


@page.get("/about/accessibility")
@cacheable()
def accessibility() -> ResponseReturnValue:
    return render_template("site/about/accessibility.html")


@page.get("/about/decisions")
@cacheable()
def decisions() -> ResponseReturnValue:
    """The newest decisions: what, why, when. No person is named and no private note shown."""
    depends(stamps.PORTAL)
    rows = public_log(DECISIONS_SHOWN)
    return render_template(
        "site/about/decisions.html",
        rows=rows,
        cards=portal.cards_of(
            list({campaign.id for _decision, campaign, _has_page in rows}), language().code
        ),
        verdicts=VERDICT_LABELS,
        reasons=REASON_LABELS,
        sample=portal.has_samples(),
    )
