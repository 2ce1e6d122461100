"""What one has decided in the last ten minutes, to be taken back one by one or several together."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from campaigns.base.digits import grouped
from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.moderation.actions import Refused, take_back
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.queries import recent, thing_of
from campaigns.domain.moderation.verdicts import VERDICT_LABELS
from campaigns.domain.notices.letters import take_back_verdict
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.review.itempage import own_title
from campaigns.web.review.labels import KIND_LABELS
from campaigns.web.review.rows import one, titles

page = Blueprint("recent", __name__)


@page.get("/recent")
@needs(Permission.MODERATE)
def show() -> ResponseReturnValue:
    """`just`: how many were decided together a moment ago; they are chosen already."""
    said = request.args.get("just", "")
    return _page(int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0)


def _page(just: int = 0, problems: Sequence[tuple[str, object]] = ()) -> str:
    rows = _mine()
    return render_template(
        "review/recent.html",
        rows=rows,
        cards=titles(item for _decision, item in rows),
        title_of=own_title,
        kinds=KIND_LABELS,
        verdicts=VERDICT_LABELS,
        just=just,
        problems=problems,
    )


@page.post("/recent")
@needs(Permission.MODERATE)
def undo() -> ResponseReturnValue:
    """Takes those chosen back, each in its own savepoint, the newest first: one that has moved on stops no other."""
    csrf.protect()
    chosen = set(request.form.getlist("decision"))
    rows = [(decision, item) for decision, item in _mine() if decision.public_id in chosen]
    if not chosen:
        return _page(problems=[("chosen", _("Choose what you take back"))]), 422
    done = sum(_undo(decision) for decision, _item in rows)
    db.session.commit()
    number = grouped(done, language().code)
    flash(ngettext("%(n)s decision taken back.", "%(n)s decisions taken back.", done, n=number), "ok")
    return redirect(url_for("review.queue.show"), 303)


def _mine() -> list[tuple[Decision, Item]]:
    found = [(row, thing_of(row)) for row in recent(current_user)]
    return [(row, item) for row, item in found if item is not None]


def _undo(decision: Decision) -> bool:
    thing = thing_of(decision)
    item = one(thing.kind, thing.public_id) if thing else None
    if item is None:
        return False
    try:
        with db.session.begin_nested():
            take_back(item, decision, current_user)
            take_back_verdict(decision.public_id)
    except Refused:
        return False
    return True
