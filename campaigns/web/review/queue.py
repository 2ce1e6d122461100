"""The queue: what waits, longest first, with filters in the address."""

from collections import Counter

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.regions.queries import provinces
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.review.labels import KIND_LABELS
from campaigns.web.review.partners import title_of
from campaigns.web.review.rows import titles, visible

page = Blueprint("queue", __name__)
SHOWN = 50


@page.get("/")
@needs(Permission.MODERATE)
def show() -> ResponseReturnValue:
    kind = request.args.get("kind", "")
    kind = kind if kind in SUBJECTS else ""
    province = request.args.get("province", "")
    everything = visible("", province)
    items = [item for item in everything if not kind or item.kind == kind]
    return render_template(
        "review/queue.html",
        items=items[:SHOWN],
        cards=titles(items[:SHOWN]),
        title_of=title_of,
        total=len(items),
        everything=len(everything),
        counts=Counter(item.kind for item in everything),
        kind=kind,
        province=province,
        kinds=KIND_LABELS,
        provinces=provinces(language().code),
        may_read_log=may(current_user.id, Permission.SEE_LOG),
        mine=[item.public_id for item in items if item.author_id == current_user.id],
    )
