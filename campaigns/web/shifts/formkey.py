"""The single-use key of a sign-up form: the code that will open what comes of it, signed and bound to its role.

Sent twice, it leads to the same page; filled in a blink or kept for a day, it is not taken.
"""

from campaigns.base.clock import now
from campaigns.base.codes import new_code
from campaigns.base.tokens import TokenInvalid, read, sign

PURPOSE = "shift form"
KEPT_SECONDS = 12 * 3600
LEAST_SECONDS = 2


def new(role_public_id: str) -> str:
    """A key for one form, as the value of its hidden field."""
    return sign(PURPOSE, [role_public_id, new_code(), int(now().timestamp())])


def check(token: str, role_public_id: str) -> str | None:
    """The code; none where the key is too old, foreign, or sent sooner than a person can."""
    try:
        role, code, made = read(PURPOSE, token, KEPT_SECONDS)
    except (TokenInvalid, ValueError, TypeError):
        return None
    fresh = role == role_public_id and now().timestamp() - made >= LEAST_SECONDS
    return str(code) if fresh else None
