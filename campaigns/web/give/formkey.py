"""The single-use key of a give form: signed, bound to its campaign, hours old at most, not filled in a blink."""

from dataclasses import dataclass

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.tokens import TokenExpired, TokenInvalid, read, sign

PURPOSE = "give form"
KEPT_SECONDS = 4 * 3600
LEAST_SECONDS = 2


@dataclass(frozen=True)
class FormKey:
    """`fresh` is False for a key that is too old, foreign, or sent sooner than a person can."""

    key: str
    fresh: bool


def new(campaign_public_id: str) -> str:
    """A key for one form, as the value of its hidden field."""
    return sign(PURPOSE, [campaign_public_id, public_id(), int(now().timestamp())])


def check(token: str, campaign_public_id: str) -> FormKey:
    """What a sent form's hidden field says."""
    try:
        campaign, key, made = read(PURPOSE, token, KEPT_SECONDS)
    except (TokenExpired, TokenInvalid, ValueError, TypeError):
        return FormKey("", False)
    if campaign != campaign_public_id:
        return FormKey("", False)
    return FormKey(key, now().timestamp() - made >= LEAST_SECONDS)
