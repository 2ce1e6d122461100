"""Approving several things at once: choose, confirm on a page that lists them, done.

Each is approved as it stood on that page: what has changed since is left as it is.
"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from campaigns.base.digits import grouped
from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.moderation.actions import Refused, decide
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.hints import kinds_of
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.versions import version_of
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.review.itempage import changes_of, own_title
from campaigns.web.review.labels import HINT_LABELS, KIND_LABELS
from campaigns.web.review.letters import tell_author
from campaigns.web.review.rows import one, titles

page = Blueprint("bulk", __name__)
MOST = 50
UNREAD = "unread"
"""In the place of a version: equal to none."""


@page.get("/bulk")
@needs(Permission.MODERATE)
def confirm() -> ResponseReturnValue:
    """Lists what was chosen (`item=kind:id`, many times). Nothing changes yet."""
    items = _chosen(request.args.getlist("item"))
    return render_template(
        "review/bulk.html",
        rows=[_row(item) for item in items],
        cards=titles(items),
        title_of=own_title,
        kinds=KIND_LABELS,
        hints=HINT_LABELS,
    )


@page.post("/bulk")
@needs(Permission.MODERATE)
def approve() -> ResponseReturnValue:
    """Approves each in its own savepoint: one that cannot be approved does not stop the others."""
    csrf.protect()
    keys = request.form.getlist("item")
    seen = {key.rpartition(":")[0]: key.rpartition(":")[2] for key in keys}
    items = _chosen(list(seen))
    approved = [item for item in items if _approve(item, seen[f"{item.kind}:{item.public_id}"] or UNREAD)]
    done = len(approved)
    halfway = sum(SUBJECTS[item.kind].is_waiting(item) for item in approved)
    db.session.commit()
    number = grouped(done, language().code)
    flash(ngettext("%(n)s item approved.", "%(n)s items approved.", done, n=number), "ok")
    if halfway:
        flash(
            ngettext(
                "%(n)s of them waits for a second person.",
                "%(n)s of them wait for a second person.",
                halfway,
                n=grouped(halfway, language().code),
            ),
            "info",
        )
    if done < len(items):
        rest = grouped(len(items) - done, language().code)
        flash(
            ngettext(
                "%(n)s item was left as it is.",
                "%(n)s items were left as they are.",
                len(items) - done,
                n=rest,
            ),
            "warn",
        )
    return redirect(url_for("review.recent.show", just=done), 303)


def _row(item: Item) -> dict[str, Any]:
    """What is read of a thing before it is approved with others. `for_two`: somebody else has to agree too."""
    return {
        "item": item,
        "version": version_of(item),
        "hints": kinds_of(item),
        "changes": changes_of(item),
        "for_two": SUBJECTS[item.kind].approvals_needed(item) > 1,
    }


def _approve(item: Item, seen: str) -> bool:
    try:
        with db.session.begin_nested():
            tell_author(item, decide(item, current_user, Verdict.APPROVE, seen=seen))
    except Refused:
        return False
    return True


def _chosen(keys: list[str]) -> list[Item]:
    """The items still waiting among `keys`; unknown ones are left out."""
    found = []
    for key in dict.fromkeys(keys[:MOST]):
        kind, _colon, public_id = key.partition(":")
        item = one(kind, public_id)
        if item is not None and SUBJECTS[kind].is_waiting(item):
            found.append(item)
    return found
