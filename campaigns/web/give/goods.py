"""Promising goods without an account: what is wanted, how many, how they come and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.clock import now
from campaigns.base.engine import passing
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import state_on
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.campaigns.states import State
from campaigns.domain.goods.need_models import DropOffPlace, NeedLine, NeedState
from campaigns.domain.goods.pledge_models import ListedShop
from campaigns.domain.goods.pledge_queries import collects, need_of, places_for, shops_of
from campaigns.domain.goods.pledge_states import Way
from campaigns.domain.goods.pledges import Promise, TooMuch, left_of, pledge
from campaigns.domain.goods.siblings import offers_instead
from campaigns.domain.insights.portal import cards_of
from campaigns.kinds import goods
from campaigns.web.give import formkey
from campaigns.web.give.goodsforms import GoodsForm
from campaigns.web.give.limits import too_fast, wait_to_promise
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.render import themed

page = Blueprint("goods", __name__)
DAYS_AHEAD = 45


@dataclass(frozen=True)
class Ways:
    """How a need may come to its campaign."""

    places: Sequence[DropOffPlace]
    shops: Sequence[ListedShop]
    collects: bool

    def hows(self) -> list[str]:
        """As a form names them. Without a place the office calls and says where."""
        brought = [f"{Way.BRING}-{place.public_id}" for place in self.places] or [Way.BRING.value]
        fetched = [Way.COLLECT.value] if self.collects else []
        return [*brought, *fetched, *(f"{Way.BUY}-{shop.public_id}" for shop in self.shops)]


@page.get("/c/<slug>/pledge/<need>")
@public()
def start(slug: str, need: str) -> ResponseReturnValue:
    campaign, line = _found(slug, need)
    ways, still = ways_of(line), still_open(campaign, line)
    if not _takes(campaign, line, still):
        return _full(campaign, line, still)
    form = GoodsForm(formdata=None)
    form.offer(_with_ways(still, ways))
    return _page(campaign, line, form, ways)


@page.post("/c/<slug>/pledge/<need>")
@public()
def promise(slug: str, need: str) -> ResponseReturnValue:
    campaign, line = _found(slug, need)
    form = GoodsForm()
    key = formkey.check(form.form_key.data or "", line.public_id)
    ways, still = ways_of(line), still_open(campaign, line)
    form.offer(_with_ways(still, ways))
    if not _takes(campaign, line, still):
        return _full(campaign, line, still)
    if not form.check():
        return _page(campaign, line, form, ways), 422
    if form.website.data or not key.fresh:
        return _page(campaign, line, form, ways, note=_stale()), 422
    with passing():
        wait = wait_to_promise(campaign.id)
        db.session.commit()
    if wait:
        return too_fast(wait)
    try:
        made, _new = pledge(
            line, _wish(form, ways), key.key, current_app.config["SETTINGS"].pledge_grace_days
        )
    except TooMuch as much:
        db.session.rollback()
        return _late(campaign, line, form, ways, much.left)
    to = url_for("give.promise.show", code=made.code)
    db.session.commit()
    return redirect(to, 303)


def ways_of(line: NeedLine) -> Ways:
    return Ways(places_for(line), shops_of(line.campaign_id), collects(line.campaign_id))


def still_open(campaign: Campaign, line: NeedLine, held: int = 0) -> goods.Open:
    """What may be chosen of a need, `held` of it by who asks already."""
    today = tehran_day(now())
    ends = [day for day in (line.ends_on, campaign.ends_on) if day is not None]
    left = 0 if campaign.state == State.FROZEN else left_of(line)
    return goods.Open(left + held, (), today, min([*ends, today + timedelta(days=DAYS_AHEAD)]))


def _with_ways(still: goods.Open, ways: Ways) -> goods.Open:
    return goods.Open(still.left, ways.hows(), still.first, still.last)


def _found(slug: str, need: str) -> tuple[Campaign, NeedLine]:
    campaign = by_slug(slug)
    line = need_of(campaign.id, need) if campaign is not None else None
    if campaign is None or line is None:
        abort(404)
    return campaign, line


def _takes(campaign: Campaign, line: NeedLine, still: goods.Open) -> bool:
    return not _why(campaign, line, still)


def _why(campaign: Campaign, line: NeedLine, still: goods.Open) -> str:
    """Why nothing can be promised, in one word of the template; empty: it can."""
    state, _since = state_on(campaign, tehran_day(now()))
    if state is not State.LIVE:
        return "campaign"
    if line.state != NeedState.SHOWN:
        return "closed"
    if still.left < 1:
        return "zero"
    return "" if still.first <= still.last else "late"


def _wish(form: GoodsForm, ways: Ways) -> Promise:
    choice = form.choice()
    places = {place.public_id: place.id for place in ways.places} if choice.way is Way.BRING else {}
    shops = {shop.public_id: shop.id for shop in ways.shops} if choice.way is Way.BUY else {}
    return Promise(
        quantity=choice.quantity or 0,
        day=choice.day or date.max,
        language=language().code,
        way=choice.way,
        place_id=places.get(choice.where),
        shop_id=shops.get(choice.where),
        name=form.name.data or "",
        mobile=choice.mobile,
        address=choice.address if choice.way is Way.COLLECT else "",
    )


def _late(campaign: Campaign, line: NeedLine, form: GoodsForm, ways: Ways, left: int) -> ResponseReturnValue:
    """Others were faster: everything is kept, and what is left is said beside the number."""
    still = still_open(campaign, line)
    if left < 1 or not _takes(campaign, line, still):
        return _full(campaign, line, still)
    form.still = _with_ways(still, ways)
    form.quantity.errors = [goods.quantity_problem(form.quantity.data, left, language().code)]
    return _page(campaign, line, form, ways), 422


def _page(campaign: Campaign, line: NeedLine, form: GoodsForm, ways: Ways, note: str = "") -> str:
    """The form always gets a new key: an old one would be refused again."""
    form.form_key.data = formkey.new(line.public_id)
    return themed(
        campaign.theme,
        "give/goods.html",
        card=_card(campaign),
        need=line,
        left=form.still.left,
        form=form,
        ways=ways,
        problems=form.problems() or ([("go-on", note)] if note else []),
        elsewhere=offers_instead(campaign, line) if (form.quantity.data or 0) > form.still.left else [],
        note=note,
    )


def _full(campaign: Campaign, line: NeedLine, still: goods.Open) -> ResponseReturnValue:
    """Nothing more of this is taken: why, and what is needed instead."""
    return themed(
        campaign.theme,
        "give/goods_full.html",
        card=_card(campaign),
        need=line,
        why=_why(campaign, line, still),
        elsewhere=offers_instead(campaign, line),
    ), 409


def _card(campaign: Campaign) -> object:
    return cards_of([campaign.id], language().code)[campaign.id]


def _stale() -> str:
    return _(
        "This page has been open for a while, or was sent too quickly. Everything is kept: please go on once more."
    )
