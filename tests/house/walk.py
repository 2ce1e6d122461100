"""Walking over every address of the house, each filled in with something that exists."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.signing import read_key
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.accounts.team import invite
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.erasure.actions import ask as ask_to_erase
from campaigns.domain.funds.actions import Plan, propose
from campaigns.domain.goods.shops import propose_shop
from campaigns.domain.ledger import breaches
from campaigns.domain.ledger.checkpoints import seal_days
from campaigns.domain.mandates.links import own as mandate_link
from campaigns.domain.matching.pools import Offer
from campaigns.domain.matching.pools import propose as offer_pool
from campaigns.domain.partners.profiles import painted
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.refunds.models import Refund
from campaigns.domain.supporters import links as follow_links
from campaigns.domain.supporters.sources import make as make_source
from campaigns.domain.webhooks import endpoints
from campaigns.web import sharestore
from campaigns.web.guards import SAFE_METHODS, Policy
from tests.cast import mina, parisa, person, reza
from tests.house.addresses import named
from tests.house.blockrooms import block_rooms
from tests.house.draftrooms import DraftRooms
from tests.house.goodsrooms import GoodsRooms
from tests.house.moneyrooms import MoneyRooms
from tests.house.needrooms import NeedRooms
from tests.house.networkrooms import NetworkRooms
from tests.house.problemrooms import problem_rooms
from tests.house.shiftrooms import shift_rooms
from tests.house.storyrooms import story_rooms
from tests.partnership import agreed, approve, partner, picture
from tests.promises import need, promised
from tests.supporting import follower
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign


def step_of(rule: Rule, usual: str) -> str:
    """What may stand for `step` in this rule: the usual word, or the first of those it names itself."""
    words = getattr(rule._converters.get("step"), "items", {usual})
    return usual if usual in words else min(words)


class House(MoneyRooms, NeedRooms, GoodsRooms, NetworkRooms, DraftRooms):
    """A house with one live campaign, one gift, Mina, who organizes, and Kamran, who may do everything."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.kamran = person("Kamran", *Role)
        self.mina = mina()
        self.reza, self.parisa = reza(), parisa()
        self.campaign: Campaign = live_campaign(self.kamran, self.reza, self.parisa)
        self.gift: Contribution = gift(self.campaign)
        attempt = self._attempt(self.gift, 1, state="redirected", redirect_url="https://bank.example/pay")
        self.item, self.refund = self._item(attempt), self._refund(attempt)
        with clock.at(clock.now() - timedelta(days=1)):
            self.yesterday = tehran_day(clock.now()).isoformat()
            given = gift(self.campaign)
        self.paid = self._attempt(given, 2, state="paid", captured_rials=500_000).public_id
        self.breach = self._breach()
        self.values = self._names(attempt) | self._rooms() | self._more_rooms()
        one = follower(self.campaign, "sara@example.org")
        self.following = follow_links.to_agree(one, None), follow_links.own(one)
        self.invitation, _secret = invite(
            self.kamran, self.campaign.id, "sima@example.net", "Sima", "fa", Role.VIEWER
        )
        make_source(self.campaign, "masjed-jame", "", self.kamran)
        self.story = story_rooms(self.campaign, self.kamran, self.reza)
        self.values["decision_id"] = self.story["decision"]
        self.shifts = shift_rooms(self.campaign, self.kamran)
        data_dir = app.config["SETTINGS"].data_dir
        self.blocks = block_rooms(self.campaign, self.kamran, data_dir)
        sharestore.keep(data_dir, self.campaign.public_id, self.values["key"], b"a picture")
        sharestore.keep(data_dir, sharestore.OF_PORTAL, self.values["key"], b"a picture")
        db.session.commit()
        self.signed_in = Hands(app, self.kamran)

    def _names(self, attempt: PaymentAttempt) -> dict[str, str]:
        """What is there from the beginning, or is one of a few words."""
        return {
            "slug": self.campaign.slug,
            "public_id": self.campaign.public_id,
            "attempt": attempt.public_id,
            "gateway": "zarinpal",
            "owner": "house",
            "secret": "spent",
            "token": self._reminder(),
            "kind": "campaign",
            "picture": "badge",
            "folder": "organizations",
            "key": "0" * 24,
            "way": "image",
            "frame": "card",
            "form": "svg",
            "size": "a4",
            "part": "basics",
            "step": "pause",
            "day": self.yesterday,
            "seq": "1",
            "person": self.mina.public_id,
            "role": "organizer",
            "place": "country",
        }

    def _rooms(self) -> dict[str, str]:
        """What is made for the walk."""
        return {
            "spending": self._spending(),
            "pool": self._pool(),
            **self._transfer(),
            **self._office(),
            **self._warehouse(),
            "batch": self._batch(),
            **self._needs(),
            **self._drafts(),
            "mandate": self._mandate().public_id,
            "own_mandate": mandate_link(self._mandate()),
        }

    def _more_rooms(self) -> dict[str, str]:
        """And more of it."""
        return {
            "terminal": "practice",
            "settlement": self._settlement(),
            "report": self._report(),
            **self._promised(),
            **self._network(),
            "delivery": self._delivery(),
            **self._partners(),
            "spending_paper": self._paper(),
            "one": endpoints.add(self.campaign, "http://127.0.0.1:9/hook", self.mina)[0].public_id,
            "erasure": ask_to_erase(self.gift).public_id,
            **problem_rooms(self.campaign, self.app.config["SETTINGS"].data_dir),
        }

    def _attempt(self, given: Contribution, number: int, **facts: Any) -> PaymentAttempt:
        attempt = PaymentAttempt(
            contribution=given,
            numeric_ref=number,
            gateway="zarinpal",
            environment="sandbox",
            rials=500_000,
            **facts,
        )
        db.session.add(attempt)
        db.session.commit()
        return attempt

    def _item(self, attempt: PaymentAttempt) -> str:
        item = ReviewItem(attempt=attempt, kind="no_answer", dedupe_key="no_answer:1")
        db.session.add(item)
        db.session.commit()
        return item.public_id

    def _refund(self, attempt: PaymentAttempt) -> str:
        refund = Refund(
            attempt=attempt,
            gateway="zarinpal",
            rials=500_000,
            account="liability:unallocated",
            reason_code="donor",
            reason_text="-",
            requested_by=self.mina,
        )
        db.session.add(refund)
        db.session.commit()
        return refund.public_id

    def _breach(self) -> str:
        """A day that is signed, and something found broken."""
        seal_days(read_key(self.app.config["SETTINGS"].ledger_key))
        breaches.keep([breaches.Found("I5", "an invented breach")], ["I5"])
        db.session.commit()
        return db.session.scalars(select(breaches.Breach.public_id)).one()

    def _spending(self) -> str:
        plan = Plan(Intent.SADAQAH, Purpose.PROJECT, 100_000, "فروشگاه کویر", "یک پتو", "F-1")
        spending = propose(self.campaign, plan, self.kamran)
        db.session.commit()
        return spending.public_id

    def _pool(self) -> str:
        today = tehran_day(clock.now())
        pool = offer_pool(Offer("فولاد کویر", None, 100_000, 1, today, today), self.kamran)
        db.session.commit()
        return pool.public_id

    def _promised(self) -> dict[str, str]:
        """Goods somebody promised, and a shop."""
        pledge = promised(need(self.campaign))
        shop = propose_shop(self.campaign, self.mina, "فروشگاه کویر", "کرمان", "", None)
        db.session.commit()
        return {"pledge": pledge.public_id, "promise": pledge.code, "shop": shop.public_id}

    def _partners(self) -> dict[str, str]:
        """An organization with a logo that everybody may read of, and a memorandum with it."""
        profile = partner(self.mina, logo=painted(picture()))
        memorandum = agreed(self.mina, self.kamran, [profile.organization], campaigns=[self.campaign])
        approve("partner", profile.public_id, self.kamran)
        return {
            "house": profile.organization.slug,
            "profile": profile.public_id,
            "memorandum": memorandum.public_id,
            "use": "public",
        }

    def rules(self) -> Iterator[tuple[Rule, Policy | None]]:
        for rule in self.app.url_map.iter_rules():
            yield rule, getattr(self.app.view_functions[rule.endpoint], "policy", None)

    def path(self, rule: Rule) -> str:
        """An address of this rule."""
        values = {name: self._value(rule, name) for name in rule.arguments}
        with self.app.test_request_context():
            return str(self.app.url_for(rule.endpoint, _method=next(iter(rule.methods or ())), **values))

    def pages(self) -> Iterator[tuple[str, Policy, Rule]]:
        """Every address that can be looked at."""
        for rule, policy in self.rules():
            if policy is not None and "GET" in (rule.methods or ()):
                yield self.path(rule), policy, rule

    def unsafe(self) -> Iterator[tuple[str, str, Policy, str]]:
        """(method, path, policy, endpoint) of everything that may change something."""
        for rule, policy in self.rules():
            for method in sorted((rule.methods or set()) - SAFE_METHODS):
                if policy is not None:
                    yield method, self.path(rule), policy, rule.endpoint

    def _value(self, rule: Rule, name: str) -> str:
        door = rule.endpoint.partition(".")[0]
        special = named(self)
        place = rule.endpoint.rpartition(".")[0]
        if door == "deliveries" and name == "public_id" and "/c/" not in rule.rule:
            return self.values["delivery"]
        if rule.endpoint in {"finance.statement.consider", "finance.statement.take_back"}:
            return self.values["imported"]
        if rule.endpoint == "site.pictures.document":
            return str(self.blocks["paper_key"])
        for where in (rule.endpoint, place):
            if (where, name) in special:
                return special[where, name]
        whose = {"give": "attempt", "people": "person"}
        return self.values[whose.get(door, name) if name == "public_id" else name]
