"""The list of what reaches people: new kinds, and those that are offered no more. For the whole country's offices."""

import re

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.extensions import csrf, db
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.kinds import add_kind, kinds, switch_kind
from campaigns.domain.deliveries.models import GrantKind
from campaigns.web.deliveries.forms import KindForm
from campaigns.web.deliveries.reach import RECORDS
from campaigns.web.deliveries.words import sentence
from campaigns.web.guards import must, needs

page = Blueprint("kinds", __name__)
_CODE = re.compile("[a-z][a-z-]{1,19}")


@page.get("/kinds")
@needs(RECORDS)
def show() -> ResponseReturnValue:
    must(RECORDS)
    return _page(KindForm())


@page.post("/kinds")
@needs(RECORDS)
def add() -> ResponseReturnValue:
    must(RECORDS)
    form = KindForm()
    good = form.validate()
    if form.code.data and not _CODE.fullmatch(form.code.data):
        form.code.errors = [_("Write two to twenty small Latin letters.")]
    if not good or form.code.errors:
        return _page(form), 422
    try:
        add_kind(form.code.data, form.name_fa.data, form.name_en.data)
    except Refused as why:
        db.session.rollback()
        form.code.errors = [sentence(why)]
        return _page(form), 422
    db.session.commit()
    flash(_("The kind is in the list."), "ok")
    return redirect(url_for("deliveries.kinds.show"), 303)


@page.post("/kinds/<kind>/<any(on, off):step>")
@needs(RECORDS)
def switch(kind: str, step: str) -> ResponseReturnValue:
    csrf.protect()
    must(RECORDS)
    found = db.session.get(GrantKind, kind) or abort(404)
    switch_kind(found, used=step == "on")
    db.session.commit()
    flash(_("Done. What was recorded stays as it is."), "ok")
    return redirect(url_for("deliveries.kinds.show"), 303)


def _page(form: KindForm) -> str:
    return render_template("deliveries/kinds.html", form=form, kinds=kinds())
