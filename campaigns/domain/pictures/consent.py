"""Who is seen in a picture, and what they agreed to. A child is never shown with its name and place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.pictures.models import Picture, PictureConsent


class Seen(StrEnum):
    NOBODY = "nobody"
    ADULTS = "adults"
    CHILDREN = "children"


class How(StrEnum):
    WRITTEN = "written"
    MESSAGE = "message"
    RECORDED = "recorded"
    WITNESS = "witness"


class Allows(StrEnum):
    CAMPAIGN = "campaign"
    NEWS = "news"
    ALL = "all"


SEEN_LABELS = {
    Seen.NOBODY: _l("Nobody: things, places, hands at work"),
    Seen.ADULTS: _l("Adults who can be recognized"),
    Seen.CHILDREN: _l("Children"),
}
HOW_LABELS = {
    How.WRITTEN: _l("on paper, signed"),
    How.MESSAGE: _l("in a message that is kept"),
    How.RECORDED: _l("in words that were recorded"),
    How.WITNESS: _l("in words, before a witness"),
}
ALLOWS_LABELS = {
    Allows.CAMPAIGN: _l("only this page, until the campaign is over"),
    Allows.NEWS: _l("this page and news of this campaign"),
    Allows.ALL: _l("everything the organization publishes"),
}


@dataclass(frozen=True)
class Agreed:
    """`given_by`: the person seen; for children a parent or guardian."""

    seen: Seen
    given_by: str
    how: How
    given_on: date
    allows: Allows


def note(picture: Picture, agreed: Agreed, by: User) -> PictureConsent:
    """Writes down what was agreed. The same once more is the row that is there. Does not commit."""
    facts = {
        "seen": agreed.seen.value,
        "given_by": agreed.given_by,
        "how": agreed.how.value,
        "given_on": agreed.given_on,
        "allows": agreed.allows.value,
    }
    known = db.session.scalar(select(PictureConsent).filter_by(picture_id=picture.id, **facts).limit(1))
    if known is not None:
        return known
    row = PictureConsent(picture_id=picture.id, noted_by=by, **facts)
    db.session.add(row)
    db.session.flush()
    return row


def consents(names: Collection[str]) -> Mapping[str, PictureConsent]:
    """By public id, each with who noted it."""
    query = select(PictureConsent).where(PictureConsent.public_id.in_(names))
    rows = db.session.scalars(query.options(joinedload(PictureConsent.noted_by)))
    return {row.public_id: row for row in rows}


def limited(names: Collection[str]) -> frozenset[str]:
    """Of these consents, those that hold only until the campaign is over."""
    query = select(PictureConsent.public_id).where(
        PictureConsent.public_id.in_(names), PictureConsent.allows == Allows.CAMPAIGN.value
    )
    return frozenset(db.session.scalars(query))
