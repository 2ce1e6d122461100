"""Signed words of the letters to followers: who has one may act for the address it was sent to, signed in or not."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.tokens import TokenInvalid, read, sign
from campaigns.domain.supporters.models import Follower

AGREE, OWN = "follow", "follower"
AGREE_WITHIN_SECONDS = 7 * 24 * 3600


def to_agree(follower: Follower, gift_id: int | None) -> str:
    """Opens the page that asks for a yes, for a week. With it a gift becomes the address's own."""
    return sign(AGREE, [follower.public_id, gift_id])


def agreeing(token: str) -> tuple[Follower, int | None] | None:
    """Whose yes a link asks for, and which gift comes with it."""
    try:
        public_id, gift_id = read(AGREE, token, AGREE_WITHIN_SECONDS)
    except (TokenInvalid, ValueError, TypeError):
        return None
    follower = _named(public_id)
    return None if follower is None else (follower, gift_id)


def own(follower: Follower) -> str:
    """Opens the page that stops the letters, as long as there are any."""
    return sign(OWN, follower.public_id)


def owned(token: str) -> Follower | None:
    """The follower that a link is for, perhaps gone already."""
    try:
        return _named(read(OWN, token))
    except TokenInvalid:
        return None


def _named(public_id: object) -> Follower | None:
    if not isinstance(public_id, str):
        return None
    return db.session.scalar(select(Follower).where(Follower.public_id == public_id))
