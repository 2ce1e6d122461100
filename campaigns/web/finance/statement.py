"""One file of the bank: what is understood of it before it is imported, its lines afterwards."""

import io
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.refunds.states import WrongStep
from campaigns.domain.statements import files, imports, queries, returning
from campaigns.domain.statements.checking import check
from campaigns.domain.statements.columns import Layout, likely_header
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.identity import counted
from campaigns.domain.statements.lines import understood
from campaigns.domain.statements.models import StatementImport
from campaigns.domain.statements.outcomes import ImportState
from campaigns.domain.statements.table import Row
from campaigns.web.finance.gateways import where_of
from campaigns.web.finance.statementforms import BackForm, ColumnsForm, account_label, columns_form
from campaigns.web.finance.statementwords import (
    COLUMN_LABELS,
    LEFT_OUT_LABELS,
    OUTCOME_LABELS,
    REFUSALS,
    RULE_LABELS,
    UNIT_LABELS,
    problem,
)
from campaigns.web.guards import must, needs

page = Blueprint("statement", __name__)
FIRST_LINES = 20
SHOWN_PROBLEMS = 30


@page.get("/statements/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    one = _found(public_id, Permission.SEE_MONEY)
    if one.state == ImportState.DISCARDED:
        abort(404)
    if one.state in (ImportState.IMPORTED, ImportState.TAKEN_BACK):
        return _imported(one)
    rows = files.read(imports.content(one))
    layout = imports.layout_of(one, rows)
    if layout is None and _handles(one):
        return redirect(url_for("finance.statement.columns", public_id=public_id), 303)
    return _draft(one, rows, layout)


@page.get("/statements/<public_id>/columns")
@needs(Permission.HANDLE_MONEY)
def columns(public_id: str) -> ResponseReturnValue:
    one, rows = _a_draft(public_id)
    form, _width = _columns_form(one, rows)
    return _columns(one, form, is_known=imports.layout_of(one, rows) is not None)


@page.post("/statements/<public_id>/columns")
@needs(Permission.HANDLE_MONEY)
def tell(public_id: str) -> ResponseReturnValue:
    one, rows = _a_draft(public_id)
    form, width = _columns_form(one, rows)
    if not form.validate():
        return _columns(one, form), 422
    try:
        imports.tell(one, form.layout(width), rows, current_user)
    except Refused as why:
        db.session.rollback()
        return _columns(_found(public_id), form, str(REFUSALS[why.why])), 422
    db.session.commit()
    flash(_("Kept: files with these columns are read like this from now on."), "ok")
    return redirect(url_for("finance.statement.show", public_id=public_id), 303)


@page.post("/statements/<public_id>/import")
@needs(Permission.HANDLE_MONEY)
def carry_in(public_id: str) -> ResponseReturnValue:
    csrf.protect()
    one = _found(public_id)
    whole = imports.content(one)
    db.session.commit()  # reading a large file takes its time: nobody waits for this transaction meanwhile
    rows = files.read(whole)
    layout = imports.layout_of(one, rows)
    db.session.commit()
    reading = understood(rows, layout) if layout else None
    try:
        imports.keep(one, layout, reading, current_user)
        check(one.bank_account_id, current_user)
    except Refused as why:
        db.session.rollback()
        flash(str(REFUSALS[why.why]), "err")
        return redirect(url_for("finance.statement.show", public_id=public_id), 303)
    db.session.commit()
    flash(_("Imported. What was kept before was not kept again."), "ok")
    return redirect(url_for("finance.statement.show", public_id=public_id), 303)


@page.post("/statements/<public_id>/discard")
@needs(Permission.HANDLE_MONEY)
def discard(public_id: str) -> ResponseReturnValue:
    csrf.protect()
    try:
        imports.discard(_found(public_id), current_user)
    except Refused as why:
        db.session.rollback()
        flash(str(REFUSALS[why.why]), "err")
        return redirect(url_for("finance.statement.show", public_id=public_id), 303)
    db.session.commit()
    flash(_("Discarded. No line of this file was kept."), "ok")
    return redirect(url_for("finance.statements.show"), 303)


@page.get("/statements/<public_id>/back")
@needs(Permission.HANDLE_MONEY)
def consider(public_id: str) -> ResponseReturnValue:
    return _back(_an_import(public_id), BackForm())


@page.post("/statements/<public_id>/back")
@needs(Permission.HANDLE_MONEY)
def take_back(public_id: str) -> ResponseReturnValue:
    """As a whole, while nothing rests on its lines."""
    one, form = _an_import(public_id), BackForm()
    if not form.validate():
        return _back(one, form), 422
    try:
        returning.take_back(one, current_user, form.why.data)
    except (Refused, WrongStep) as why:
        db.session.rollback()
        form.why.errors = [str(REFUSALS[why.why if isinstance(why, Refused) else "moved"])]
        return _back(_an_import(public_id), form), 422
    db.session.commit()
    flash(
        _("Taken back: the book mirrors what stood in it for these lines. The right file may be imported."),
        "ok",
    )
    return redirect(url_for("finance.statement.show", public_id=public_id), 303)


@page.get("/statements/<public_id>/file")
@needs(Permission.SEE_MONEY)
def file(public_id: str) -> ResponseReturnValue:
    """The file as it came, for who compares it with the bank's."""
    one = _found(public_id, Permission.SEE_MONEY)
    whole = io.BytesIO(imports.content(one))
    return send_file(whole, "application/octet-stream", as_attachment=True, download_name=one.name)


def _found(public_id: str, permission: Permission = Permission.HANDLE_MONEY) -> StatementImport:
    one = queries.by_public_id(public_id)
    if one is None:
        abort(404)
    must(permission, where_of(one.bank_account.organization))
    return one


def _a_draft(public_id: str) -> tuple[StatementImport, list[Row]]:
    one = _found(public_id)
    if one.state != ImportState.DRAFT:
        abort(404)
    return one, files.read(imports.content(one))


def _an_import(public_id: str) -> StatementImport:
    one = _found(public_id)
    if one.state not in (ImportState.IMPORTED, ImportState.TAKEN_BACK):
        abort(404)
    return one


def _handles(one: StatementImport) -> bool:
    return may(current_user.id, Permission.HANDLE_MONEY, where_of(one.bank_account.organization))


def _columns_form(one: StatementImport, rows: list[Row]) -> tuple[ColumnsForm, int]:
    layout = imports.layout_of(one, rows)
    known = next((row for row in rows if layout is not None and row.number == layout.header), None)
    return columns_form(rows, known or likely_header(rows), layout)


def _columns(one: StatementImport, form: ColumnsForm, refusal: str = "", is_known: bool = False) -> str:
    fields = [field for field in form if field.short_name[:1] == "c" and field.short_name[1:].isdigit()]
    values: dict[str, Any] = {"label": account_label(one.bank_account), "is_known": is_known}
    return render_template(
        "finance/statement_columns.html", one=one, form=form, fields=fields, refusal=refusal, **values
    )


def _draft(one: StatementImport, rows: list[Row], layout: Layout | None) -> str:
    reading = understood(rows, layout) if layout else None
    header = next((row.cells for row in rows if layout and row.number == layout.header), ())
    meanings = zip(header, layout.columns if layout else (), strict=False)
    return render_template(
        "finance/statement_draft.html",
        one=one,
        label=account_label(one.bank_account),
        reading=reading,
        days=sorted(line.booked_at for line in reading.lines) if reading else [],
        lines=reading.lines[:FIRST_LINES] if reading else [],
        problems=[problem(each) for each in reading.problems[:SHOWN_PROBLEMS]] if reading else [],
        known=queries.known_before(one.bank_account_id, reading.lines) if reading else 0,
        equal=counted(reading.lines) if reading else 0,
        earlier=queries.same_file(one),
        meanings=[(cell, COLUMN_LABELS[column]) for cell, column in meanings if column],
        unit=UNIT_LABELS[layout.unit] if layout else "",
        left_out=LEFT_OUT_LABELS,
        handles=_handles(one),
    )


def _back(one: StatementImport, form: BackForm) -> str:
    stands = one.state == ImportState.IMPORTED
    rests = returning.rests(one) if stands else "moved"
    return render_template(
        "finance/statement_back.html", one=one, form=form, rests=REFUSALS[rests] if rests else ""
    )


def _imported(one: StatementImport) -> str:
    counts = queries.outcomes_of(one)
    chosen, number = request.args.get("outcome", ""), request.args.get("page", "1")
    if (chosen and chosen not in counts) or not (
        number.isascii() and number.isdigit() and 0 < int(number) < 1000
    ):
        abort(404)
    total = counts[chosen] if chosen else sum(counts.values())
    return render_template(
        "finance/statement.html",
        one=one,
        label=account_label(one.bank_account),
        counts=counts,
        chosen=chosen,
        lines=queries.lines_of(one, chosen, int(number)),
        number=int(number),
        pages=max(1, -(-total // queries.PAGE)),
        outcomes=OUTCOME_LABELS,
        rules=RULE_LABELS,
        back=returning.return_of(one),
        may_take_back=one.state == ImportState.IMPORTED and _handles(one),
    )
