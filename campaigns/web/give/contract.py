"""From the filled-in form of a monthly gift to the bank where its contract is signed, and back."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.actions import Wish
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.mandates import actions, contracts, links
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.mandates.states import State
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.debits import ContractBank, DirectDebit, debit_of
from campaigns.domain.payments.errors import GatewayError, Unavailable
from campaigns.domain.payments.terminals import key
from campaigns.web.give.forms import DetailsForm
from campaigns.web.guards import CrossSite, public
from campaigns.web.letterlinks import link
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.ways import Way, gateway_of

page = Blueprint("contract", __name__)


def debit_way(ways: Sequence[Way]) -> Way | None:
    """The first of these that takes money by contracts."""
    return next((way for way in ways if debit_of(way.gateway) is not None), None)


def draw_up_contract(
    campaign_id: int, wish: Wish, form: DetailsForm, way: Way | None, form_key: str
) -> ResponseReturnValue:
    """Writes the mandate down, then asks the gateway for a contract. The same form again leads to the same one."""
    if way is None:
        raise Unavailable("no gateway makes contracts for this organization")
    mandate = actions.draw_up(campaign_id, wish, form.terms(), way.gateway, way.account_id, form_key)
    db.session.commit()
    return _open(mandate)


@page.get("/mandate/<token>/bank")
@public()
def banks(token: str) -> ResponseReturnValue:
    """Which bank? Their list comes from the gateway."""
    mandate = _unsigned(token)
    if mandate is None:
        return redirect(url_for("give.mandate.show", token=token), 303)
    if mandate.campaign.state == CampaignState.FROZEN:
        return _frozen(mandate)
    if mandate.state == State.DRAFT.value:
        return _not_opened(mandate, token)
    return _choose(mandate, token, 200)


@page.post("/mandate/<token>/bank")
@public()
def choose(token: str) -> ResponseReturnValue:
    """On to the page of the bank that was chosen; a contract that could not be opened is tried again."""
    mandate = _unsigned(token)
    if mandate is None:
        return redirect(url_for("give.mandate.show", token=token), 303)
    if mandate.campaign.state == CampaignState.FROZEN:
        return _frozen(mandate)
    if mandate.state == State.DRAFT.value:
        return _open(mandate)
    debit, contract_ref = _debit(mandate), mandate.contract_ref or ""
    code = request.form.get("bank", "")
    if code not in {bank.code for bank in _banks(mandate, debit)}:
        return _choose(mandate, token, 422)
    url = debit.signing_url(contract_ref, code)
    return render_template("give/to_sign.html", url=url, mandate=mandate, theme=mandate.campaign.theme)


@page.get("/mandate/<token>/signed")
@public(cross_site=CrossSite.EXEMPT, writes_on_get=True)
def back(token: str) -> ResponseReturnValue:
    """The way back from the bank. Whatever the address says, the gateway is asked, about our own contract."""
    mandate = links.owned(token)
    if mandate is None:
        abort(404)
    gateway = gateway_of(mandate.gateway, mandate.account_id)
    if mandate.state == State.SIGNING.value and gateway is not None:
        contracts.see_to(mandate.id, _only(mandate, gateway), link)
    return redirect(url_for("give.mandate.show", token=token), 303)


def _open(mandate: Mandate) -> ResponseReturnValue:
    token = links.own(mandate)
    if mandate.state == State.DRAFT.value:
        address = link(language().code, "give.contract.back", token=token)
        try:
            contracts.open_at(mandate, _debit(mandate), address)
        except GatewayError:
            db.session.rollback()
            return _not_opened(mandate, token)
    return redirect(url_for("give.contract.banks", token=token), 303)


def _not_opened(mandate: Mandate, token: str) -> ResponseReturnValue:
    theme = mandate.campaign.theme
    slug = mandate.campaign.slug
    return render_template("give/contract_failed.html", token=token, theme=theme, slug=slug), 503


def _frozen(mandate: Mandate) -> ResponseReturnValue:
    """Nobody signs for a campaign that is frozen."""
    view = campaign_page(mandate.campaign, language().code, with_wall=False)
    return themed(mandate.campaign.theme, "give/closed.html", page=view), 409


def _choose(mandate: Mandate, token: str, status: int) -> ResponseReturnValue:
    debit, theme = _debit(mandate), mandate.campaign.theme
    found = _banks(mandate, debit)
    if not found:
        return render_template(
            "give/contract_failed.html", token=token, theme=theme, slug=mandate.campaign.slug
        ), 503
    wrong = status == 422
    page = render_template(
        "give/banks.html", mandate=mandate, banks=found, token=token, theme=theme, wrong=wrong
    )
    return page, status


def _banks(mandate: Mandate, debit: DirectDebit) -> Sequence[ContractBank]:
    """Those that let so much go in a day; none where the gateway does not answer. No transaction is open meanwhile."""
    rials = mandate.rials
    db.session.commit()
    try:
        return [
            bank for bank in debit.banks() if bank.max_daily_rials is None or bank.max_daily_rials >= rials
        ]
    except GatewayError:
        return ()


def _unsigned(token: str) -> Mandate | None:
    """The mandate that still is to be signed; None when it needs no signing. 404 for a word that is none of ours."""
    mandate = links.owned(token)
    if mandate is None:
        abort(404)
    return mandate if mandate.state in {State.DRAFT.value, State.SIGNING.value} else None


def _debit(mandate: Mandate) -> DirectDebit:
    debit = debit_of(gateway_of(mandate.gateway, mandate.account_id))
    if debit is None:
        raise Unavailable("the terminal of this mandate makes no contracts now")
    return debit


def _only(mandate: Mandate, gateway: Gateway) -> Mapping[str, Gateway]:
    return {key(mandate.gateway, mandate.account_id): gateway}
