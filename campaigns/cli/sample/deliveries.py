"""What sample campaigns spent and delivered: spendings by two people, records by offices, final reports; all through
the actions of real ones.
"""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache, partial
from io import BytesIO
from typing import Any

from flask import current_app
from PIL import Image, ImageDraw
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.digits import to_persian
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.cli.sample.cast import Cast
from campaigns.cli.sample.data import FOLDER, SampleCampaign
from campaigns.cli.sample.journeys import Journeys
from campaigns.cli.sample.timeline import Calendar, Timeline
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.rules import RULES, Purpose
from campaigns.domain.counter.models import Office
from campaigns.domain.counter.offices import OfficeKind, found
from campaigns.domain.deliveries import actions, reports
from campaigns.domain.deliveries.evidence import picture
from campaigns.domain.deliveries.kinds import seed_kinds
from campaigns.domain.deliveries.models import GrantKind
from campaigns.domain.funds import actions as funds
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.queries import buckets
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.regions.actions import county_key
from campaigns.domain.regions.models import County

SHEBA = "IR062960000000100324200001"
AFTER = timedelta(hours=2)
KINDS = ("dowry", "marriage")


@cache
def told() -> dict[str, Any]:
    """The file of grants."""
    return tomllib.loads((FOLDER / "grants.toml").read_text(encoding="utf-8"))


def round_records() -> Iterator[tuple[dict[str, Any], str, str, int]]:
    """(office, county, kind, how many) of the round before."""
    for office in told()["office"]:
        for county, *numbers in office["counties"]:
            for kind, number in zip(KINDS, numbers, strict=True):
                yield office, county, kind, number


class Deliveries:
    """Puts spendings, deliveries and reports on the timeline."""

    def __init__(self, timeline: Timeline, calendar: Calendar, cast: Cast, journeys: Journeys) -> None:
        self._timeline, self._calendar, self._cast, self._journeys = timeline, calendar, cast, journeys
        self._documents = 0

    def plan(self, samples: dict[str, SampleCampaign]) -> None:
        when, file = self._calendar.moment, told()
        self._timeline.add(when(-200, 8), self._offices)
        for place, office in enumerate(file["office"]):
            self._timeline.add(when(file["round_day"] + place % 4, 10, place), partial(self._round, office))
        for stage in file["stage"]:
            self._timeline.add(
                when(stage["day"], 12), partial(self._stage, samples[stage["campaign"]], stage)
            )
        for report in file["report"]:
            self._timeline.add(when(report["day"], 15), partial(self._report, report))

    def _offices(self) -> None:
        seed_kinds()
        known = set(db.session.scalars(select(Office.code)))
        for row in told()["office"]:
            if row["code"] not in known:
                names = (row["fa"], row["en"])
                found(row["code"], OfficeKind.PROVINCE, names, row["province"], "a5", self._person("kamran"))

    def _round(self, office: dict[str, Any]) -> None:
        """One spending of a province, and what each of its counties got of it."""
        slug = told()["round_campaign"]
        campaign = self._journeys.campaigns[slug]
        own = [row for row in round_records() if row[0]["code"] == office["code"]]
        unit = campaign.unit_price_rials
        spending = self._spend(slug, unit * sum(row[3] for row in own), f"کمک‌هزینه‌های {office['fa']}")
        for _office, county, kind, number in own:
            self._deliver(slug, office["code"], county, kind, number, spending, unit * number)

    def _stage(self, sample: SampleCampaign, stage: dict[str, Any]) -> None:
        """All that the fullest bucket can buy is bought; a part of it is delivered, the rest is still on its way."""
        fullest = max(buckets(self._journeys.campaigns[sample.slug].id), key=lambda bucket: bucket.left_rials)
        units = fullest.left_rials // sample.unit_price_rials
        if not units:
            return
        spending = self._spend(sample.slug, units * sample.unit_price_rials, stage["thing"])
        for county, wanted in stage["counties"]:
            number = min(wanted, units)
            if number:
                rials = number * sample.unit_price_rials
                self._deliver(sample.slug, stage["office"], county, stage["kind"], number, spending, rials)
            units -= number

    def _spend(self, slug: str, rials: int, thing: str) -> Spending:
        campaign = self._journeys.campaigns[slug]
        fullest = max(buckets(campaign.id), key=lambda bucket: bucket.left_rials)
        self._documents += 1
        purpose = next(one for one in (Purpose.PROJECT, *Purpose) if RULES[fullest.intent].fits(one))
        document = to_persian(f"1405/{self._documents:03}")
        plan = funds.Plan(fullest.intent, purpose, rials, "فروشگاه سازمان", thing, document)
        spending = funds.propose(campaign, plan, self._person("kamran"))
        funds.approve(spending, self._person("leila"))
        funds.pay(spending, self._person("kamran"), SHEBA, f"B-{self._documents}")
        return spending

    def _deliver(
        self, slug: str, office: str, county: str, kind: str, number: int, spending: Spending, rials: int
    ) -> None:
        """Recorded, agreed and looked at in one breath."""
        place = db.session.scalars(select(Office).where(Office.code == office)).one()
        county_id = self._cast.counties[county_key(place.province_code, county)]
        plan = actions.Plan(
            kind=db.session.get_one(GrantKind, kind),
            quantity=number,
            county=db.session.get_one(County, county_id),
            day=tehran_day(now()),
            office=place,
            spending=spending,
            rials=rials,
            is_faceless=True,
            has_consent=True,
        )
        shown, folder = picture(sheet()), current_app.config["SETTINGS"].data_dir
        made = actions.record(self._journeys.campaigns[slug], plan, self._person("zahra"), shown, folder)
        actions.agree(made, self._person("hamed"))
        self._approve("delivery", made.public_id)

    def _report(self, row: dict[str, Any]) -> None:
        campaign = self._journeys.campaigns[row["campaign"]]
        report = reports.write(campaign, campaign.author, row["body"], row["surplus"])
        self._approve("report", report.public_id)

    def _approve(self, kind: str, public_id: str) -> None:
        item = find(kind, public_id)
        if item is not None:
            decide(item, self._person("reza"), Verdict.APPROVE)

    def _person(self, key: str) -> User:
        return db.session.get_one(User, self._cast.people[key])


@cache
def sheet() -> bytes:
    """A stock sheet as a picture: lines and no words, so it names nobody."""
    paper = Image.new("RGB", (480, 320), "white")
    pen = ImageDraw.Draw(paper)
    pen.rectangle((16, 16, 464, 304), outline="black", width=2)
    for row in range(8):
        pen.line((32, 60 + 30 * row, 448, 60 + 30 * row), fill="gray")
    drawn = BytesIO()
    paper.save(drawn, "PNG")
    return drawn.getvalue()
