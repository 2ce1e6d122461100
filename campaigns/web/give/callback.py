"""The way back from the bank: a browser that says something anyone could say. We look for ourselves."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.payments import receipts
from campaigns.domain.payments.contract import CallbackHint, Gateway
from campaigns.domain.payments.queries import returning
from campaigns.domain.payments.settlement import note_cancelled, settle, settle_back
from campaigns.web.guards import CrossSite, public
from campaigns.web.ways import gateway_of

page = Blueprint("callback", __name__)


@page.route("/pay/cb/<gateway>/<public_id>", methods=["GET", "POST"])
@public(cross_site=CrossSite.EXEMPT, writes_on_get=True)
def back(gateway: str, public_id: str) -> ResponseReturnValue:
    """Settles by asking the gateway, whatever the query says, and leads to the receipt. Needs no cookie."""
    plug = gateway_of(gateway, None)
    if plug is None:
        abort(404)
    hint = plug.parse_callback(
        request.method,
        request.args.to_dict(flat=False),
        request.form.to_dict(flat=False),
        request.get_json(silent=True) if request.is_json else None,
    )
    code = None
    if hint.hint == "ok" and hint.gateway_ref is not None and hint.receipt_ref is None:
        code = settle_back(public_id, plug.name, hint.gateway_ref, dict(hint.raw), gateway_of)
    return redirect(url_for("give.receipt.show", code=code or _otherwise(public_id, plug, hint)), 303)


def _otherwise(public_id: str, plug: Gateway, hint: CallbackHint) -> str:
    """Nothing was settled yet: the tracking code all the same, and what was said is kept if it is about us.

    A receipt is asked about even where the rest says «cancelled»: it is the one thing that can be proved.
    """
    attempt = returning(public_id)
    if attempt is None or attempt.gateway != plug.name:
        abort(404)
    own = gateway_of(attempt.gateway, attempt.account_id)
    if own is None or not hint.names(attempt.gateway_ref, attempt.numeric_ref):
        return attempt.code
    if hint.receipt_ref is not None and own.capabilities().receipt_by_callback:
        receipts.hear(attempt.attempt_id, hint.receipt_ref)
        settle(attempt.attempt_id, own, "callback", dict(hint.raw))
    elif hint.hint == "ok":
        settle(attempt.attempt_id, own, "callback", dict(hint.raw))
    elif hint.hint in {"cancelled", "failed"}:
        note_cancelled(attempt.attempt_id, dict(hint.raw))
    return attempt.code
