"""The warehouses within reach, and a new one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods import warehouses
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_queries import totals
from campaigns.web.goods.forms import WarehouseForm
from campaigns.web.goods.words import REFUSALS, name_of
from campaigns.web.guards import needs

page = Blueprint("home", __name__, url_prefix="/goods")


@page.get("/")
@needs(Permission.KEEP_GOODS)
def show() -> ResponseReturnValue:
    mine = warehouses.within(scope_of(current_user.id, Permission.KEEP_GOODS))
    lying = totals([one.id for one in mine])
    return render_template("goods/home.html", warehouses=mine, lying=lying, name_of=name_of)


@page.get("/new")
@needs(Permission.KEEP_GOODS)
def plan() -> ResponseReturnValue:
    return render_template("goods/new.html", form=WarehouseForm())


@page.post("/new")
@needs(Permission.KEEP_GOODS)
def found() -> ResponseReturnValue:
    form = WarehouseForm()
    if not form.validate():
        return render_template("goods/new.html", form=form), 422
    names = (form.name_fa.data, form.name_en.data)
    try:
        made = warehouses.found(form.code.data, names, form.province.data, current_user)
    except Refused as why:
        db.session.rollback()
        form.code.errors = [str(REFUSALS[why.code])]
        return render_template("goods/new.html", form=form), 422
    warehouse_id = made.public_id
    db.session.commit()
    flash(_("The warehouse is there and takes goods."), "ok")
    return redirect(url_for("goods.intake.show", warehouse=warehouse_id), 303)
