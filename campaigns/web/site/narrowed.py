"""What the lists of organizations and memoranda are narrowed to, as their addresses say."""

from flask import abort, request

from campaigns.base.digits import to_ascii
from campaigns.domain.partners.queries import PAGE, SHOWN_STATES, Filters
from campaigns.domain.volunteers.words import DIVISION_LABELS


def filters() -> Filters:
    """Unknown divisions and states count as «all»."""
    division, state = request.args.get("division", ""), request.args.get("state", "")
    return Filters(
        division=division if division in set(DIVISION_LABELS) else "",
        state=state if state in set(SHOWN_STATES) else "",
    )


def page_number() -> int:
    """404 for what is no number of a page."""
    digits = to_ascii(request.args.get("page", "1"))
    if not (digits.isascii() and digits.isdigit() and 1 <= len(digits) <= 4 and int(digits) > 0):
        abort(404)
    return int(digits)


def pages_of(total: int) -> int:
    return -(-total // PAGE)
