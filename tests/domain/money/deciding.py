"""What people of finance decide: about money that does not fit, about what goes back, and what is spent."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.funds import actions as funds
from campaigns.domain.funds.models import Spending
from campaigns.domain.ledger.checkpoints import seal_days
from campaigns.domain.ledger.rollup import place
from campaigns.domain.matching import pools
from campaigns.domain.matching.models import MatchPool
from campaigns.domain.matching.worker import match
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.refunds import actions, decisions
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.queries import standing_proposal
from campaigns.domain.refunds.reasons import Reason
from tests.domain.ledger.seals import KEY
from tests.domain.money.giving import which
from tests.domain.money.world import SHEBA, World, one_of

people = st.integers(0, 1)
parts = st.sampled_from([20_000, 40_000, 50_000, 60_000, 100_000])


class Deciding(World):
    """Rules of refunds, review items, spendings, pools and the worker's part of the book."""

    @precondition(lambda self: any(row.captured_rials for row in self.seen.attempts))
    @rule(number=which, who=people, rials=parts)
    def asks_for_a_refund(self, number: int, who: int, rials: int) -> None:
        row = one_of([row for row in self.seen.attempts if row.captured_rials], number)

        def act() -> None:
            attempt = db.session.get_one(PaymentAttempt, row.id)
            actions.request(attempt, self.person(who), rials, Reason.DONOR, "she wrote")

        self.does(act)

    @precondition(lambda self: self.seen.refunds)
    @rule(number=which, who=people, verb=st.sampled_from(["approve", "approve", "send", "refuse"]))
    def goes_on_with_a_refund(self, number: int, who: int, verb: str) -> None:
        self._with_refund(number, getattr(actions, verb), who, f"P-{number}")

    @precondition(lambda self: any(row.state in {"approved", "sent"} for row in self.seen.refunds))
    @rule(number=which, who=people, said=st.sampled_from(["finish", "fail", "nothing"]))
    def the_bank_is_asked_about_a_refund(self, number: int, who: int, said: str) -> None:
        """Nothing: the outcome is unknown, and the refund stays as it is."""
        if said != "nothing":
            self._with_refund(number, getattr(actions, said), who, "the bank says so")

    @precondition(lambda self: self.seen.items)
    @rule(number=which, who=people, verb=st.sampled_from(["confirm", "close", "refuse"]))
    def answers_an_item(self, number: int, who: int, verb: str) -> None:
        def act(item: ReviewItem) -> None:
            if verb != "refuse":
                getattr(decisions, verb)(item, self.person(who), "seen")
            elif proposal := standing_proposal(item):
                decisions.refuse(item, self.person(who), proposal.public_id, "no")

        self._with_item(number, act)

    @precondition(lambda self: self.seen.items)
    @rule(number=which, who=people, outcome=st.sampled_from(["allocate", "return"]), campaign=people)
    def proposes(self, number: int, who: int, outcome: str, campaign: int) -> None:
        def act(item: ReviewItem) -> None:
            target = db.session.get_one(Campaign, self.campaigns[campaign])
            decisions.propose(item, self.person(who), outcome, "seen", target, "sadaqah")

        self._with_item(number, act)

    @precondition(lambda self: any(row.state == "proposed" for row in self.seen.items))
    @rule(number=which, who=people)
    def agrees(self, number: int, who: int) -> None:
        def act(item: ReviewItem) -> None:
            proposal = standing_proposal(item)
            decisions.agree(item, self.person(who), proposal.public_id if proposal else "")

        self._with_item(number, act, "proposed")

    @precondition(lambda self: self.seen.txns)
    @rule(campaign=st.integers(0, 1), who=people, intent=st.sampled_from(["sadaqah", "zakat"]), rials=parts)
    def wants_to_spend(self, campaign: int, who: int, intent: str, rials: int) -> None:
        self.documents += 1
        plan = funds.Plan(Intent(intent), Purpose.FOOD, rials, "shop", "rice", str(self.documents))

        def act() -> None:
            target = db.session.get_one(Campaign, self.campaigns[campaign])
            funds.propose(target, plan, self.person(who))

        self.does(act)

    @precondition(lambda self: self.seen.spendings)
    @rule(number=which, who=people, verb=st.sampled_from(["approve", "approve", "refuse", "pay", "call_off"]))
    def goes_on_with_a_spending(self, number: int, who: int, verb: str) -> None:
        row = one_of(self.seen.spendings, number)
        more = {"approve": (), "pay": (SHEBA, "1")}.get(verb, ("no",))

        def act() -> None:
            getattr(funds, verb)(db.session.get_one(Spending, row.id), self.person(who), *more)

        self.does(act)

    @rule(who=people, campaign=st.sampled_from([0, 1, None]), cap=parts, days=st.integers(0, 5))
    def a_sponsor_offers(self, who: int, campaign: int | None, cap: int, days: int) -> None:
        def act() -> None:
            target = None if campaign is None else self.campaigns[campaign]
            today = tehran_day(now())
            offer = pools.Offer("steel", target, cap, 1, today, today.replace(year=today.year + 1))
            pools.propose(offer, self.person(who))

        self.does(act)

    @precondition(lambda self: any(row.state == "proposed" for row in self.seen.pools))
    @rule(number=which, who=people, opens=st.booleans())
    def a_pool_is_decided(self, number: int, who: int, opens: bool) -> None:
        row = one_of(self.seen.pools, number)

        def act() -> None:
            pool = db.session.get_one(MatchPool, row.id)
            if opens:
                pools.open_pool(pool, self.person(who), SHEBA, "B-1")
            else:
                pools.refuse(pool, self.person(who))

        self.does(act)

    @rule()
    def the_worker_places(self) -> None:
        self.does(place)

    @rule()
    def the_worker_matches(self) -> None:
        self.does(match)

    @rule()
    def the_worker_seals_the_days(self) -> None:
        self.does(lambda: seal_days(KEY))

    def _with_refund(self, number: int, verb: Callable[..., None], who: int, said: str) -> None:
        row = one_of(self.seen.refunds, number)
        self.does(lambda: verb(db.session.get_one(Refund, row.id), self.person(who), said))

    def _with_item(self, number: int, act: Callable[[ReviewItem], Any], state: str = "") -> None:
        row = one_of([row for row in self.seen.items if row.state == state or not state], number)
        self.does(lambda: act(db.session.get_one(ReviewItem, row.id)))
