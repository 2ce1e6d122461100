"""What of the log somebody asked for, read from the address, and how far they see."""

from typing import NamedTuple

from flask import abort, request
from flask_login import current_user

from campaigns.base.text import clean
from campaigns.domain.accounts import directory
from campaigns.domain.accounts.access import Scope, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.audit_trail import Wanted
from campaigns.web.audit.words import ACTS, BY, KINDS
from campaigns.web.days import parse_day

LONGEST = 80
NAMES = ("who", "by", "act", "kind", "name", "first", "last")


class Asked(NamedTuple):
    """What was asked for, as typed and as understood. `problem`: a day that cannot be read, in words."""

    wanted: Wanted
    typed: dict[str, str]
    problem: str


def reach() -> Scope:
    return scope_of(current_user.id, Permission.SEE_AUDIT)


def asked() -> Asked:
    """From the query string, or from the form that takes the same along as a file. Unknown words are 404."""
    given = request.values
    typed = {name: clean(given.get(name, "")[:LONGEST]) for name in NAMES}
    if typed["by"] and typed["by"] not in BY:
        abort(404)
    if (typed["act"] and typed["act"] not in ACTS) or (typed["kind"] and typed["kind"] not in KINDS):
        abort(404)
    days, problem = {}, ""
    for name in ("first", "last"):
        try:
            days[name] = parse_day(typed[name])
        except ValueError as error:
            days[name], problem = None, str(error)
    who = _people(typed["who"])
    wanted = Wanted(who, typed["by"], typed["act"], typed["kind"], typed["name"], **days)
    return Asked(wanted, typed, problem)


def _people(words: str) -> tuple[int, ...] | None:
    """Whom these words may mean, of those one sees; none: everybody."""
    if not words:
        return None
    found, _total = directory.find(reach(), words)
    return tuple(user.id for user in found)
