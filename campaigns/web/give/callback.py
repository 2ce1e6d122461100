"""The way back from the bank: a browser that says something anyone could say. We look for ourselves."""

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.queries import returning
from campaigns.domain.payments.settlement import note_cancelled, settle
from campaigns.web.guards import CrossSite, public

page = Blueprint("callback", __name__)


@page.route("/pay/cb/<gateway>/<public_id>", methods=["GET", "POST"])
@public(cross_site=CrossSite.EXEMPT, writes_on_get=True)
def back(gateway: str, public_id: str) -> ResponseReturnValue:
    """Settles by asking the gateway, whatever the query says, and leads to the receipt. Needs no cookie."""
    plug: Gateway | None = current_app.extensions["gateways"].get(gateway)
    attempt = returning(public_id)
    if plug is None or attempt is None or attempt.gateway != gateway:
        abort(404)
    hint = plug.parse_callback(
        request.method,
        request.args.to_dict(flat=False),
        request.form.to_dict(flat=False),
        request.get_json(silent=True) if request.is_json else None,
    )
    ours = hint.gateway_ref is not None and hint.gateway_ref == attempt.gateway_ref
    if ours and hint.hint == "ok":
        settle(attempt.attempt_id, plug, "callback", dict(hint.raw))
    elif ours and hint.hint in {"cancelled", "failed"}:
        note_cancelled(attempt.attempt_id, dict(hint.raw))
    return redirect(url_for("give.receipt.show", code=attempt.code), 303)
