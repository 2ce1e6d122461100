"""Numbers in addresses: what is none leads nowhere."""

from datetime import date

from flask import abort, request

from campaigns.base.digits import to_ascii

LONGEST = 9  # digits


def number_of(name: str, default: int) -> int:
    """A whole number above zero from the query; 404 for anything else."""
    typed = to_ascii(request.args.get(name, "").strip() or str(default))
    if not (typed.isascii() and typed.isdigit() and len(typed) <= LONGEST and int(typed) > 0):
        abort(404)
    return int(typed)


def day_of(text: str) -> date:
    """A day such as 2026-11-23; 404 for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if day.isoformat() != text:
        abort(404)
    return day
