"""Proving once more who one is, on the way to a page that asks for it; `web.proof` says which."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.web.account.landing import landing
from campaigns.web.guards import signed_in
from campaigns.web.proof import ProofForm, asked
from campaigns.web.proof import page as drawn

page = Blueprint("proof", __name__)


@page.get("/account/proof")
@signed_in(before_second=True)
def show() -> ResponseReturnValue:
    return drawn(ProofForm(data={"next": request.args.get("next", "")}))


@page.post("/account/proof")
@signed_in(before_second=True)
def check() -> ResponseReturnValue:
    form = ProofForm()
    answer = asked(form)
    return redirect(landing(current_user.id, form.next.data), 303) if answer is None else answer
