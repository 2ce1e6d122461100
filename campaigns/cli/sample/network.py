"""A sample network of volunteers over all provinces, written in a few statements; and one call in a crisis."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from campaigns.base.clock import now
from campaigns.base.codes import new_code, public_id
from campaigns.base.extensions import db
from campaigns.domain.regions.models import County, Province
from campaigns.domain.volunteers.profile_models import (
    Speciality,
    Verification,
    Volunteer,
    VolunteerSpeciality,
)
from campaigns.domain.volunteers.specialities import add_standard
from campaigns.domain.volunteers.surge_models import Surge, SurgeSignup
from campaigns.domain.volunteers.words import ALL_SLOTS, State

SEED = 1405
PEOPLE = 1_600
LARGE = {"IR-23": 9, "IR-05": 5, "IR-06": 5, "IR-29": 4, "IR-27": 4, "IR-08": 4, "IR-09": 3, "IR-10": 3}
"""Provinces with more volunteers than others, and how many times as many."""
OFTEN = {"nurse": 5, "teacher": 6, "driver": 5, "psychologist": 3, "social-worker": 4, "electrician": 2}
STATES = (
    [State.VERIFIED] * 16 + [State.REGISTERED] * 3 + [State.CHECKING, State.MORE, State.DECLINED, State.LEFT]
)
REASONS = {
    State.MORE: "لطفاً شمارهٔ پروانهٔ خود را کامل بنویسید.",
    State.DECLINED: "پروانه‌ای با این شماره پیدا نشد.",
}
FIRST = (
    "نرگس", "سارا", "مریم", "زهرا", "فاطمه", "الهام", "سمیه", "لیلا", "پروین", "آرزو",
    "علی", "رضا", "محمد", "حسین", "مهدی", "کاوه", "سهراب", "امیر", "یوسف", "بهرام",
)  # fmt: skip
LAST = (
    "امینی", "کریمی", "رضایی", "محمدی", "احمدی", "صادقی", "نوروزی", "یزدانی", "کاظمی", "موسوی",
    "رستمی", "شریفی", "بهرامی", "جعفری", "نجفی", "قاسمی",
)  # fmt: skip
OFFERS = ("رانندگی با وانت", "پرستاری", "آشپزی برای جمع", "برق‌کاری", "جابه‌جایی بار", "نگهداری از کودکان")


def write_network(coordinator_id: int) -> None:
    """The coordinator has looked at everybody who waits no longer. Does not commit."""
    add_standard()
    dice = Random(SEED)  # noqa: S311 -- the same people come every time; nothing here is secret
    rows = list(_people(dice))
    db.session.execute(insert(Volunteer), rows)
    ids = {row.code: row.id for row in db.session.execute(select(Volunteer.code, Volunteer.id))}
    people = [(ids[row["code"]], row) for row in rows]
    db.session.execute(insert(VolunteerSpeciality), list(_abilities(dice, people)))
    db.session.execute(insert(Verification), list(_verifications(people, coordinator_id)))
    _call(dice, people, coordinator_id)
    db.session.flush()


def _people(dice: Random) -> Iterator[dict[str, Any]]:
    counties: dict[str, list[int]] = {}
    for county in db.session.scalars(select(County)):
        counties.setdefault(county.province_code, []).append(county.id)
    provinces = list(db.session.scalars(select(Province.code).order_by(Province.code)))
    weights = [LARGE.get(code, 1) for code in provinces]
    for number, place in enumerate(dice.choices(provinces, weights, k=PEOPLE)):
        state = dice.choice(STATES)
        came = now() - timedelta(minutes=dice.randrange(60, 90 * 24 * 60))
        yield {
            "public_id": public_id(),
            "code": new_code(),
            "name": f"{dice.choice(FIRST)} {dice.choice(LAST)}",
            "mobile": f"+98900{number:07}",
            "province_code": place,
            "county_id": dice.choice(counties[place]) if place in counties and dice.random() < 0.7 else None,
            "hours": dice.randint(2, 12),
            "slots": dice.randint(1, ALL_SLOTS),
            "licence_number": str(dice.randint(10_000, 99_999)),
            "is_facilitator": dice.random() < 0.12,
            "state": state.value,
            "reason": REASONS.get(state, ""),
            "created_at": came,
            "changed_at": came,
            "consented_at": came,
        }


def _abilities(dice: Random, people: list[tuple[int, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    known = list(db.session.scalars(select(Speciality).order_by(Speciality.id)))
    weights = [OFTEN.get(one.code, 1) for one in known]
    for volunteer_id, row in people:
        for one in set(dice.choices(known, weights, k=dice.choice((0, 1, 1, 1, 2)))):
            yield {
                "volunteer_id": volunteer_id,
                "speciality_id": one.id,
                "province_code": row["province_code"],
                "county_id": row["county_id"],
                "slots": row["slots"],
                "is_listed": row["state"] == State.VERIFIED,
            }


def _verifications(people: list[tuple[int, dict[str, Any]]], coordinator_id: int) -> Iterator[dict[str, Any]]:
    for volunteer_id, row in people:
        if row["state"] != State.REGISTERED:
            yield {
                "volunteer_id": volunteer_id,
                "before": State.REGISTERED.value,
                "after": row["state"],
                "papers": 0,
                "actor_id": None if row["state"] == State.LEFT else coordinator_id,
                "made_at": min(row["created_at"] + timedelta(days=2), now()),
            }


def _call(dice: Random, people: list[tuple[int, dict[str, Any]]], coordinator_id: int) -> None:
    """Those who came forward when a river rose in Khuzestan."""
    surge = Surge(
        slug="flood-khuzestan",
        title_fa="سیل خوزستان: دست‌های کمک",
        title_en="Flood in Khuzestan: helping hands",
        about_fa="آب در روستاهای کنار کارون بالا آمده است. به راننده، پرستار و کسانی که بار جابه‌جا کنند نیاز داریم.",
        about_en="The water has risen in villages along the Karun. We need drivers, nurses and people who carry.",
        province_code="IR-06",
        opened_by_id=coordinator_id,
        opened_at=now() - timedelta(days=2),
    )
    db.session.add(surge)
    db.session.flush()
    near = [(volunteer_id, row) for volunteer_id, row in people if row["province_code"] == "IR-06"]
    rows = [
        {
            "surge_id": surge.id,
            "volunteer_id": volunteer_id,
            "name": row["name"],
            "province_code": "IR-06",
            "offer": dice.choice(OFFERS),
            "made_at": now() - timedelta(minutes=dice.randrange(1, 48 * 60)),
        }
        for volunteer_id, row in near[:60]
    ]
    db.session.execute(insert(SurgeSignup), rows)
