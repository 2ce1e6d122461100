"""Sample life of two warehouses: needs, promises, what came of them, and three boxes."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.cli.sample.cast import Cast
from campaigns.cli.sample.timeline import Calendar, Timeline
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods import boxes, intake, pledges, stock
from campaigns.domain.goods.intake import Brought
from campaigns.domain.goods.need_data import write_line
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.stock_models import Box, Intake, Warehouse
from campaigns.domain.goods.warehouses import found
from campaigns.domain.regions.models import County

Campaigns = Mapping[str, Campaign]
GRACE_DAYS = 3
NEEDS = (
    ("kerman-jahiz", ("پتو", "Blanket"), ("تخته", "pieces"), 40, 8_500_000),
    ("kerman-jahiz", ("قابلمه", "Cooking pot"), ("دست", "sets"), 25, 12_000_000),
    ("kermanshah-anbar", ("چادر امدادی", "Relief tent"), ("عدد", "pieces"), 30, 45_000_000),
)
NOTES = {"fa": "نو، در بستهٔ خود", "en": "New, in its own packing"}
REFUSED = {"fa": "دست‌دوم", "en": "Used ones"}


class Goods:
    """Tells its events to the timeline; `campaigns` are those already written, by slug."""

    def __init__(self, timeline: Timeline, calendar: Calendar, cast: Cast, campaigns: Campaigns) -> None:
        self._timeline, self._when, self._campaigns = timeline, calendar.moment, campaigns
        self._people = cast.people
        self._pledges: list[int] = []

    def plan(self) -> None:
        self._tell(-20, 9, self._open)
        for day, need, number, name in (
            (-15, 0, 6, "سارا"),
            (-14, 0, 8, "رها"),
            (-13, 1, 4, ""),
            (-11, 2, 5, ""),
        ):
            self._tell(day, 19, partial(self._promise, need, number, name, 4))
        for day, need, number in ((-3, 0, 5), (-2, 1, 3), (-1, 2, 10)):
            self._tell(day, 20, partial(self._promise, need, number, "", 6))
        self._tell(-11, 10, partial(self._bring, 0, 6))
        self._tell(-10, 11, partial(self._bring, 1, 5, damaged=2, damage="خیس شده"))
        self._tell(-9, 10, partial(self._bring, 2, 4))
        self._tell(-8, 10, self._rice)
        self._tell(-7, 12, partial(self._bring, 3, 5))
        self._tell(-6, 9, self._pack)
        self._tell(-2, 15, self._arrive)

    def _tell(self, day: int, hour: int, do: Callable[[], object]) -> None:
        self._timeline.add(self._when(day, hour), do)

    def _open(self) -> None:
        found(
            "KRM1", ("انبار کرمان، جادهٔ جوپار", "Kerman store, Joupar Road"), "IR-08", self._person("zahra")
        )
        found("KSH1", ("انبار کرمانشاه", "Kermanshah store"), "IR-05", self._person("leila"))
        for slug, item, unit, number, price in NEEDS:
            facts = {
                "item": dict(zip(("fa", "en"), item, strict=True)),
                "unit": dict(zip(("fa", "en"), unit, strict=True)),
                "accepted": NOTES,
                "refused": REFUSED,
                "county": None,
                "quantity": number,
                "unit_price_rials": price,
                "takes_money": False,
                "ends_on": None,
            }
            write_line(self._campaigns[slug], None, facts, tehran_day(now()))

    def _promise(self, need: int, number: int, name: str, days: int) -> None:
        day = tehran_day(now()) + timedelta(days=days)
        wish = pledges.Promise(number, day, "fa", name=name)
        made, _new = pledges.pledge(self._need(need), wish, f"sample-goods-{len(self._pledges)}", GRACE_DAYS)
        self._pledges.append(made.id)

    def _bring(self, place: int, number: int, **more: object) -> None:
        pledge = db.session.get_one(Pledge, self._pledges[place])
        store = self._store("KSH1" if place == 3 else "KRM1")
        brought = Brought(number, pledge=pledge, giver=pledge.name, **more)  # type: ignore[arg-type]
        intake.take_in(store, brought, self._person("zahra"), f"sample-intake-{place}")

    def _rice(self) -> None:
        """Nobody had promised it; the first receipt has a slip of the pen and is void."""
        store, zahra, hamed = self._store("KRM1"), self._person("zahra"), self._person("hamed")
        rice = {
            "item": "برنج ایرانی",
            "unit": "کیسهٔ ۱۰ کیلویی",
            "unit_rials": 15_000_000,
            "worth": "قیمت بازار",
        }
        wrong, _new = intake.take_in(store, Brought(21, **rice), zahra, "sample-intake-rice-1")  # type: ignore[arg-type]
        intake.void(wrong, hamed, "۱۲ کیسه بود، ۲۱ نوشته شد")
        right, _new = intake.take_in(store, Brought(12, **rice), zahra, "sample-intake-rice-2")  # type: ignore[arg-type]
        stock.write_off(right.stock, 1, "کیسه پاره بود", hamed)

    def _pack(self) -> None:
        store, hamed = self._store("KRM1"), self._person("hamed")
        county = db.session.scalars(select(County).where(County.province_code == "IR-08").order_by(County.id))
        made = boxes.open_boxes(store, county.first(), 3, hamed)  # type: ignore[arg-type]
        rows = db.session.scalars(select(Intake).where(Intake.voided_at.is_(None)).order_by(Intake.id)).all()
        for box, receipt, number in ((made[0], rows[0], 6), (made[0], rows[2], 3), (made[1], rows[3], 5)):
            boxes.pack(box, receipt.stock, number, hamed)
        for box in made[:2]:
            boxes.send(box, hamed)

    def _arrive(self) -> None:
        first = db.session.scalars(select(Box).order_by(Box.id).limit(1)).one()
        boxes.delivered(first, self._person("hamed"))

    def _person(self, key: str) -> User:
        return db.session.get_one(User, self._people[key])

    def _store(self, code: str) -> Warehouse:
        return db.session.scalars(select(Warehouse).where(Warehouse.code == code)).one()

    def _need(self, place: int) -> NeedLine:
        return db.session.scalars(select(NeedLine).order_by(NeedLine.id).offset(place).limit(1)).one()
