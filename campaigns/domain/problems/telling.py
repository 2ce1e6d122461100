"""Telling people of the house, by letter, that giving to a campaign was stopped, goes on, or is over for good."""

from campaigns.domain.accounts.models import User
from campaigns.domain.notices import letters
from campaigns.domain.notices.readers import Link, moderators_of, organizers_of, title_in
from campaigns.domain.problems.models import Freeze


def tell_of(row: Freeze, actor: User, link: Link) -> int:
    """Writes to who runs the campaign and to who may decide about it, in their language, all but who did it.

    In the transaction of the act; does not commit. Returns how many letters were written.
    """
    deciding = {reader.id: reader for reader in moderators_of(row.campaign)}
    running = {reader.id: reader for reader in organizers_of(row.campaign)}
    readers = running | deciding
    return sum(
        _tell(row, reader, link, decides=reader.id in deciding)
        for key, reader in sorted(readers.items())
        if key != actor.id
    )


def _tell(row: Freeze, reader: User, link: Link, *, decides: bool) -> bool:
    return letters.giving_frozen(
        reader,
        act=row.act,
        title=title_in(row.campaign, reader.language),
        url=_where(row, reader, link, decides),
        key=row.public_id,
        reason=row.reason,
        decides=decides,
    )


def _where(row: Freeze, reader: User, link: Link, decides: bool) -> str:
    """Where the reader goes on: who decides about it may have no desk."""
    if not decides:
        return link(reader.language, "desk.campaign.show", public_id=row.campaign.public_id)
    if row.act == "freeze":
        return link(reader.language, "review.freeze.ask", public_id=row.campaign.public_id)
    return link(reader.language, "site.campaign.show", slug=row.campaign.slug)
