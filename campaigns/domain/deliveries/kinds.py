"""The list of what reaches people: the usual kinds, and those the house adds. None of these commit."""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.models import GrantKind

USUAL = (
    ("dowry", "جهیزیه", "Dowry"),
    ("marriage", "کمک‌هزینهٔ ازدواج", "Marriage grant"),
    ("food", "بن خوراک", "Food voucher"),
    ("wheelchair", "ویلچر", "Wheelchair"),
    ("hearing", "سمعک", "Hearing aid"),
    ("medicine", "هزینهٔ دارو و درمان", "Medical costs"),
    ("rent", "کمک‌هزینهٔ اجاره", "Help with rent"),
    ("home", "تعمیر خانه", "Home repair"),
    ("school", "کیف و نوشت‌افزار", "School supplies"),
    ("tablet", "تبلت درسی", "School tablet"),
    ("warmth", "بخاری و پتو", "Heater and blankets"),
    ("other", "دیگر", "Something else"),
)
"""Code, name in Persian, name in English."""


def seed_kinds() -> int:
    """Adds the usual kinds that are not there yet. Returns how many."""
    known = set(db.session.scalars(select(GrantKind.code)))
    new = [
        GrantKind(code=code, name_fa=fa, name_en=en, position=place)
        for place, (code, fa, en) in enumerate(USUAL)
        if code not in known
    ]
    db.session.add_all(new)
    db.session.flush()
    return len(new)


def kinds(*, used_only: bool = False) -> Sequence[GrantKind]:
    """In the order of the list."""
    query = select(GrantKind).order_by(GrantKind.position, GrantKind.code)
    return db.session.scalars(query.where(GrantKind.is_used) if used_only else query).all()


def add_kind(code: str, name_fa: str, name_en: str) -> GrantKind:
    """Raises `Refused`: `code` is another kind's."""
    if db.session.get(GrantKind, code) is not None:
        raise Refused("code")
    kind = GrantKind(code=code, name_fa=name_fa, name_en=name_en, position=len(kinds()))
    db.session.add(kind)
    db.session.flush()
    return kind


def switch_kind(kind: GrantKind, used: bool) -> None:
    """Whether it is offered for new records. What was recorded stays."""
    kind.is_used = used
    db.session.flush()
