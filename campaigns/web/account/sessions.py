"""Where I am signed in, by family of browser and rounded time; ending one of these, or all others."""

from datetime import datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.models import LoginSession
from campaigns.domain.accounts.sessions import end_one, end_others, sessions_of
from campaigns.web.guards import signed_in

page = Blueprint("sessions", __name__)


@page.get("/account/sessions")
@signed_in()
def show() -> ResponseReturnValue:
    rows = sessions_of(current_user.id, current_app.config["SETTINGS"].session_hours)
    return render_template("account/sessions.html", rows=[_shown(row) for row in rows])


@page.post("/account/sessions/<public_id>/end")
@signed_in()
def end(public_id: str) -> ResponseReturnValue:
    csrf.protect()
    if not end_one(current_user.id, public_id):
        abort(404)
    db.session.commit()
    flash(_("That browser is signed out."), "ok")
    return redirect(url_for("account.sessions.show"), 303)


@page.post("/account/sessions/end-others")
@signed_in()
def leave_others() -> ResponseReturnValue:
    csrf.protect()
    end_others(current_user.id, session.id_hash)  # type: ignore[attr-defined]
    db.session.commit()
    flash(_("You are signed out everywhere else."), "ok")
    return redirect(url_for("account.sessions.show"), 303)


def _shown(row: LoginSession) -> dict[str, object]:
    browser, _bar, system = row.agent.partition("|")
    return {
        "public_id": row.public_id,
        "browser": browser,
        "system": system,
        "since": row.created_at,
        "seen": max(row.created_at, _rounded(row.seen_at)),
        "is_here": row.id_hash == session.id_hash,  # type: ignore[attr-defined]
    }


def _rounded(moment: datetime) -> datetime:
    """To the quarter of an hour: more is not kept."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
