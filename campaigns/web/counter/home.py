"""The offices somebody works at."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter.offices import KIND_LABELS
from campaigns.web.counter.reach import mine
from campaigns.web.counterwords import name_of
from campaigns.web.guards import needs

page = Blueprint("home", __name__)


@page.get("/")
@needs(Permission.TAKE_GIFTS)
def show() -> ResponseReturnValue:
    return render_template("counter/home.html", offices=mine(), kinds=KIND_LABELS, name_of=name_of)
