"""The boxes of a warehouse: new ones for a county, and their labels."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods import boxes
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import Warehouse
from campaigns.domain.goods.stock_queries import boxes_of
from campaigns.web.goods.forms import OpenBoxesForm
from campaigns.web.goods.reach import box_at, warehouse_at
from campaigns.web.goods.words import BOX_LABELS, REFUSALS, name_of
from campaigns.web.guards import needs
from campaigns.web.qr import qr
from campaigns.web.render import absolute

page = Blueprint("boxes", __name__, url_prefix="/goods/<warehouse>")


@page.get("/boxes")
@needs(Permission.KEEP_GOODS)
def index(warehouse: str) -> ResponseReturnValue:
    here = warehouse_at(warehouse)
    typed = parse_code(request.args.get("code", ""))
    if typed is not None:
        return redirect(url_for("goods.box.show", code=typed), 303)
    return _page(here, OpenBoxesForm(here, formdata=None), bool(request.args.get("code")))


@page.post("/boxes")
@needs(Permission.KEEP_GOODS)
def begin(warehouse: str) -> ResponseReturnValue:
    here = warehouse_at(warehouse)
    form = OpenBoxesForm(here)
    if not form.validate():
        return _page(here, form), 422
    try:
        made = boxes.open_boxes(here, form.counties[form.county.data], form.number.data, current_user)
    except Refused as why:
        db.session.rollback()
        form.number.errors = [str(REFUSALS[why.code])]
        return _page(here, form), 422
    codes = [box.code for box in made]
    db.session.commit()
    return redirect(url_for("goods.boxes.labels", warehouse=warehouse, box=codes), 303)


@page.get("/labels")
@needs(Permission.KEEP_GOODS)
def labels(warehouse: str) -> ResponseReturnValue:
    """A sheet to print, of the boxes the address names."""
    here = warehouse_at(warehouse)
    named = [box_at(code) for code in request.args.getlist("box")[: boxes.MOST_AT_ONCE]]
    if any(box.warehouse_id != here.id for box in named):
        abort(404)
    pictures = {box.code: qr(absolute(url_for("goods.trace.show", code=box.code))) for box in named}
    return render_template(
        "goods/labels.html",
        warehouse=here,
        name=name_of(here),
        boxes=named,
        pictures=pictures,
        name_of=name_of,
    )


def _page(here: Warehouse, form: OpenBoxesForm, unknown: bool = False) -> str:
    return render_template(
        "goods/boxes.html",
        warehouse=here,
        name=name_of(here),
        boxes=boxes_of(here),
        form=form,
        states=BOX_LABELS,
        name_of=name_of,
        unknown=unknown,
    )
