"""A national campaign and its provinces, for tests: cloned, sent and approved as the house itself would."""

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import Move
from campaigns.domain.families.cloning import Wish, clone
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict

KERMAN, QOM, FARS = "IR-08", "IR-25", "IR-07"


def cloned(parent: Campaign, actor: User, *codes: str, units: int = 10) -> list[Campaign]:
    """Drafts for these provinces, each of so many units; committed."""
    made = clone(parent, [Wish(code, units, f"{parent.slug}-{code.lower()}") for code in codes], actor)
    db.session.commit()
    return made


def opened(child: Campaign, *moderators: User) -> Campaign:
    """Sent and approved by as many of these as it needs; live."""
    move(child, Move.SUBMIT, child.author)
    for moderator in moderators:
        if child.state == "submitted":
            decide(_item(child), moderator, Verdict.APPROVE)
    db.session.commit()
    return child


def _item(child: Campaign) -> object:
    item = find("campaign", child.public_id)
    assert item is not None
    return item
