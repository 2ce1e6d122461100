"""The second step of somebody else, who lost what it takes: one administrator asks for a reset, another agrees."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.tokens import hash_secret, new_secret
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.accounts.queries import names_of
from campaigns.domain.factors import resets
from campaigns.domain.factors.queries import has_any
from campaigns.domain.notices import letters
from campaigns.web.guards import needs
from campaigns.web.people.reach import reach, wholly

page = Blueprint("secondstep", __name__)


@page.get("/<public_id>/second-step")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def show(public_id: str) -> ResponseReturnValue:
    user = wholly(reach(), public_id)
    first = resets.asked(user)
    return render_template(
        "people/second_step.html",
        user=user,
        has_second=has_any(user.id),
        first=first,
        asker=names_of({first.actor_id}).get(first.actor_id, "") if first and first.actor_id else "",
        is_mine=first is not None and first.actor_id == current_user.id,
        hours=resets.HOURS,
    )


@page.post("/<public_id>/second-step/ask")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def ask(public_id: str) -> ResponseReturnValue:
    def sentence() -> str:
        return _(
            "An administrator asked to remove everything that you sign in with beside the password. "
            "It happens once another administrator agrees."
        )

    said = _("Another administrator has to agree now. The person is told by letter.")
    return _carried_out(public_id, resets.ask, sentence, said)


@page.post("/<public_id>/second-step/agree")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def agree(public_id: str) -> ResponseReturnValue:
    def sentence() -> str:
        return _("Two administrators removed everything that you sign in with beside the password.")

    said = _("It is reset. The person signs in with the password alone next time, and is told by letter.")
    return _carried_out(public_id, resets.agree, sentence, said)


def _carried_out(
    public_id: str, act: Callable[[User, User], None], sentence: Callable[[], str], said: str
) -> ResponseReturnValue:
    csrf.protect()
    user = wholly(reach(), public_id)
    try:
        act(user, current_user)
    except resets.NotNow:
        abort(404)
    with force_locale(user.language):
        what = sentence()
    letters.second_factor_changed(user, what=what, key=hash_secret(new_secret()))
    db.session.commit()
    flash(said, "ok")
    return redirect(url_for("people.person.show", public_id=public_id), 303)
