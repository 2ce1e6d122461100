"""Widgets for everybody: the ways in, the workshop of one campaign, and pages that play another site."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.base.languages import LANGUAGES
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import newest_public, public_organizations
from campaigns.domain.insights.portal import cards_of, has_samples
from campaigns.domain.regions.queries import provinces
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.matters import MANY, canonical, of_campaign
from campaigns.web.render import absolute
from campaigns.web.site.campaign import found
from campaigns.web.workshop import CHOICE, bench, neighbours, shown_markup
from campaigns.widgets import WIDGETS
from campaigns.widgets.plug import Subject

page = Blueprint("widgets", __name__)
HOST_CSP = (
    "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; font-src 'self'; "
    "frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
MOST = 30


@page.get("/widgets")
@cacheable()
def index() -> ResponseReturnValue:
    """One section for each way in, and the widgets that are about more than one campaign."""
    depends(stamps.PORTAL)
    code = language().code
    rows = newest_public(MOST)
    cards = cards_of([row.id for row in rows], code)
    places = [(place.name_en if code == "en" else place.name_fa, place.code) for place in provinces(code)]
    return render_template(
        "site/widgets/index.html",
        cards=[cards[row.id] for row in rows],
        house=_first_grid("organizations", _houses(code)),
        province=_first_grid("provinces", places),
        map=WIDGETS["map"].snippet(_subject("", url_for("site.provinces.index"), "/e/provinces")),
        sample=has_samples(),
    )


@page.get("/widgets/<slug>")
@cacheable(params=CHOICE)
def show(slug: str) -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    work = bench(lambda code: of_campaign(campaign, code))
    return render_template(
        "site/widgets/campaign.html",
        campaign=campaign,
        matter=work.matter,
        bench=work,
        neighbours=neighbours(campaign),
        sample=campaign.is_sample,
    )


@page.get(f"/widgets/<any({','.join(MANY)}):folder>/<key>")
@cacheable(params=CHOICE)
def of_many(folder: str, key: str) -> ResponseReturnValue:
    """The workshop of an organization, a province or a set."""
    usual = canonical(folder, key)
    if usual != key:
        return redirect(url_for("site.widgets.of_many", folder=folder, key=usual), 301)
    work = bench(lambda code: MANY[folder](key, code))
    depends(*work.matter.stamps)
    return render_template(
        "site/widgets/many.html",
        matter=work.matter,
        bench=work,
        key=key,
        a_set=folder == "sets",
        sample=bool(work.matter.numbers and work.matter.numbers.is_sample),
    )


@page.get("/widgets/<slug>/host")
@cacheable(params=(*CHOICE, "ground", "dir"))
def host(slug: str) -> ResponseReturnValue:
    """A page that plays another site: light or dark, of either direction, with the widget inside."""
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    return _played(shown_markup(lambda code: of_campaign(campaign, code)))


@page.get(f"/widgets/<any({','.join(MANY)}):folder>/<key>/host")
@cacheable(params=(*CHOICE, "ground", "dir"))
def host_of_many(folder: str, key: str) -> ResponseReturnValue:
    depends(stamps.PORTAL)
    return _played(shown_markup(lambda code: MANY[folder](key, code)))


def _played(widget: Markup) -> Response:
    dark, ltr = request.args.get("ground") == "dark", request.args.get("dir") == "ltr"
    drawn = render_template("site/widgets/host.html", widget=widget, dark=dark, ltr=ltr)
    answer: Response = make_response(drawn)
    answer.headers["Content-Security-Policy"] = HOST_CSP
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _houses(code: str) -> list[tuple[str, str]]:
    """Names and slugs of the organizations that run a campaign."""
    query = (
        select(Organization).where(Organization.slug.in_(public_organizations())).order_by(Organization.id)
    )
    return [(row.name_en if code == "en" else row.name_fa, row.slug) for row in db.session.scalars(query)]


def _first_grid(folder: str, rows: list[tuple[str, str]]) -> str:
    """The snippet of the first of these, as an example for all; nothing where there are none."""
    if not rows:
        return ""
    (name, key), house = rows[0], folder == "organizations"
    path = url_for("site.organizations.show", slug=key) if house else url_for("site.provinces.show", code=key)
    return WIDGETS["grid"].snippet(
        _subject(_("Campaigns of %(name)s", name=name), path, f"/e/{folder}/{key}")
    )


def _subject(title: str, path: str, embed: str) -> Subject:
    code = language().code
    return Subject(absolute(path), absolute(request.script_root + embed), title, code, LANGUAGES[code].dir)
