"""Figures of the review: how long, how late, how much sent back. Of classes and weeks, of nobody."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.moderation.figures import WEEKS, reasons_of, rows_of
from campaigns.domain.moderation.verdicts import REASON_LABELS
from campaigns.web.guards import needs
from campaigns.web.review.dues import work_words
from campaigns.web.review.labels import SERVICE_NAMES
from campaigns.web.review.rows import reach

page = Blueprint("figures", __name__)


@page.get("/figures")
@needs(Permission.MODERATE)
def show() -> ResponseReturnValue:
    rows = rows_of(reach())
    return render_template(
        "review/figures.html",
        whole=[row for row in rows if row.week is None],
        weekly=[row for row in rows if row.week is not None],
        reasons=[(REASON_LABELS[code], number) for code, number in reasons_of(reach()).items()],
        services=SERVICE_NAMES,
        weeks=WEEKS,
        work_words=work_words,
    )
