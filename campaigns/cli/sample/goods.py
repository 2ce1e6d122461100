"""Sample life of two warehouses: what was promised, what came, and three boxes."""

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
from campaigns.domain.goods.need_queries import lines_of
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.stock_models import Box, Intake, Warehouse
from campaigns.domain.goods.stock_queries import shelves
from campaigns.domain.goods.warehouses import found
from campaigns.domain.regions.models import County

Campaigns = Mapping[str, Campaign]
GRACE_DAYS = 3
SLUG = "kerman-jahiz"
PROMISES = ((-15, 0, 6, "سارا"), (-14, 0, 5, "رها"), (-13, 1, 4, ""))
"""Days ago, which of the last needs of the campaign, how many, who."""
RICE = {"item": "برنج ایرانی", "unit": "کیسهٔ ۱۰ کیلویی", "unit_rials": 15_000_000, "worth": "قیمت بازار"}
TENT = {"item": "چادر امدادی", "unit": "عدد", "unit_rials": 45_000_000, "worth": "فاکتور فروشگاه"}


class Goods:
    """Tells its events to the timeline; `campaigns` are those already written, by slug."""

    def __init__(self, timeline: Timeline, calendar: Calendar, cast: Cast, campaigns: Campaigns) -> None:
        self._timeline, self._when, self._campaigns = timeline, calendar.moment, campaigns
        self._people = cast.people
        self._pledges: dict[int, int] = {}

    def plan(self) -> None:
        self._tell(-20, 9, self._open)
        for place, (day, need, number, name) in enumerate(PROMISES):
            self._tell(day, 19, partial(self._promise, place, need, number, name))
        self._tell(-11, 10, partial(self._bring, 0, 6))
        self._tell(-10, 11, partial(self._bring, 1, 3, damaged=2, damage="خیس شده"))
        self._tell(-9, 10, partial(self._bring, 2, 4))
        self._tell(-8, 10, self._surprises)
        self._tell(-6, 9, self._pack)
        self._tell(-2, 15, self._arrive)

    def _tell(self, day: int, hour: int, do: Callable[[], object]) -> None:
        self._timeline.add(self._when(day, hour), do)

    def _open(self) -> None:
        kerman = ("انبار کرمان، جادهٔ جوپار", "Kerman store, Joupar Road")
        found("KRM1", kerman, "IR-08", self._person("zahra"))
        found("KSH1", ("انبار کرمانشاه", "Kermanshah store"), "IR-05", self._person("leila"))

    def _promise(self, place: int, need: int, number: int, name: str) -> None:
        """None where the need asks for fewer by then."""
        line = lines_of(self._campaigns[SLUG].id)[-1 - need]
        if pledges.left_of(line) < number:
            return
        wish = pledges.Promise(number, tehran_day(now()) + timedelta(days=4), "fa", name=name)
        made, _new = pledges.pledge(line, wish, f"sample-warehouse:{place}", GRACE_DAYS)
        self._pledges[place] = made.id

    def _bring(self, place: int, number: int, damaged: int = 0, damage: str = "") -> None:
        if place not in self._pledges:
            return
        pledge = db.session.get_one(Pledge, self._pledges[place])
        brought = Brought(number, damaged, damage, pledge=pledge, giver=pledge.name)
        self._take_in("KRM1", brought, f"promise {place}")

    def _surprises(self) -> None:
        """Nobody had promised them; one receipt has a slip of the pen and is void."""
        wrong = self._take_in("KRM1", Brought(21, **RICE), "slip")  # type: ignore[arg-type]
        intake.void(wrong, self._person("hamed"), "۱۲ کیسه بود، ۲۱ نوشته شد")
        right = self._take_in("KRM1", Brought(12, **RICE), "rice")  # type: ignore[arg-type]
        stock.write_off(right.stock, 1, "کیسه پاره بود", self._person("hamed"))
        self._take_in("KSH1", Brought(5, **TENT), "tents")  # type: ignore[arg-type]

    def _take_in(self, code: str, brought: Brought, name: str) -> Intake:
        clerk = self._person("zahra" if code == "KRM1" else "leila")
        receipt, _new = intake.take_in(self._store(code), brought, clerk, f"sample-intake:{name}")
        return receipt

    def _pack(self) -> None:
        """Half of everything in Kerman goes into two boxes; a third one stays open."""
        store, hamed = self._store("KRM1"), self._person("hamed")
        counties = db.session.scalars(
            select(County).where(County.province_code == "IR-08").order_by(County.id)
        )
        made = boxes.open_boxes(store, counties.all()[0], 3, hamed)
        for place, row in enumerate(shelves(store)):
            boxes.pack(made[place % 2], row, (row.quantity + 1) // 2, hamed)
        for box in made[:2]:
            if boxes.contents(box):
                boxes.send(box, hamed)

    def _arrive(self) -> None:
        first = db.session.scalars(select(Box).order_by(Box.id).limit(1)).one()
        boxes.delivered(first, self._person("hamed"))

    def _person(self, key: str) -> User:
        return db.session.get_one(User, self._people[key])

    def _store(self, code: str) -> Warehouse:
        return db.session.scalars(select(Warehouse).where(Warehouse.code == code)).one()
