"""A gift without a gateway: where to transfer it and how much exactly, then what finds it, then how it stands.

The page has an unguessable address of its own; who has it may say that the gift was transferred.
"""

from collections.abc import Callable

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.clock import now
from campaigns.base.engine import passing
from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.claims import pictures, queries
from campaigns.domain.claims.declare import declare
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.receipts import keep
from campaigns.domain.claims.states import State
from campaigns.domain.claims.submit import may_submit, submit
from campaigns.domain.contributions.actions import Wish, pledge
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights.portal import cards_of
from campaigns.web.give.limits import too_fast, wait_to_tell
from campaigns.web.give.told import ToldForm
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.transfers import accounts_for

page = Blueprint("transfer", __name__)
MOST_SENT = 2 * pictures.MOST_BYTES
"""Bytes of a whole form: what is a little too large still gets a sentence beside its field."""


@page.get("/transfer/<public_id>")
@public()
def show(public_id: str) -> ResponseReturnValue:
    claim = _found(public_id)
    if claim.state == State.CREDITED:
        return redirect(url_for("give.receipt.show", code=claim.contribution.code), 303)
    return _page(claim, ToldForm.of(claim))


@page.post("/transfer/<public_id>")
@public()
def tell(public_id: str) -> ResponseReturnValue:
    """The donor has transferred it. Says what finds it; a receipt is looked through with no transaction open."""
    request.max_content_length = MOST_SENT
    with passing():
        wait = wait_to_tell()
        db.session.commit()
    if wait:
        return too_fast(wait)
    form = ToldForm()
    good = form.validate()
    shown = _receipt(form)
    claim = _found(public_id)
    if not may_submit(claim):
        return redirect(url_for("give.transfer.show", public_id=public_id), 303)
    has_receipt = shown is not None or bool(queries.receipts(claim))
    form.needs(bare_amount=not claim.holds_amount, has_receipt=has_receipt)
    if not good or form.problems():
        return _page(claim, form), 422
    return _told(claim, form, shown)


def declared(
    campaign_id: int, organization_id: int, wish: Wish, key: str, also: Callable[[int], object] | None
) -> ResponseReturnValue:
    """The gift and its claim in one commit, then the page that says where to transfer it. The same form again leads
    to what it made before. `also`: what else is written down with a new gift, given its id.
    """
    db.session.commit()  # what was noted until now need not outlive a power cut; this has to
    gift, is_new = pledge(campaign_id, wish, key)
    claim = queries.claim_of(gift.id)
    if claim is None and is_new:
        ids = [account.id for account in accounts_for(organization_id)]
        claim = declare(gift, ids, _settings().transfer_hours)
        if also is not None:
            also(gift.id)
    to = url_for("give.transfer.show", public_id=claim.public_id) if claim else None
    db.session.commit()
    return redirect(to or url_for("give.receipt.show", code=gift.code), 303)


def _told(claim: TransferClaim, form: ToldForm, shown: pictures.Receipt | None) -> ResponseReturnValue:
    public_id = claim.public_id
    try:
        submit(claim, form.told())
        if shown is not None:
            keep(claim, shown, _settings().data_dir)
    except Refused as refusal:
        db.session.rollback()
        if refusal.reason == "moved":
            return redirect(url_for("give.transfer.show", public_id=public_id), 303)
        field = form.tracking if refusal.reason == "tracking" else form.receipt
        field.errors = [_refusals()[refusal.reason]]
        return _page(_found(public_id), form), 422
    db.session.commit()
    return redirect(url_for("give.transfer.show", public_id=public_id), 303)


def _receipt(form: ToldForm) -> pictures.Receipt | None:
    """What was shown, if anything; what is wrong with it stands beside its field."""
    sent = request.files.get("receipt")
    if sent is None or not sent.filename:
        return None
    try:
        return pictures.read(sent.stream.read(pictures.MOST_BYTES + 1))
    except pictures.BadReceipt as bad:
        form.receipt.errors = [_refusals()[bad.reason]]
        return None


def _refusals() -> dict[str, str]:
    broken = _("This file cannot be opened. Take a picture of the screen and send that.")
    return {
        "tracking": _("Another gift has this number already. Look at it once more, or call us."),
        "many": _("Five receipts are enough. Call us if something is missing."),
        "empty": broken,
        "broken": broken,
        "large": _("This file is larger than five megabytes. Take a picture of the screen and send that."),
        "pixels": _("This picture is too large. Take a picture of the screen and send that."),
        "kind": _("This is neither a picture (JPEG, PNG, WebP) nor a PDF."),
    }


def _found(public_id: str) -> TransferClaim:
    claim = queries.claim(public_id)
    if claim is None:
        abort(404)
    return claim


def _page(claim: TransferClaim, form: ToldForm) -> str:
    gift, campaign = claim.contribution, claim.contribution.campaign
    late = claim.state == State.AWAITING and claim.deadline < now()
    frozen = claim.state == State.AWAITING and campaign.state == CampaignState.FROZEN
    return themed(
        campaign.theme,
        "give/transfer.html",
        claim=claim,
        face="frozen" if frozen else State.EXPIRED.value if late else claim.state,
        account=claim.bank_account,
        gift=gift,
        card=cards_of([campaign.id], language().code)[campaign.id],
        sample=campaign.is_sample,
        intent_label=INTENT_LABELS.get(gift.intent, gift.intent),
        receipts=len(queries.receipts(claim)),
        form=form,
        open=may_submit(claim),
        problems=form.problems(),
    )


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
