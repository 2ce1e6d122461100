"""Changing how I am called and in which language letters reach me."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import change_details
from campaigns.web.account.forms import DetailsForm
from campaigns.web.guards import signed_in

page = Blueprint("details", __name__)


@page.get("/account/details")
@signed_in()
def show() -> ResponseReturnValue:
    return render_template("account/details.html", form=DetailsForm(obj=current_user))


@page.post("/account/details")
@signed_in()
def change() -> ResponseReturnValue:
    form = DetailsForm()
    if not form.validate():
        return render_template("account/details.html", form=form), 422
    change_details(current_user, form.name.data, form.language.data)
    db.session.commit()
    flash(_("Saved."), "ok")
    return redirect(url_for("account.me.show"), 303)
