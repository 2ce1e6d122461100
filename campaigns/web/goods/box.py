"""One box, for the office: packed, closed and sent, called back, arrived."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.digits import grouped
from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods import boxes
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import Box, Movement, Stock
from campaigns.domain.goods.stock_queries import shelves
from campaigns.web.goods.arriving import ArriveForm, arrive_form
from campaigns.web.goods.forms import PackForm
from campaigns.web.goods.reach import box_at
from campaigns.web.goods.words import BOX_LABELS, REFUSALS, name_of
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("box", __name__, url_prefix="/goods/box/<code>")
Inside = Sequence[tuple[Stock, int]]


@page.get("")
@needs(Permission.KEEP_GOODS)
def show(code: str) -> ResponseReturnValue:
    return _page(box_at(code))


@page.post("/pack")
@needs(Permission.KEEP_GOODS)
def pack(code: str) -> ResponseReturnValue:
    box = box_at(code)
    form = PackForm(shelves(box.warehouse), _lying)
    return _moved(box, form, boxes.pack) or (_page(box, packing=form), 422)


@page.post("/unpack")
@needs(Permission.KEEP_GOODS)
def unpack(code: str) -> ResponseReturnValue:
    box = box_at(code)
    form = _taking_out(boxes.contents(box))
    return _moved(box, form, boxes.unpack) or (_page(box, taking=form), 422)


@page.post("/send")
@needs(Permission.KEEP_GOODS)
def send(code: str) -> ResponseReturnValue:
    csrf.protect()
    box = box_at(code)
    return _done(box, lambda: boxes.send(box, current_user), _("The box is closed and on its way."))


@page.post("/back")
@needs(Permission.KEEP_GOODS)
def call_back(code: str) -> ResponseReturnValue:
    csrf.protect()
    box = box_at(code)
    return _done(box, lambda: boxes.call_back(box), _("The box is here again and open."))


@page.post("/arrived")
@needs(Permission.KEEP_GOODS)
def arrived(code: str) -> ResponseReturnValue:
    box = box_at(code)
    form = arrive_form(boxes.contents(box))
    if not form.validate():
        return _page(box, arriving=form), 422
    try:
        boxes.delivered(box, current_user, form.missing, form.reason.data)
    except Refused as why:
        db.session.rollback()
        form.reason.errors = [str(REFUSALS[why.code])]
        return _page(box, arriving=form), 422
    db.session.commit()
    flash(_("The box has arrived."), "ok")
    return redirect(url_for("goods.box.show", code=code), 303)


def _moved(
    box: Box, form: PackForm, act: Callable[[Box, Stock, int, object], Movement]
) -> ResponseReturnValue | None:
    """Moves goods and leads back to the box; None: something does not fit, and is said beside its field."""
    if not form.validate():
        return None
    code = box.code
    try:
        act(box, form.shelves[form.stock.data], form.quantity.data, current_user)
    except Refused as why:
        db.session.rollback()
        form.quantity.errors = [str(REFUSALS[why.code])]
        return None
    db.session.commit()
    return redirect(url_for("goods.box.show", code=code), 303)


def _done(box: Box, act: Callable[[], None], said: str) -> ResponseReturnValue:
    code = box.code
    try:
        act()
    except Refused as why:
        db.session.rollback()
        flash(str(REFUSALS[why.code]), "warn")
        return redirect(url_for("goods.box.show", code=code), 303)
    db.session.commit()
    flash(said, "ok")
    return redirect(url_for("goods.box.show", code=code), 303)


def _page(
    box: Box,
    packing: PackForm | None = None,
    taking: PackForm | None = None,
    arriving: ArriveForm | None = None,
) -> str:
    inside = boxes.contents(box)
    packing = packing or PackForm(shelves(box.warehouse), _lying, formdata=None)
    taking = taking or _taking_out(inside, formdata=None)
    arriving = arriving or arrive_form(inside, formdata=None)
    return render_template(
        "goods/box.html",
        box=box,
        inside=inside,
        state=BOX_LABELS.get(box.state, box.state),
        name_of=name_of,
        packing=packing,
        taking=taking,
        arriving=arriving,
        problems=[*packing.problems(), *taking.problems(), *arriving.problems()],
    )


def _taking_out(inside: Inside, **kwargs: object) -> PackForm:
    return PackForm([stock for stock, _number in inside], lambda stock: stock.item, prefix="out", **kwargs)


def _lying(stock: Stock) -> str:
    number = grouped(stock.quantity, language().code)
    return str(_("%(item)s · %(n)s %(unit)s lie there", item=stock.item, n=number, unit=stock.unit))
