"""Pages about the organization and how it works."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.contributions.rules import PURPOSE_LABELS, RULES
from campaigns.domain.insights import portal
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable

page = Blueprint("about", __name__)


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
