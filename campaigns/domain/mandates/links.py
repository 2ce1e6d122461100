"""The signed word that opens a donor's own page of a mandate, signed in or not."""

from campaigns.base.tokens import TokenInvalid, read, sign
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.mandates.queries import by_public_id

PURPOSE = "mandate"


def own(mandate: Mandate) -> str:
    return sign(PURPOSE, mandate.public_id)


def owned(token: str) -> Mandate | None:
    """The mandate that a link is for."""
    try:
        public_id = read(PURPOSE, token)
    except TokenInvalid:
        return None
    return by_public_id(public_id) if isinstance(public_id, str) else None
