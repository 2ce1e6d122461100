"""From the chosen amount to the bank: the check page, its form, the beginning of the payment."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base import stamps
from campaigns.base.engine import passing
from campaigns.base.extensions import db
from campaigns.base.money import toman_number
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.page import CampaignPage
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.claims.queries import claim_of
from campaigns.domain.contributions.actions import Pledged, Wish
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import RULES
from campaigns.domain.givers.texts import ask_text
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.matching.pools import STAMP
from campaigns.domain.payments.actions import Begun, hand_off, pledge_and_begin
from campaigns.domain.payments.errors import Unavailable
from campaigns.domain.payments.queries import latest_attempt
from campaigns.domain.payments.states import State
from campaigns.domain.reminders import links
from campaigns.domain.reminders.actions import answered, ask
from campaigns.domain.supporters import sources
from campaigns.kinds import money
from campaigns.web.give import formkey
from campaigns.web.give.contract import debit_way, draw_up_contract
from campaigns.web.give.forms import MONTHLY, DetailsForm
from campaigns.web.give.limits import too_fast, wait_to_give
from campaigns.web.give.monthforms import texts_go_out
from campaigns.web.give.onward import onward
from campaigns.web.give.province import where_to
from campaigns.web.give.transfer import declared
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.render import absolute, themed
from campaigns.web.shelf import kept
from campaigns.web.transfers import LEAST_RIALS, accounts_for
from campaigns.web.ways import Way, offered, opened

page = Blueprint("start", __name__)
LONGEST_TOKEN = 300


@dataclass(frozen=True)
class Asked:
    """What the pages of giving need to know of a campaign."""

    id: int
    public_id: str
    organization_id: int
    short_code: str
    theme: str
    is_sample: bool
    page: CampaignPage


@page.get("/c/<slug>/give")
@public()
def show(slug: str) -> ResponseReturnValue:
    """The second page for a good choice; the first one again, with what is wrong, for another. `fill`: tomans to begin
    with, of who comes from a need.
    """
    campaign, view = _open_campaign(slug)
    if not view.accepts_gifts:
        return _closed(campaign, view)
    asks_where = where_to(campaign.id, view)
    if asks_where is not None:
        return asks_where
    if not request.args.keys() - {"repeat", "again", "fill", "via"}:
        return _choose(campaign, view, money.filled(request.args.get("fill", "")))
    choice = _choice(campaign, request.args.to_dict())
    if choice.problems:
        return _choose(campaign, view, choice, 422)
    form = DetailsForm(formdata=None)
    form.again.data = request.args.get("again", "")[:LONGEST_TOKEN]
    form.via.data = request.args.get("via", "")[: sources.LONGEST]
    _offer(form, campaign, choice, request.args.get("repeat", ""))
    return _details(campaign, choice, form)


@page.post("/c/<slug>/give")
@public()
def pay(slug: str) -> ResponseReturnValue:
    campaign, view = _open_campaign(slug)
    form = DetailsForm()
    choice = _choice(campaign, {"other": form.amount.data or "", "intent": form.intent.data or ""})
    key = formkey.check(form.form_key.data or "", campaign.public_id)
    if not view.accepts_gifts:
        return _closed(campaign, view)
    if choice.problems:
        return _choose(campaign, view, choice, 422)
    _offer(form, campaign, choice, form.repeat.data or "")
    if not form.validate():
        return _details(campaign, choice, form, 422)
    if form.website.data or not key.fresh:
        note = _(
            "This page has been open for a while, or was sent too quickly. Everything is kept: please go on once more."
        )
        return _details(campaign, choice, form, 422, note)
    with passing():
        wait = wait_to_give(campaign.id)
    if wait:
        db.session.commit()
        return too_fast(wait)
    wish = form.wish(choice.rials, choice.intent, language().code)
    if form.by_contract:
        return draw_up_contract(campaign.id, wish, form, debit_way(_ways(campaign, choice.rials)), key.key)
    way, also = form.way(), _also(campaign, form, wish)
    if way is None:
        return declared(campaign.id, campaign.organization_id, wish, key.key, also)
    return _begin(campaign, wish, key.key, way, also)


def _offer(form: DetailsForm, campaign: Asked, choice: money.Choice, repeat: str) -> None:
    """The fields this gift needs. Who comes from a letter is reminded already; what comes back every month does so
    by a contract where a terminal makes them, else by a letter.
    """
    ways = _ways(campaign, choice.rials)
    monthly = repeat == MONTHLY and not form.again.data
    by_contract = monthly and debit_way(ways) is not None
    form.ask_monthly(monthly, by_contract=by_contract)
    form.offer_texts(texts_go_out() and not by_contract)
    transfer = not by_contract and bool(accounts_for(campaign.organization_id))
    form.offer(ways[:1] if by_contract else ways, transfer=transfer)


def _also(campaign: Asked, form: DetailsForm, wish: Wish) -> Callable[[int], object] | None:
    """What else is written down with the gift of this id: a wish to be reminded, which letter it answers, which link
    it came from.
    """
    told: list[Callable[[int], object]] = []
    if form.monthly:
        asked = form.asked(wish)
        told.append(lambda gift_id: ask(gift_id, campaign.id, asked))
    elif (letter := links.month_of(form.again.data) if form.again.data else None) is not None:
        told.append(lambda gift_id: answered(letter.public_id, letter.month, gift_id))
    if form.wants_text:
        told.append(ask_text)
    if form.via.data:
        tag = form.via.data[: sources.LONGEST]
        told.append(lambda gift_id: sources.note(gift_id, campaign.id, tag))
    return (lambda gift_id: [tell(gift_id) for tell in told]) if told else None


def _begin(
    campaign: Asked, wish: Wish, key: str, way: Way, also: Callable[[int], object] | None
) -> ResponseReturnValue:
    """Pledge and attempt in one commit, then the gateway. The same form again leads to what it made before.

    The pledge lasts with the commit that stores where the donor goes: before that they have been nowhere.
    """
    with passing():
        gift, attempt = pledge_and_begin(campaign.id, wish, key, way.gateway, way.account_id, also)
    if attempt is None:
        return _again(gift)
    return start_attempt(attempt, way, campaign, gift.code)


def start_attempt(attempt: Begun, way: Way, campaign: Asked | Campaign, code: str) -> ResponseReturnValue:
    """Hands an attempt to its gateway and answers with the hop page: on a slow network a redirect to it would
    cost the donor another way there and back. The page at its own address also says when the gateway failed.
    """
    back = absolute(url_for("give.callback.back", gateway=way.name, public_id=attempt.public_id))
    title = _("Gift to a campaign, %(code)s", code=campaign.short_code)
    theme, sample = campaign.theme, campaign.is_sample
    redirect_to = hand_off(attempt, way.gateway, back, title).redirect
    if redirect_to is None:
        return redirect(url_for("give.hop.show", public_id=attempt.public_id), 303)
    opened(way)
    return onward(redirect_to, rials=attempt.rials, code=code, theme=theme, sample=sample)


def _again(gift: Pledged) -> ResponseReturnValue:
    attempt, claim = latest_attempt(gift.id), claim_of(gift.id)
    if claim is not None:
        return redirect(url_for("give.transfer.show", public_id=claim.public_id), 303)
    if attempt is not None and attempt.state in {State.CREATED, State.REDIRECTED}:
        return redirect(url_for("give.hop.show", public_id=attempt.public_id), 303)
    return redirect(url_for("give.receipt.show", code=gift.code), 303)


def _open_campaign(slug: str) -> tuple[Asked, CampaignPage]:
    """The campaign as it stood a second ago at most: kept between requests, so that giving only writes."""
    asked = kept(
        ("give", slug, language().code),
        lambda: _gathered(slug),
        lambda found: frozenset({stamps.of_campaign(found.id), STAMP}),
    )
    if asked is None:
        abort(404)
    return asked, asked.page


def _gathered(slug: str) -> Asked | None:
    campaign = by_slug(slug)
    if campaign is None:
        return None
    view = campaign_page(campaign, language().code, with_wall=False)
    return Asked(
        campaign.id,
        campaign.public_id,
        campaign.organization_id,
        campaign.short_code,
        campaign.theme,
        campaign.is_sample,
        view,
    )


def _ways(campaign: Asked, rials: int | None = None) -> list[Way]:
    """The gateways that take this amount now, in order. Raises `Unavailable` when there is no way to pay at all."""
    found = offered(campaign.organization_id, rials)
    if not found and not accounts_for(campaign.organization_id):
        raise Unavailable("no gateway takes gifts for this organization")
    return found


def _choice(campaign: Asked, values: dict[str, str]) -> money.Choice:
    """A transfer may be larger than any gateway takes."""
    bounds = [way.gateway.capabilities() for way in _ways(campaign)]
    transfer = bool(accounts_for(campaign.organization_id))
    least = min((can.min_rials for can in bounds), default=LEAST_RIALS)
    known = [can.max_rials for can in bounds if can.max_rials is not None]
    most = max(known) if len(known) == len(bounds) and not transfer else None
    return money.read(values, campaign.page, least, most, language().code)


def _choose(
    campaign: Asked, view: CampaignPage, choice: money.Choice, status: int = 200
) -> ResponseReturnValue:
    thread = {name: request.values.get(name, "")[:LONGEST_TOKEN] for name in ("repeat", "again", "via")}
    return themed(campaign.theme, "give/choose.html", page=view, choice=choice, **thread), status


def _details(
    campaign: Asked,
    choice: money.Choice,
    form: DetailsForm,
    status: int = 200,
    note: str = "",
) -> ResponseReturnValue:
    """The form always gets a new key: an old one would be refused again."""
    form.form_key.data = formkey.new(campaign.public_id)
    form.amount.data = toman_number(choice.rials, "en")
    form.intent.data = choice.intent
    view = campaign.page
    intent = next(item.label for item in view.intents if item.code == choice.intent)
    return (
        themed(
            campaign.theme,
            "give/details.html",
            page=view,
            choice=choice,
            intent_label=intent,
            rule=RULES[Intent(choice.intent)],
            form=form,
            problems=form.problems() if status == 422 and not note else [],
            note=note,
        ),
        status,
    )


def _closed(campaign: Asked, view: CampaignPage) -> ResponseReturnValue:
    return themed(campaign.theme, "give/closed.html", page=view), 409
