"""Offices: opened, given their people and card readers, held while their book changes. None of these commit."""

from datetime import date, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.access import Where, may
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import CardReader, Office, OfficeClerk, Sheet


class OfficeKind(StrEnum):
    PROVINCE = "province"
    COUNTY = "county"
    BOOTH = "booth"


KIND_LABELS = {
    OfficeKind.PROVINCE: _l("Province office"),
    OfficeKind.COUNTY: _l("County office"),
    OfficeKind.BOOTH: _l("Booth"),
}


def where_is(office: Office) -> Where:
    """Where an office stands, for `access.may`."""
    return Where(province_codes=frozenset({office.province_code}))


def found(
    code: str, kind: OfficeKind, names: tuple[str, str], province_code: str, paper: str, by: User
) -> Office:
    """A new office. `names`: in Persian and in English. Raises `Refused`: `code` is another office's."""
    if db.session.scalar(select(Office.id).where(Office.code == code)) is not None:
        raise Refused("code")
    office = Office(
        code=code,
        kind=kind.value,
        name_fa=names[0],
        name_en=names[1],
        province_code=province_code,
        paper=paper,
        created_by_id=by.id,
    )
    db.session.add(office)
    db.session.flush()
    return office


def hold(office: Office) -> None:
    """Nobody else changes what the book of this office says before the transaction ends (on SQLite nobody could)."""
    row = select(Office).where(Office.id == office.id).with_for_update(of=Office)
    db.session.execute(row.execution_options(populate_existing=True)).scalar_one()


def present_day(office: Office) -> date:
    """The day that gifts are taken for: today, or the day after the newest sheet when that one is there already."""
    last = db.session.scalar(select(func.max(Sheet.last_day)).where(Sheet.office_id == office.id))
    today = tehran_day(now())
    return today if last is None or last < today else last + timedelta(days=1)


def give_clerk(office: Office, user: User, by: User) -> None:
    """From now on this person takes gifts here. Raises `Refused`: `clerk` is here already; `role`: may not anywhere
    in the province.
    """
    hold(office)
    if not may(user.id, Permission.TAKE_GIFTS, where_is(office)):
        raise Refused("role")
    if works_at(office, user.id):
        raise Refused("clerk")
    db.session.add(OfficeClerk(office_id=office.id, user_id=user.id, given_by_id=by.id))
    db.session.flush()


def take_clerk(office: Office, user_id: int, by: User) -> bool:
    """False: this person does not work here."""
    done = db.session.execute(
        update(OfficeClerk)
        .where(
            OfficeClerk.office_id == office.id,
            OfficeClerk.user_id == user_id,
            OfficeClerk.taken_at.is_(None),
        )
        .values(taken_at=now(), taken_by_id=by.id)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def works_at(office: Office, user_id: int) -> bool:
    """Whether this person was given to the office. Whether they still have the role is for `access.may`."""
    query = select(OfficeClerk.id).where(
        OfficeClerk.office_id == office.id, OfficeClerk.user_id == user_id, OfficeClerk.taken_at.is_(None)
    )
    return db.session.scalar(query) is not None


def add_reader(office: Office, number: str, by: User) -> CardReader:
    """Raises `Refused`: `reader` is known already, here or elsewhere."""
    if db.session.scalar(select(CardReader.id).where(CardReader.number == number)) is not None:
        raise Refused("reader")
    reader = CardReader(office_id=office.id, number=number, added_by_id=by.id)
    db.session.add(reader)
    db.session.flush()
    return reader
