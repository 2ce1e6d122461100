"""Taking a thing on for a quarter of an hour, letting it go, and the next one that nobody holds."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.moderation.holds import claim, claim_first, let_go
from campaigns.domain.moderation.notes import use_keys
from campaigns.domain.moderation.queue import narrowed, within
from campaigns.web.guards import needs
from campaigns.web.review.queue import wanted_of
from campaigns.web.review.rows import one, reach

page = Blueprint("claims", __name__)


@page.post("/claim")
@needs(Permission.MODERATE)
def take() -> ResponseReturnValue:
    """`item` is «kind:id». Somebody else may be faster: then one reads, and sees who holds it."""
    csrf.protect()
    kind, _colon, public_id = request.form.get("item", "").partition(":")
    if one(kind, public_id) is None:
        abort(404)
    if not claim(kind, public_id, current_user):
        flash(_("Somebody else holds this at present, or it waits no more; you may read it."), "warn")
    db.session.commit()
    return redirect(url_for("review.item.show", kind=kind, public_id=public_id), 303)


@page.post("/let-go")
@needs(Permission.MODERATE)
def release() -> ResponseReturnValue:
    csrf.protect()
    kind, _colon, public_id = request.form.get("item", "").partition(":")
    let_go(kind, public_id, current_user)
    db.session.commit()
    flash(_("Others may take it now."), "ok")
    return redirect(url_for("review.queue.show"), 303)


@page.post("/next")
@needs(Permission.MODERATE)
def following() -> ResponseReturnValue:
    """Takes what is due first, within the filters that came along, of what nobody holds."""
    csrf.protect()
    found = claim_first(current_user, within(reach()), *narrowed(wanted_of(request.form), current_user))
    db.session.commit()
    if found is None:
        flash(_("Nothing is left that nobody holds. Thank you."), "ok")
        return redirect(url_for("review.queue.show"), 303)
    return redirect(url_for("review.item.show", kind=found[0], public_id=found[1]), 303)


@page.post("/keys")
@needs(Permission.MODERATE)
def keys() -> ResponseReturnValue:
    """Switches the keyboard on or off for oneself."""
    csrf.protect()
    on = request.form.get("keys") == "on"
    use_keys(current_user, on)
    db.session.commit()
    flash(_("The keyboard is on.") if on else _("The keyboard is off."), "ok")
    return redirect(url_for("review.queue.show"), 303)
