"""The queue: what waits, due first, with filters in the address."""

from datetime import date

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.digits import to_ascii
from campaigns.base.extensions import db
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope, was_public
from campaigns.domain.deliveries.reports import overdue
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.domain.moderation.notes import uses_keys
from campaigns.domain.moderation.queue import PAGE, Wanted, is_held, page_of, tally
from campaigns.domain.moderation.service import HOURS
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.regions.queries import provinces
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.review.dues import due_words
from campaigns.web.review.labels import HINT_LABELS, KIND_LABELS, SERVICE_LABELS
from campaigns.web.review.rows import entry_cards, reach

page = Blueprint("queue", __name__)


@page.get("/")
@needs(Permission.MODERATE)
def show() -> ResponseReturnValue:
    wanted, number = wanted_of(request.args), _page()
    scope = reach()
    entries, total = page_of(scope, current_user, wanted, number)
    moment = now()
    return render_template(
        "review/queue.html",
        entries=entries,
        me=current_user.id,
        cards=entry_cards(entries),
        tally=tally(scope, wanted.province),
        total=total,
        number=number,
        pages=-(-total // PAGE),
        wanted=wanted,
        address={name: value for name, value in vars(wanted).items() if value},
        late=[entry.id for entry in entries if entry.due_at <= moment],
        held=[entry.id for entry in entries if is_held(entry, moment)],
        due_words=due_words,
        kinds=KIND_LABELS,
        services=SERVICE_LABELS,
        hints=HINT_LABELS,
        provinces=provinces(language().code),
        may_read_log=may(current_user.id, Permission.SEE_LOG),
        may_write_reasons=may(current_user.id, Permission.MANAGE_PEOPLE),
        without_report=_without_report(),
        keys=uses_keys(current_user),
    )


def wanted_of(values: object) -> Wanted:
    """The filters in an address or a form; what is none narrows nothing."""
    read = values.get  # type: ignore[attr-defined]
    kind, service = read("kind", ""), read("service", "")
    return Wanted(
        kind=kind if kind in SUBJECTS else "",
        province=read("province", "")[:5],
        service=service if service in HOURS else "",
        author=read("author", "")[:100],
        mine=read("mine", "") not in {"", "False"},
        overdue=read("overdue", "") not in {"", "False"},
    )


def _page() -> int:
    said = to_ascii(request.args.get("page", "1"))
    if not (said.isascii() and said.isdigit() and 0 < int(said[:9]) < 100_000_000 and len(said) < 9):
        abort(404)
    return int(said)


def _without_report() -> list[tuple[Card, date]]:
    """Campaigns within reach that ended long ago without a final report, and when; the longest ago first."""
    query = in_scope(select(Campaign.id).where(was_public()), reach(), current_user.id)
    due = overdue(db.session.scalars(query).all(), current_app.config["SETTINGS"].report_days)
    cards = cards_of(sorted(due), language().code)
    return sorted(((cards[number], day) for number, day in due.items()), key=lambda pair: pair[1])
