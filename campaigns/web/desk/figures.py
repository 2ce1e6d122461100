"""Figures of one campaign, or of all of somebody's campaigns, as charts with their tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope, where_is
from campaigns.domain.insights import figures as reckoned
from campaigns.domain.insights.figures import Cell, Figures, figures
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.regions.queries import provinces
from campaigns.domain.supporters.sources import tags
from campaigns.web.barchart import Bars, bars, columns
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.ways import gateway_label

page = Blueprint("figures", __name__)
SPANS = {
    "30": _l("The last thirty days"),
    "90": _l("The last ninety days"),
    "365": _l("The last year"),
}
CHANNELS = {
    reckoned.TRANSFER: _l("Card to card, or a transfer to a Sheba"),
    reckoned.CASH: _l("Cash at an office"),
    reckoned.READER: _l("Card reader of an office"),
    reckoned.OTHER: _l("Another way"),
    "sample": _l("Sample gifts"),
}


@dataclass(frozen=True)
class Part:
    """One way of dividing the gifts: rows of words and cells, the largest first, and their chart."""

    id: str
    label: str
    head: str
    rows: list[tuple[str, Cell]]
    drawn: Bars
    note: str = ""


@page.get("/figures")
@needs(Permission.SEE_GIFTS)
def everything() -> str:
    """Of all campaigns whose gifts I may see."""
    scope = scope_of(current_user.id, Permission.SEE_GIFTS)
    ids = list(db.session.scalars(in_scope(select(Campaign.id), scope, current_user.id)))
    all_amounts = scope_of(current_user.id, Permission.SEE_MONEY).everywhere
    found = _reckoned(ids, all_amounts)
    return _page(found, [_by_channel(found), _by_province(found)], campaign=None, title="")


@page.get("/c/<public_id>/figures")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> str:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    all_amounts = may(current_user.id, Permission.SEE_MONEY, where_is(campaign))
    found = _reckoned([campaign.id], all_amounts)
    card = cards_of([campaign.id], language().code)[campaign.id]
    parts = [_by_channel(found), _by_source(found, campaign)]
    may_edit = may(current_user.id, Permission.EDIT_CAMPAIGN, where_is(campaign))
    return _page(found, parts, campaign=campaign, title=card.title or campaign.slug, may_edit=may_edit)


def _reckoned(ids: Sequence[int], all_amounts: bool) -> Figures:
    today = tehran_day(now())
    return figures(ids, *_days(today), all_amounts=all_amounts)


def _days(today: date) -> tuple[date, date]:
    return today - timedelta(days=int(_span()) - 1), today


def _span() -> str:
    chosen = request.args.get("span", "")
    return chosen if chosen in SPANS else "30"


def _by_channel(found: Figures) -> Part:
    cells = {str(CHANNELS.get(name) or gateway_label(name)): cell for name, cell in found.channels.items()}
    return _part("ways", _("How gifts came"), _("Way"), cells)


def _by_source(found: Figures, campaign: Campaign) -> Part:
    labels = {tag.tag: tag.label or tag.tag for tag in tags(campaign.id)}
    cells = {
        labels.get(tag, _("By no link of these")): cell for (_campaign, tag), cell in found.sources.items()
    }
    note = _("Counted are gifts that arrived, not visits. Monthly gifts by a contract are not told apart.")
    return _part("links", _("From which link"), _("Link"), cells, note)


def _by_province(found: Figures) -> Part:
    code = language().code
    names = {row.code: row.name_en if code == "en" else row.name_fa for row in provinces(code)}
    cells = {
        names.get(place, _("Several provinces, or the whole country")): cell
        for place, cell in found.provinces.items()
    }
    note = _("This is the province a campaign serves. Where givers live is not asked.")
    return _part("provinces", _("By province"), _("Province"), cells, note)


def _part(id: str, label: str, head: str, cells: Mapping[str, Cell], note: str = "") -> Part:
    rows = sorted(cells.items(), key=lambda row: -(row[1].rials or -1))
    drawn = bars([cell.rials for _words, cell in rows], rtl=language().dir == "rtl")
    return Part(id, label, head, rows, drawn, note)


def _page(found: Figures, parts: list[Part], **values: Any) -> str:
    days = {day: cell.rials or 0 for day, cell in found.days.items()}
    return render_template(
        "desk/figures.html",
        found=found,
        parts=parts,
        days=columns(days, rtl=language().dir == "rtl"),
        spans=SPANS,
        chosen=_span(),
        **values,
    )
