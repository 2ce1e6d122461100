"""Each day's money: what came by which way, and whether the bank has it."""

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.accounts.access import scope_of
from campaigns.domain.accounts.permissions import Permission, Role
from campaigns.domain.insights.daily_money import channels, together
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, mirror, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import person
from tests.domain.refunds.money import farid, negar
from tests.domain.settlements.held import TODAY, advice, ago, gave_back, noon, paid_out, placed, took
from tests.giving import live_campaign


def seen_by(user, days=9):
    first, last = ago(days), TODAY
    with clock.at(noon(TODAY)):
        found = channels(first, last, scope_of(user.id, Permission.SEE_MONEY), user.id)
    return {
        one.name: [(bar.day, bar.settled, bar.pending, bar.refunded) for bar in one.bars] for one in found
    }


def test_a_day_is_settled_once_all_of_it_is(app):
    one, other = farid(), negar()
    campaign = live_campaign()
    took(app, campaign, ago(3), 1_000_000, 5_000)
    took(app, campaign, ago(2), 2_000_000)
    paid_out(advice(995_000, ago(3), ago(3)), one, other)
    paid_out(advice(1_500_000, ago(2), ago(2)), one, other)
    assert seen_by(one) == {"zarinpal": [(ago(3), 1_000_000, 0, 0), (ago(2), 0, 2_000_000, 0)]}
    paid_out(advice(500_000, ago(2), ago(2)), one, other)
    assert seen_by(one)["zarinpal"][1] == (ago(2), 2_000_000, 0, 0)


def test_what_went_back_is_taken_from_the_day_of_its_gift(app):
    one, other = farid(), negar()
    attempt = took(app, live_campaign(), ago(4), 1_000_000)
    gave_back(attempt, ago(1), 400_000, one, other)
    assert seen_by(one) == {"zarinpal": [(ago(4), 0, 600_000, 400_000)]}
    assert seen_by(one, days=3) == {}


def test_each_way_has_its_own_bars_and_all_add_up(app):
    one, campaign = farid(), live_campaign()
    took(app, campaign, ago(1), 1_000_000)
    with clock.at(noon(ago(1))):
        own = accounts.campaign(campaign.id, "sadaqah")
        for key, source, rials in (("a", "asset:cash:kerman", 300_000), ("b", "asset:cash:kerman", 50_000)):
            leg = Leg(source, own, rials)
            post(f"t:{key}", Kind.CAPTURE, [leg], occurred_at=clock.now(), campaign_id=campaign.id)
        mirror("t:b", Kind.REVERSAL, occurred_at=clock.now())
        placed()
    assert seen_by(one) == {"zarinpal": [(ago(1), 0, 1_000_000, 0)], "cash": [(ago(1), 300_000, 0, 0)]}
    with clock.at(noon(TODAY)):
        found = channels(ago(9), TODAY, scope_of(one.id, Permission.SEE_MONEY), one.id)
        whole = together(found)
    assert [(bar.settled, bar.pending, bar.whole) for bar in whole.bars] == [(300_000, 1_000_000, 1_300_000)]


def test_somebody_in_a_province_sees_what_lies_there(app):
    here, there = live_campaign(), live_campaign()
    took(app, here, ago(1), 1_000_000)
    took(app, there, ago(1), 7_000_000)
    mine = person("Shirin", Role.FINANCE, campaign_id=here.id)
    assert seen_by(mine) == {"zarinpal": [(ago(1), 0, 1_000_000, 0)]}
    seed_provinces()
    assert seen_by(person("Omid", Role.FINANCE, province_code="IR-25")) == {}
    db.session.rollback()
