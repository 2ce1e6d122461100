"""The match page of coordinators with 150,000 volunteers, against the same page with few and a bare indexed query."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, text

from benchmarks import load
from benchmarks.house import House, engines, house
from benchmarks.report import Goal, Section
from campaigns.base.clock import now
from campaigns.base.codes import new_code, public_id
from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import create_person
from campaigns.domain.accounts.grants import grant_role
from campaigns.domain.accounts.passwords import hash_password
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.regions.models import County
from campaigns.domain.regions.provinces import PROVINCES
from campaigns.domain.volunteers import queries
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer, VolunteerSpeciality
from campaigns.domain.volunteers.queries import Wanted
from campaigns.domain.volunteers.specialities import add_standard
from campaigns.domain.volunteers.words import Slot, State

FEW, MANY = 1_500, 150_000
FOUND = 30
"""People the page finds, however many others there are: it shows the same lines each time."""
CHUNK, COUNTIES, TIMES = 5_000, 15, 30
PLACE = "IR-08"
PASSWORD = "fig ladder rain 7"
MOST = 1.2
BARE = """
SELECT v.id, v.name, v.mobile FROM volunteer_speciality s JOIN volunteer v ON v.id = s.volunteer_id
WHERE s.speciality_id = :speciality AND s.province_code = :place AND s.is_listed = :listed AND s.county_id = :county
ORDER BY v.id LIMIT 31
"""
ROWS = ("the page", "what it asks of the network", "a bare indexed query")


def measure() -> Section:
    section = Section(
        "Matching volunteers",
        ["", *(f"{engine}, ms with {size:,}" for engine in engines() for size in (FEW, MANY))],
        [[name] for name in ROWS],
        notes=[
            "One speciality, one county, mornings; a signed-in coordinator of the whole country, in process.",
            f"The same {FOUND} people are found among few and among many.",
            f"{TIMES} pages a run. The bare query is one statement that finds the same people by the same index.",
        ],
    )
    for engine in engines():
        taken = _of(engine)
        for size in (FEW, MANY):
            for row, name in zip(section.rows, ROWS, strict=True):
                row.append(load.spread(taken[size][name], 2))  # type: ignore[attr-defined]
        grown = load.ratios(taken[MANY]["the page"], taken[FEW]["the page"])
        what = f"match page with {MANY:,} volunteers ÷ with {FEW:,}, {engine}"
        section.goals.append(Goal(what, MOST, sorted(grown)[len(grown) // 2], at_least=False))
    return section


def _of(engine: str) -> dict[int, dict[str, list[float]]]:
    """Milliseconds by number of volunteers and by what was done."""
    with house(engine) as home:
        run, taken = Run(home), {}
        for size in (FEW, MANY):
            run.grow(size)
            taken[size] = load.rounds(dict(zip(ROWS, (run.page, run.asked, run.bare), strict=True)))
    return taken


class Run:
    def __init__(self, home: House) -> None:
        self.app, self.size = home.app, 0
        with self.app.app_context():
            seed_provinces()
            add_standard()
            for place in PROVINCES:
                db.session.add_all(County(province_code=place.code, name_fa=f"{n}") for n in range(COUNTIES))
            user = create_person("Nasrin", email="nasrin@example.org", password_hash=hash_password(PASSWORD))
            grant_role(user, Role.COORDINATOR)
            db.session.commit()
            self.specialities = list(db.session.scalars(select(Speciality.id).order_by(Speciality.id)))
            counties = db.session.execute(
                select(County.province_code, County.id).order_by(County.id)
            ).tuples()
            self.counties: dict[str, list[int]] = {}
            for code, county in counties:
                self.counties.setdefault(code, []).append(county)
        self.wanted = Wanted(self.specialities[0], PLACE, self.counties[PLACE][0], int(Slot.MORNING))
        self.client = _signed_in(self.app)

    def grow(self, size: int) -> None:
        with self.app.app_context():
            for start in range(self.size + 1, size + 1, CHUNK):
                numbers = range(start, min(start + CHUNK, size + 1))
                db.session.execute(insert(Volunteer), list(self._people(numbers)))
                db.session.execute(insert(VolunteerSpeciality), list(self._abilities(numbers)))
            db.session.commit()
            db.session.execute(text("ANALYZE"))
            db.session.commit()
        self.size = size

    def page(self) -> float:
        one = self.wanted
        path = f"/coordination/match?speciality={one.speciality_id}&province={PLACE}&county={one.county_id}&slot=1"
        return _milliseconds(lambda: self._seen(path))

    def asked(self) -> float:
        with self.app.app_context():
            return _milliseconds(self._ask)

    def bare(self) -> float:
        values = {
            "speciality": self.wanted.speciality_id,
            "place": PLACE,
            "listed": True,
            "county": self.wanted.county_id,
        }
        with self.app.app_context():
            return _milliseconds(lambda: db.session.execute(text(BARE), values).all())

    def _ask(self) -> None:
        rows, _more = queries.match(self.wanted)
        queries.how_many(self.wanted)
        queries.specialities_of([row.id for row in rows])
        queries.facilitators(self.wanted)
        db.session.expunge_all()

    def _seen(self, path: str) -> None:
        if self.client.get(path).status_code != 200:
            raise RuntimeError(path)

    def _where(self, number: int) -> tuple[str, int]:
        """The first are where the page looks, all others elsewhere."""
        if number <= FOUND:
            return PLACE, self.counties[PLACE][0]
        code = PROVINCES[number % len(PROVINCES)].code
        county = self.counties[code][number // len(PROVINCES) % COUNTIES]
        return code, self.counties[code][1] if county == self.counties[PLACE][0] else county

    def _people(self, numbers: range) -> Iterator[dict[str, Any]]:
        for number in numbers:
            place, county = self._where(number)
            yield {
                "id": number,
                "public_id": public_id(),
                "code": new_code(),
                "name": "نرگس امینی",
                "mobile": f"+989{number:09}",
                "province_code": place,
                "county_id": county,
                "hours": 4,
                "slots": _slots(number),
                "is_facilitator": number % 50 == 0 or number <= FOUND // 3,
                "state": State.VERIFIED.value,
                "created_at": now(),
            }

    def _abilities(self, numbers: range) -> Iterator[dict[str, Any]]:
        many = len(self.specialities)
        for number in numbers:
            place, county = self._where(number)
            yield {
                "volunteer_id": number,
                "speciality_id": self.specialities[number // (len(PROVINCES) * COUNTIES) % many],
                "province_code": place,
                "county_id": county,
                "slots": _slots(number),
                "is_listed": True,
            }


def _slots(number: int) -> int:
    return number % 63 + 1 | (int(Slot.MORNING) if number <= FOUND else 0)


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    answer = client.post("/sign-in", data={"login": "nasrin@example.org", "password": PASSWORD})
    if answer.status_code != 303:
        raise RuntimeError(answer.text)
    return client


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(TIMES):
        work()
    return (time.perf_counter() - began) * 1000 / TIMES
