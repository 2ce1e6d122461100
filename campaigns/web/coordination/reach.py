"""How far a coordinator's say reaches: the country or some provinces. Volunteers beyond it do not exist: 404."""

from flask import abort
from flask_login import current_user

from campaigns.domain.accounts.access import Where, may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.regions.models import Province
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers import queries
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.queries import Reach
from campaigns.web.locale import language


def reach() -> Reach:
    """404 for somebody whose role is for campaigns only."""
    scope = scope_of(current_user.id, Permission.COORDINATE)
    if scope.everywhere:
        return None
    return scope.province_codes or abort(404)


def my_provinces() -> list[Province]:
    mine = reach()
    return [one for one in provinces(language().code) if mine is None or one.code in mine]


def seen(public_id: str) -> Volunteer:
    return queries.one(reach(), public_id) or abort(404)


def reaches(province_code: str) -> bool:
    where = Where(province_codes=frozenset({province_code}))
    return may(current_user.id, Permission.COORDINATE, where)


def keeps_specialities() -> bool:
    return may(current_user.id, Permission.KEEP_SPECIALITIES)


def page_number(typed: str) -> int:
    """The number of a page of a list. 404 for what is none."""
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) <= 5 and int(typed) > 0):
        abort(404)
    return int(typed)
