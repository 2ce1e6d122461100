"""Every movement of a warehouse, narrowed by kind and days, and the same as CSV."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.csvsafe import rows_as_csv
from campaigns.base.extensions import db
from campaigns.base.jalali import said, tehran_day
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods.stock_models import Move, Movement, Warehouse
from campaigns.domain.goods.stock_queries import Narrowed, movement_by_public_id, movements
from campaigns.web.days import example_day, parse_day
from campaigns.web.goods.reach import warehouse_at
from campaigns.web.goods.words import MOVE_LABELS, name_of
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("movements", __name__, url_prefix="/goods/<warehouse>")
SHOWN, AT_ONCE = 50, 500
Problems = list[tuple[str, str]]


@page.get("/movements")
@needs(Permission.KEEP_GOODS)
def show(warehouse: str) -> ResponseReturnValue:
    return _page(warehouse_at(warehouse), *_narrowed())


@page.get("/movements.csv")
@needs(Permission.KEEP_GOODS)
def download(warehouse: str) -> ResponseReturnValue:
    """The same rows; for days that cannot be read the page that says so, not all movements instead."""
    here = warehouse_at(warehouse)
    narrowed, problems = _narrowed()
    if problems:
        return _page(here, narrowed, problems)
    named = f'attachment; filename="{here.code}-movements.csv"'
    return Response(
        list(rows_as_csv(_csv(here, narrowed))), mimetype="text/csv", headers={"Content-Disposition": named}
    )


def _page(here: Warehouse, narrowed: Narrowed, problems: Problems) -> ResponseReturnValue:
    query = movements(here, narrowed)
    after = movement_by_public_id(here, request.args.get("after", "")[:40])
    if after is not None:
        query = query.where(Movement.id < after.id)
    rows = db.session.scalars(query.limit(SHOWN + 1)).all()
    return render_template(
        "goods/movements.html",
        warehouse=here,
        name=name_of(here),
        rows=rows[:SHOWN],
        older=rows[SHOWN - 1].public_id if len(rows) > SHOWN else "",
        kinds=MOVE_LABELS,
        problems=problems,
        example=example_day(),
        typed=request.args,
    ), 422 if problems else 200


def _csv(here: Warehouse, narrowed: Narrowed) -> Iterator[tuple[object, ...]]:
    heads = (_("Day"), _("Gregorian day"), _("Movement"), _("Goods"), _("Counted in"), _("How many"))
    yield (*heads, _("Rials"), _("Receipt"), _("Box"), _("Reason"), _("By"))
    for some in db.session.scalars(movements(here, narrowed)).yield_per(AT_ONCE).partitions():
        for one in some:
            yield _row(one)


def _row(one: Movement) -> tuple[object, ...]:
    return (
        said(one.at, language().code),
        tehran_day(one.at).isoformat(),
        str(MOVE_LABELS[Move(one.kind)]),
        one.stock.item,
        one.stock.unit,
        one.quantity,
        one.rials,
        one.intake.named if one.intake is not None else "",
        one.box.code if one.box is not None else "",
        one.reason,
        one.actor.name,
    )


def _narrowed() -> tuple[Narrowed, Problems]:
    """What the address asks for, and what of it cannot be read."""
    kind = request.args.get("kind", "")
    days, problems = {}, []
    for name in ("first", "last"):
        try:
            days[name] = parse_day(request.args.get(name, ""))
        except ValueError as why:
            problems.append((name, str(why)))
    return Narrowed(kind=Move(kind) if kind in set(Move) else None, **days), problems
