"""The specialities volunteers choose from: managed data under the five divisions. None of these commit."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.base.extensions import db
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.profile_models import Speciality
from campaigns.domain.volunteers.words import Division

_D = Division
STANDARD = (
    ("doctor", _D.HEALTH, "پزشک", "Doctor", True),
    ("nurse", _D.HEALTH, "پرستار", "Nurse", True),
    ("midwife", _D.HEALTH, "ماما", "Midwife", True),
    ("dentist", _D.HEALTH, "دندان‌پزشک", "Dentist", True),
    ("physiotherapist", _D.HEALTH, "فیزیوتراپ", "Physiotherapist", True),
    ("psychologist", _D.HEALTH, "روان‌شناس", "Psychologist", True),
    ("lawyer", _D.EMPOWERMENT, "وکیل", "Lawyer", True),
    ("social-worker", _D.EMPOWERMENT, "مددکار اجتماعی", "Social worker", False),
    ("job-trainer", _D.EMPOWERMENT, "مربی مهارت و شغل", "Trainer for a trade", False),
    ("accountant", _D.EMPOWERMENT, "حسابدار", "Accountant", False),
    ("interpreter", _D.CULTURE, "مترجم و رابط زبان اشاره", "Interpreter, also of sign language", False),
    ("librarian", _D.CULTURE, "کتاب‌دار و قصه‌گو", "Librarian and storyteller", False),
    ("artist", _D.CULTURE, "هنرمند", "Artist", False),
    ("photographer", _D.CULTURE, "عکاس و فیلم‌بردار", "Photographer", False),
    ("civil-engineer", _D.CONSTRUCTION, "مهندس عمران", "Civil engineer", True),
    ("architect", _D.CONSTRUCTION, "معمار", "Architect", True),
    ("electrician", _D.CONSTRUCTION, "برق‌کار", "Electrician", False),
    ("plumber", _D.CONSTRUCTION, "لوله‌کش", "Plumber", False),
    ("teacher", _D.EXTRA_CURRICULAR, "آموزگار", "Teacher", False),
    ("sports-coach", _D.EXTRA_CURRICULAR, "مربی ورزش", "Sports coach", False),
    ("driver", _D.EXTRA_CURRICULAR, "راننده", "Driver", False),
)
"""What a network begins with; administrators add to it and take from it."""


def add_standard() -> int:
    """Adds those of `STANDARD` that are not there. Returns how many."""
    known = set(db.session.scalars(select(Speciality.code)))
    new = [row for row in STANDARD if row[0] not in known]
    for code, division, name_fa, name_en, licence in new:
        db.session.add(
            Speciality(
                code=code,
                division=division.value,
                name_fa=name_fa,
                name_en=name_en,
                needs_licence=licence,
            )
        )
    db.session.flush()
    return len(new)


def add(code: str, division: Division, name_fa: str, name_en: str, needs_licence: bool) -> Speciality:
    """Raises `Refused("taken")`: the code is used, also by one that is not offered any more."""
    row = Speciality(
        code=code, division=division.value, name_fa=name_fa, name_en=name_en, needs_licence=needs_licence
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Refused("taken") from None
    return row


def every() -> list[Speciality]:
    """All of them, division by division in the order of the network, then by name."""
    place = {division.value: number for number, division in enumerate(Division)}
    rows = db.session.scalars(select(Speciality).order_by(Speciality.name_fa)).all()
    return sorted(rows, key=lambda row: place[row.division])


def by_id() -> Mapping[int, Speciality]:
    return {row.id: row for row in every()}
