"""What everybody may know of a box by the code on its label: its state, and for which county it is."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from campaigns.base.codes import parse_code
from campaigns.domain.goods.stock_queries import box_by_code
from campaigns.domain.insights.portal import has_samples
from campaigns.web.goods.words import BOX_LABELS, name_of
from campaigns.web.guards import public

page = Blueprint("trace", __name__)


@page.get("/b/<code>")
@public()
def show(code: str) -> ResponseReturnValue:
    parsed = parse_code(code)
    box = box_by_code(parsed) if parsed else None
    if box is None:
        abort(404)
    return render_template(
        "goods/trace.html",
        box=box,
        state=BOX_LABELS.get(box.state, box.state),
        name_of=name_of,
        sample=has_samples(),
    )
