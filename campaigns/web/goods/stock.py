"""What lies in a warehouse, by item; what is spoiled is written off, and found again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods import stock as goods
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import Move, Movement, Stock, Warehouse
from campaigns.domain.goods.stock_queries import Narrowed, movements, reversed_ids, shelves
from campaigns.domain.insights.portal import cards_of
from campaigns.web.goods.forms import ReasonForm, WriteOffForm
from campaigns.web.goods.reach import movement_at, shelf_at, warehouse_at
from campaigns.web.goods.words import MOVE_LABELS, REFUSALS, name_of
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("stock", __name__, url_prefix="/goods/<warehouse>")
SHOWN = 50


@page.get("/stock")
@needs(Permission.KEEP_GOODS)
def index(warehouse: str) -> ResponseReturnValue:
    here = warehouse_at(warehouse)
    rows = shelves(here)
    return render_template(
        "goods/stock.html",
        warehouse=here,
        name=name_of(here),
        rows=rows,
        cards=cards_of(list({row.campaign_id for row in rows if row.campaign_id}), language().code),
        rials=sum(row.quantity * row.unit_rials for row in rows),
    )


@page.get("/stock/<stock>")
@needs(Permission.KEEP_GOODS)
def show(warehouse: str, stock: str) -> ResponseReturnValue:
    here = warehouse_at(warehouse)
    return _page(here, shelf_at(here, stock), WriteOffForm(formdata=None))


@page.post("/stock/<stock>/off")
@needs(Permission.KEEP_GOODS)
def write_off(warehouse: str, stock: str) -> ResponseReturnValue:
    here = warehouse_at(warehouse)
    row, form = shelf_at(here, stock), WriteOffForm()
    if not form.validate():
        return _page(here, row, form), 422
    try:
        goods.write_off(row, form.quantity.data, form.reason.data, current_user)
    except Refused as why:
        db.session.rollback()
        form["reason" if why.code == "reason" else "quantity"].errors = [str(REFUSALS[why.code])]
        return _page(here, row, form), 422
    db.session.commit()
    flash(_("It is written off."), "ok")
    return redirect(url_for("goods.stock.show", warehouse=warehouse, stock=stock), 303)


@page.get("/movements/<movement>")
@needs(Permission.KEEP_GOODS)
def movement(warehouse: str, movement: str) -> ResponseReturnValue:
    return _movement_page(movement_at(warehouse_at(warehouse), movement), ReasonForm(formdata=None))


@page.post("/movements/<movement>/found")
@needs(Permission.KEEP_GOODS)
def found(warehouse: str, movement: str) -> ResponseReturnValue:
    """A write-off that was a mistake is set right by a new movement."""
    one, form = movement_at(warehouse_at(warehouse), movement), ReasonForm()
    if not form.validate():
        return _movement_page(one, form), 422
    try:
        goods.found_again(one, form.reason.data, current_user)
    except Refused as why:
        db.session.rollback()
        form.reason.errors = [str(REFUSALS[why.code])]
        return _movement_page(one, form), 422
    stock = one.stock.public_id
    db.session.commit()
    flash(_("It lies on the shelf again."), "ok")
    return redirect(url_for("goods.stock.show", warehouse=warehouse, stock=stock), 303)


def _page(here: Warehouse, row: Stock, form: WriteOffForm) -> str:
    owner = row.campaign_id
    return render_template(
        "goods/shelf.html",
        warehouse=here,
        name=name_of(here),
        row=row,
        title=cards_of([owner], language().code)[owner].title if owner else "",
        form=form,
        moves=db.session.scalars(movements(here, Narrowed(stock_id=row.id)).limit(SHOWN)).all(),
        kinds=MOVE_LABELS,
    )


def _movement_page(one: Movement, form: ReasonForm) -> str:
    return render_template(
        "goods/movement.html",
        one=one,
        kinds=MOVE_LABELS,
        form=form,
        may_find=one.kind == Move.WRITTEN_OFF and not reversed_ids([one.id]),
    )
