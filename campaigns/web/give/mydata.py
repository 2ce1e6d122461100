"""What we hold about a giver, as a file, and the request to be forgotten: with the tracking code and a proof."""

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import AnyOf

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.base.fields import LineField, choices, required
from campaigns.base.forms import PublicForm
from campaigns.domain.erasure import actions, donors
from campaigns.domain.erasure.bundle import bundle
from campaigns.web.erasurewords import KEEPING, STATES, WHY_NOT
from campaigns.web.give.limits import too_fast, wait_to_prove
from campaigns.web.guards import public

page = Blueprint("mydata", __name__)


class MyDataForm(PublicForm):
    code = LineField(_l("Tracking code"), [required(_l("Write the tracking code"))], longest=40)
    contact = LineField(
        _l("Mobile or e-mail"),
        description=_l("The one you left with the gift. Leave it empty if you left none."),
        longest=254,
    )
    want = RadioField(
        _l("What you want"),
        [AnyOf(("file", "erase"), message=_l("Choose what you want"))],
        choices=choices(
            [("file", _l("A file of what is held about me")), ("erase", _l("That my data are erased"))]
        ),
        default="file",
        validate_choice=False,
    )


@page.get("/my-data")
@public()
def show() -> ResponseReturnValue:
    return _page(MyDataForm())


@page.post("/my-data")
@public()
def send() -> ResponseReturnValue:
    """A code that nobody has and one whose proof is wrong get the same answer."""
    form = MyDataForm()
    if not form.validate():
        return _page(form), 422
    wait = wait_to_prove(parse_code(form.code.data) or form.code.data)
    db.session.commit()
    if wait:
        return too_fast(wait)
    thing = donors.find(form.code.data, form.contact.data)
    if thing is None:
        form.code.errors = [_("No gift has this code together with this number or address.")]
        return _page(form), 422
    if form.want.data == "file":
        answer = Response(bundle(donors.held(thing)), content_type="application/zip")
        answer.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
        return answer
    why = donors.obstacle(thing)
    if why:
        form.want.errors = [str(WHY_NOT[why])]
        return _page(form), 422
    request = actions.ask(thing)
    db.session.commit()
    return redirect(url_for("give.mydata.asked", public_id=request.public_id), 303)


@page.get("/my-data/<public_id>")
@public()
def asked(public_id: str) -> ResponseReturnValue:
    request = actions.find(public_id) or abort(404)
    return render_template("give/my_data_asked.html", asked=request, states=STATES, keeping=KEEPING)


def _page(form: MyDataForm) -> str:
    return render_template("give/my_data.html", form=form, keeping=KEEPING)
