"""What everybody may know of a box by the code on its label: how far it has come, and for which county it is."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.codes import parse_code
from campaigns.domain.goods.stock_models import BoxState
from campaigns.domain.goods.stock_queries import box_by_code, packed_at
from campaigns.domain.insights.gift_trace import Stop
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
        packed_at=packed_at(box),
        stops=[Stop(_("This box"), name_of(box.county), name_of(box.county.province))]
        if box.state == BoxState.DELIVERED
        else [],
        name_of=name_of,
        sample=has_samples(),
    )
