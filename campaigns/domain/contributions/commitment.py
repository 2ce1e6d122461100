"""The thread between a gift and its line in the public book: only who knows the receipt code and the salt can
follow it, and it can be cut for good.
"""

from sqlalchemy import update

from campaigns.base.chain import commitment
from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution


def committed(salt: bytes | None, code: str) -> bytes | None:
    """What stands in the book for a gift. None where no salt is, and so nothing can be shown."""
    return None if salt is None else commitment(salt, code)


def cut(contribution_id: int) -> None:
    """Erases the salt: no receipt and no code leads to a line of the public book any more, nor back. The book
    stays valid. Does not commit.
    """
    erased = update(Contribution).where(Contribution.id == contribution_id).values(salt=None)
    db.session.execute(erased)
