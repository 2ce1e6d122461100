"""The single-use key of a report: signed, for this campaign only, hours old at most, not filled in a blink."""

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.tokens import TokenInvalid, read, sign

PURPOSE = "problem form"
KEPT_SECONDS = 12 * 3600
LEAST_SECONDS = 2


def new(campaign_public_id: str) -> str:
    return sign(PURPOSE, [campaign_public_id, public_id(), int(now().timestamp())])


def check(token: str, campaign_public_id: str) -> str | None:
    """The key; none where it is too old, foreign, or sent sooner than a person can."""
    try:
        made_for, key, made = read(PURPOSE, token, KEPT_SECONDS)
    except (TokenInvalid, ValueError, TypeError):
        return None
    fresh = made_for == campaign_public_id and now().timestamp() - made >= LEAST_SECONDS
    return str(key) if fresh else None
