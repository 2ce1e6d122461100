"""What everybody reads of deliveries: numbers side by side, nobody recognisable, a gift's way, the final report."""

import re
from datetime import timedelta

import brotli
import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.states import Move
from campaigns.domain.deliveries.grants import of_campaign
from campaigns.domain.deliveries.reports import overdue, present, write
from campaigns.domain.insights.five_numbers import five_numbers
from campaigns.domain.payments.models import PaymentAttempt
from tests.counting import counting
from tests.domain.deliveries.house import Kerman
from tests.promises import need, promised
from tests.web.officehands import Hands
from tests.worlds import UNIT_RIALS

CANARY = "Fatemeh of the third alley"


@pytest.fixture
def kerman(app):
    return Kerman()


def five(kerman, received):
    found = five_numbers(
        kerman.campaign.id,
        kerman.campaign.goal_rials,
        received,
        UNIT_RIALS,
        of_campaign(kerman.campaign.id, "en"),
    )
    return found.needed, found.promised, found.received, found.spent, found.delivered


class TestFiveNumbers:
    def test_they_stand_side_by_side_with_the_gap_in_words(self, client, kerman):
        kerman.given(90_000_000)
        kerman.shown(spending=kerman.spent(80_000_000), rials=70_000_000)
        assert five(kerman, 90_000_000) == (1_800_000_000, 0, 90_000_000, 80_000_000, 70_000_000)
        page = client.get(f"/en/c/{kerman.campaign.slug}").text
        for words in ("needed", "promised", "received", "spent", "delivered to people"):
            assert f"<dt>{words}</dt>" in page
        assert (
            "For 38 more × " in page
            and "is still missing" in page
            and "not been reported as delivered" in page
        )

    def test_what_a_few_things_cost_is_not_told(self, client, kerman):
        kerman.given(90_000_000)
        kerman.shown(spending=kerman.spent(90_000_000), rials=90_000_000, quantity=2)
        assert five(kerman, 90_000_000)[-1] is None
        told = client.get(f"/api/campaigns/{kerman.campaign.slug}.json").json
        assert told["delivered_rials"] is None
        assert "has reached people" not in client.get(f"/en/c/{kerman.campaign.slug}").text

    def test_the_json_has_them(self, client, kerman):
        kerman.given(90_000_000)
        kerman.shown(spending=kerman.spent(80_000_000), rials=70_000_000)
        told = client.get(f"/api/campaigns/{kerman.campaign.slug}.json").json
        keys = (
            "needed_rials",
            "promised_rials",
            "received_rials",
            "spent_rials",
            "delivered_rials",
            "short_rials",
        )
        assert [told[key] for key in keys] == [
            1_800_000_000,
            0,
            90_000_000,
            80_000_000,
            70_000_000,
            1_710_000_000,
        ]

    def test_how_many_statements_the_page_takes_does_not_depend_on_the_gifts(self, app, kerman):
        def asked():
            inner = app.extensions["pagecache"].app
            with counting() as statements:
                answer = app.test_client().open(f"/c/{kerman.campaign.slug}")
            assert answer.status_code == 200 and inner
            return len(statements)

        kerman.given(90_000_000)
        kerman.shown(spending=kerman.spent(80_000_000), rials=70_000_000)
        app.extensions["pagecache"].clear()
        few = asked()
        for _time in range(15):
            kerman.given(500_000)
        app.extensions["pagecache"].clear()
        assert asked() <= few + 1


class TestNobodyIsRecognised:
    def test_a_few_are_not_counted_and_nothing_private_is_shown(self, client, kerman):
        kerman.shown(quantity=12)
        kerman.shown(quantity=3, county=kerman.baft)
        kerman.recorded(note=CANARY)
        slug = kerman.campaign.slug
        for path in (
            f"/en/c/{slug}",
            f"/en/c/{slug}/report",
            "/en/provinces/IR-08",
            "/en/reached",
            "/en/provinces",
        ):
            page = client.get(path).text
            assert CANARY not in page and kerman.zahra.name not in page
            assert not re.search(r"\b(3|12) ×|Dowry: (3|12)\b", page), path

    def test_a_province_tells_what_reached_its_counties(self, client, kerman):
        kerman.shown(quantity=12)
        kerman.shown(quantity=9, county=kerman.baft, kind=kerman.kind("wheelchair"))
        page = client.get("/en/provinces/IR-08").text
        assert "Dowry: 12" in page and "Wheelchair: 9" in page
        assert "1 campaign is for this province alone" in page
        assert "Dowry: 12" in client.get("/en/reached").text


