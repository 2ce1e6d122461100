"""The screen of goods that come: a code, Enter, how many, Enter; then the receipt, and an empty line for the next."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.base.phone import parse_mobile
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods import intake
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_queries import pledge_by_code
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import Warehouse
from campaigns.domain.goods.stock_queries import (
    MAY_COME,
    newest_receipts,
    pledge_by_public_id,
    pledges_of_mobile,
    receipt_by_public_id,
)
from campaigns.domain.insights.portal import cards_of
from campaigns.web.goods.intakeforms import IntakeForm, PledgedForm, UnexpectedForm
from campaigns.web.goods.reach import warehouse_at
from campaigns.web.goods.slip import Slip
from campaigns.web.goods.words import REFUSALS, name_of
from campaigns.web.goodswords import PLEDGE_STATES
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("intake", __name__, url_prefix="/goods/<warehouse>")
FIELDS = {"damage": "damage", "worth": "unit_rials", "worth_why": "worth"}
"""Beside which field it is said why goods were not taken in."""


@page.get("")
@needs(Permission.KEEP_GOODS)
def show(warehouse: str) -> ResponseReturnValue:
    """By a code or a mobile number: the one promise it is, or those it may be."""
    here = warehouse_at(warehouse)
    typed = request.args.get("q", "")[:100].strip()
    found = _found(typed) if typed else []
    if len(found) == 1:
        return redirect(url_for("goods.intake.promise", warehouse=warehouse, pledge=found[0].public_id), 303)
    return _find_page(here, typed, found)


@page.get("/promises/<pledge>")
@needs(Permission.KEEP_GOODS)
def promise(warehouse: str, pledge: str) -> ResponseReturnValue:
    here, found = warehouse_at(warehouse), _pledge(pledge)
    return _pledge_page(here, found, PledgedForm(found))


@page.post("/promises/<pledge>")
@needs(Permission.KEEP_GOODS)
def receive(warehouse: str, pledge: str) -> ResponseReturnValue:
    here, found = warehouse_at(warehouse), _pledge(pledge)
    form = PledgedForm(found)
    return _taken(here, form) or (_pledge_page(here, found, form), 422)


@page.get("/unexpected")
@needs(Permission.KEEP_GOODS)
def unexpected(warehouse: str) -> ResponseReturnValue:
    here = warehouse_at(warehouse)
    return _unexpected_page(here, UnexpectedForm(here, data={"need": request.args.get("need", "")}))


@page.post("/unexpected")
@needs(Permission.KEEP_GOODS)
def surprise(warehouse: str) -> ResponseReturnValue:
    here = warehouse_at(warehouse)
    form = UnexpectedForm(here)
    return _taken(here, form) or (_unexpected_page(here, form), 422)


def _taken(here: Warehouse, form: PledgedForm | UnexpectedForm) -> ResponseReturnValue | None:
    """Takes the goods in and leads on; None: something does not fit, and is said beside its field."""
    if not form.validate():
        return None
    warehouse_id = here.public_id
    try:
        receipt, is_new = intake.take_in(here, form.brought(), current_user, f"goods:{form.key.data}")
    except Refused as why:
        db.session.rollback()
        form[FIELDS.get(why.code, "quantity")].errors = [str(REFUSALS[why.code])]
        return None
    receipt_id = receipt.public_id
    db.session.commit()
    if not is_new:
        flash(_("This form was sent before: here is its receipt, and nothing was taken in twice."), "warn")
    return redirect(url_for("goods.intake.show", warehouse=warehouse_id, last=receipt_id), 303)


def _found(typed: str) -> list[Pledge]:
    code, mobile = parse_code(typed), parse_mobile(typed)
    if code is not None:
        pledge = pledge_by_code(code)
        return [pledge] if pledge is not None else []
    return pledges_of_mobile(mobile) if mobile is not None else []


def _pledge(public_id: str) -> Pledge:
    return pledge_by_public_id(public_id) or abort(404)


def _find_page(here: Warehouse, typed: str, found: list[Pledge]) -> str:
    last = receipt_by_public_id(here, request.args.get("last", "")[:40])
    return render_template(
        "goods/intake.html",
        warehouse=here,
        name=name_of(here),
        typed=typed,
        found=found,
        states=PLEDGE_STATES,
        cards=cards_of([one.campaign_id for one in found], language().code),
        last=last,
        slip=Slip.of(last) if last else None,
        newest=newest_receipts(here),
    )


def _pledge_page(here: Warehouse, pledge: Pledge, form: IntakeForm) -> str:
    return render_template(
        "goods/promise.html",
        warehouse=here,
        name=name_of(here),
        pledge=pledge,
        title=cards_of([pledge.campaign_id], language().code)[pledge.campaign_id].title,
        state=PLEDGE_STATES[pledge.state],
        may_come=pledge.state in MAY_COME,
        form=form,
    )


def _unexpected_page(here: Warehouse, form: UnexpectedForm) -> str:
    return render_template("goods/unexpected.html", warehouse=here, name=name_of(here), form=form)
