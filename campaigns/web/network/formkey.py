"""The single-use key of a form for volunteers: signed, for this form only, hours old at most, not filled in a blink."""

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.tokens import TokenInvalid, read, sign

PURPOSE = "volunteer form"
KEPT_SECONDS = 12 * 3600
LEAST_SECONDS = 2


def new(form: str) -> str:
    return sign(PURPOSE, [form, public_id(), int(now().timestamp())])


def check(token: str, form: str) -> str | None:
    """The key; none where it is too old, foreign, or sent sooner than a person can."""
    try:
        made_for, key, made = read(PURPOSE, token, KEPT_SECONDS)
    except (TokenInvalid, ValueError, TypeError):
        return None
    if made_for != form or now().timestamp() - made < LEAST_SECONDS:
        return None
    return str(key)