class TestTheReceipt:
    def test_the_code_of_a_gift_leads_to_the_county(self, client, kerman):
        given = kerman.given(50_000_000)
        attempt = PaymentAttempt(
            contribution=given,
            numeric_ref=1,
            gateway="zarinpal",
            environment="sandbox",
            rials=given.rials,
            public_id=given.public_id,
            state="paid",
            captured_rials=given.rials,
            paid_at=now(),
        )
        db.session.add(attempt)
        db.session.commit()
        page = client.get(f"/en/r/{given.code}").text
        assert "Set aside for a purchase" in page and "not yet" in page
        kerman.shown(spending=kerman.spent(50_000_000), rials=50_000_000)
        assert "Dowry, in the county of Bam, province of Kerman" in client.get(f"/en/r/{given.code}").text


class TestFinalReport:
    def ended(self, kerman):
        move(kerman.campaign, Move.END, kerman.reza)
        db.session.commit()

    def test_mina_writes_it_and_a_moderator_reads_it_first(self, app, client, kerman):
        kerman.given(90_000_000)
        mina, reza = Hands(app, kerman.mina), Hands(app, kerman.reza)
        path = f"/en/desk/c/{kerman.campaign.public_id}/report"
        assert "The campaign still goes on" in mina.seen(path)
        self.ended(kerman)
        public = f"/en/c/{kerman.campaign.slug}/report"
        assert "has not published the final report yet" in client.get(public).text
        assert mina.fill(path, body="Call 09123456789").status_code == 422
        mina.after(mina.fill(path, body="Two dowries were bought.", surplus="It went to the next couple."))
        assert "Two dowries" not in client.get(public).text
        report = present(kerman.campaign.id)
        assert "Two dowries" in reza.seen(f"/en/mod/report/{report.public_id}")
        assert reza.fill(f"/en/mod/report/{report.public_id}", verdict="approve").status_code == 303
        page = client.get(public).text
        assert "Two dowries" in page and "It went to the next couple." in page and "is not spent" in page

    def test_an_ended_campaign_without_a_report_is_named_to_those_who_can_help(self, app, kerman):
        with clock.at(now() - timedelta(days=40)):
            self.ended(kerman)
            assert overdue([kerman.campaign.id], 30) == {}
        assert list(overdue([kerman.campaign.id], 30)) == [kerman.campaign.id]
        mina, reza = Hands(app, kerman.mina), Hands(app, kerman.reza)
        assert "its final report is missing" in mina.seen("/en/desk/")
        assert "Ended without a final report" in reza.seen("/en/mod/")
        write(kerman.campaign, kerman.mina, "Done.", "")
        db.session.commit()
        assert overdue([kerman.campaign.id], 30) == {}


class TestInGoods:
    def test_the_page_says_thing_by_thing_what_is_missing(self, client, kerman):
        line = need(kerman.campaign, 40, unit_price_rials=1_000_000)
        promised(line, 6)
        page = client.get(f"/en/c/{kerman.campaign.slug}").text
        assert "The same in goods" in page and "34 pieces still missing" in page
        assert "3.4 million toman" in page
        [told] = client.get(f"/en/api/campaigns/{kerman.campaign.slug}.json").json["goods"]
        assert (told["item"], told["needed"], told["promised"], told["missing"]) == ("Blanket", 40, 6, 34)
        assert "34 pieces still missing" in client.get(f"/en/c/{kerman.campaign.slug}/report").text

    def test_a_campaign_without_needs_says_nothing_of_goods(self, client, kerman):
        assert "The same in goods" not in client.get(f"/en/c/{kerman.campaign.slug}").text

    def test_a_long_list_leaves_the_page_light(self, client, kerman):
        for number in range(12):
            need(kerman.campaign, 40 + number, item_fa=f"کالای {number}", unit_price_rials=1_000_000 + number)
        page = client.get(f"/c/{kerman.campaign.slug}").data
        assert len(brotli.compress(page)) <= 9 * 1024
