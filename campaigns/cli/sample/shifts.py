"""Roles and shifts of some sample campaigns, with people on them, hours they gave and vows they made."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.volunteers.holders import Holder
from campaigns.domain.volunteers.hours import minutes_by_person, see
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer, VolunteerSpeciality
from campaigns.domain.volunteers.shift_models import Shift, VolunteerRole
from campaigns.domain.volunteers.signups import Asking, CannotTake, take
from campaigns.domain.volunteers.thanks import issue
from campaigns.domain.volunteers.vows import vow
from campaigns.domain.volunteers.wordings import propose
from campaigns.web.letterlinks import link

SEED = 1405
CAMPAIGNS = 8


class Sample(NamedTuple):
    """A role in words, and the code of the speciality that is asked for, if any."""

    name_fa: str
    name_en: str
    text_fa: str
    text_en: str
    place_fa: str
    place_en: str
    speciality: str
    begins: int  # o'clock in Tehran
    hours: int
    places: int


ROLES = (
    Sample(
        "رانندهٔ وانت", "Van driver",
        "بردن یخچال، اجاق و فرش از انبار به خانهٔ زوج‌ها. گواهی‌نامهٔ پایه دو لازم است.",
        "Bring fridges, stoves and carpets from the warehouse to the couples' homes.",
        "انبار مرکزی استان", "The central warehouse of the province", "", 9, 4, 5,
    ),
    Sample(
        "بسته‌بندی", "Packing",
        "چیدن اقلام در جعبه و برچسب‌زدن. کار نشسته است و همه می‌توانند.",
        "Put things into boxes and label them. One sits at it, and everybody can.",
        "سالن بسته‌بندی انبار", "The packing hall of the warehouse", "", 15, 3, 8,
    ),
    Sample(
        "پرستار", "Nurse",
        "اندازه‌گیری فشار و قند خون و راهنمایی خانواده‌ها در درمانگاه سیار.",
        "Measure blood pressure and sugar and advise families at the mobile clinic.",
        "درمانگاه سیار", "The mobile clinic", "nurse", 8, 5, 2,
    ),
    Sample(
        "آموزگار", "Teacher",
        "کمک به درس ریاضی و فارسی بچه‌ها پس از مدرسه.",
        "Help children with mathematics and Persian after school.",
        "کتابخانهٔ محله", "The library of the neighbourhood", "teacher", 16, 2, 3,
    ),
)  # fmt: skip


def write_shifts(moderator_ids: list[int]) -> None:
    """Does not commit. The roles go through the review like those of real campaigns."""
    dice = Random(SEED)  # noqa: S311 -- the same people come every time; nothing here is secret
    moderators = list(db.session.scalars(select(User).where(User.id.in_(moderator_ids)).order_by(User.id)))
    live = select(Campaign).where(Campaign.state == State.LIVE.value, Campaign.is_sample)
    for number, campaign in enumerate(db.session.scalars(live.order_by(Campaign.id).limit(CAMPAIGNS)).all()):
        moderator = next(one for one in moderators if one.id != campaign.author_id)
        for sample in (ROLES[number % 2], ROLES[2 + number % 2]):
            role = _role(campaign, sample, moderator)
            people = _people(dice, role)
            for shift in _shifts(role, sample, number):
                _fill(dice, shift, people, campaign.author_id)
        _vows(campaign, dice)


def _role(campaign: Campaign, sample: Sample, moderator: User) -> VolunteerRole:
    skill = db.session.scalar(select(Speciality).where(Speciality.code == sample.speciality))
    role = VolunteerRole(
        campaign=campaign, speciality=skill, needs_licence=bool(skill and skill.needs_licence)
    )
    db.session.add(role)
    words = {name: value for name, value in sample._asdict().items() if name.endswith(("_fa", "_en"))}
    wording = propose(role, words, campaign.author_id, None)
    item = find("role", wording.public_id)
    if item is not None:
        decide(item, moderator, Verdict.APPROVE)
    return role


def _people(dice: Random, role: VolunteerRole) -> list[Volunteer]:
    """Verified volunteers who may take it, a dozen of them."""
    query = select(Volunteer).where(Volunteer.state == "verified", Volunteer.erased_at.is_(None))
    if role.speciality_id is not None:
        query = query.join(VolunteerSpeciality).where(
            VolunteerSpeciality.speciality_id == role.speciality_id, VolunteerSpeciality.is_listed
        )
    if role.needs_licence:
        query = query.where(Volunteer.licence_number != "")
    found = list(db.session.scalars(query.order_by(Volunteer.id).limit(300)))
    return dice.sample(found, min(12, len(found)))


def _shifts(role: VolunteerRole, sample: Sample, number: int) -> Iterator[Shift]:
    """One last week and three to come, each campaign's on days of its own."""
    today = tehran_day(clock.now())
    for days in (-7, 3, 10, 17):
        begins = day_start(today + timedelta(days=days + number % 3)) + timedelta(hours=sample.begins)
        shift = Shift(
            role=role, starts_at=begins, ends_at=begins + timedelta(hours=sample.hours), places=sample.places
        )
        db.session.add(shift)
        db.session.flush()
        yield shift


def _fill(dice: Random, shift: Shift, people: list[Volunteer], actor_id: int) -> None:
    """The past shift and the next one are full, the later ones less so."""
    is_past = shift.starts_at < clock.now()
    soon = shift.starts_at < clock.now() + timedelta(days=6)
    wanted = (
        shift.places + 1
        if soon and not is_past
        else shift.places
        if is_past
        else dice.randint(0, shift.places - 1)
    )
    asked_at = min(clock.now(), shift.starts_at - timedelta(days=2))
    signups = []
    with clock.at(asked_at):
        for volunteer in dice.sample(people, min(wanted, len(people))):
            try:
                signups += take(
                    Holder(volunteer, volunteer.code), [shift.id], Asking(volunteer.language), link
                )
            except CannotTake:
                continue  # somebody is elsewhere at that time
    if is_past:
        with clock.at(_evening(shift)):
            for signup in signups:
                see(signup, None if dice.random() < 0.1 else shift.minutes, actor_id)


def _evening(shift: Shift) -> datetime:
    return shift.ends_at + timedelta(hours=1)


def _vows(campaign: Campaign, dice: Random) -> None:
    """Somebody who was there vows more hours, and has a certificate of those given."""
    served = minutes_by_person(campaign.id)
    query = select(Volunteer).where(Volunteer.id.in_(served)).order_by(Volunteer.id).limit(2)
    for volunteer in db.session.scalars(query).all():
        holder = Holder(volunteer, volunteer.code)
        vow(holder, campaign.id, dice.choice((8, 12, 20)), tehran_day(clock.now()) + timedelta(days=60))
        issue(holder, campaign.id, whole_name=False)
