"""What the walk finds of a campaign's story: sent back, cloned to a province, frozen; and somebody brought in."""

from campaigns.base.extensions import db
from campaigns.domain.accounts import delegation
from campaigns.domain.accounts.access import scope_of
from campaigns.domain.accounts.actions import create_person
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Reason, Verdict
from campaigns.domain.problems.freezing import freeze
from tests.families import QOM, cloned
from tests.worlds import live_campaign, sent_campaign


def story_rooms(campaign: Campaign, author: User, reader: User) -> dict[str, str]:
    """All of `author`, who may also manage people; `reader` moderates."""
    item = find("campaign", sent_campaign(author, "sent-back").public_id)
    assert item is not None
    made = decide(item, reader, Verdict.RETURN, Reason.EVIDENCE, "بنویسید برای چه کسانی است.")
    (clone,) = cloned(campaign, author, QOM)
    frozen = live_campaign(author, reader, slug="frozen")
    freeze(frozen, reader, "گزارشی رسیده است.")
    newcomer = create_person(
        "Newcomer", email="newcomer@example.org", mobile=None, password_hash=None, language="fa"
    )
    secret = delegation.invite(author, scope_of(author.id, Permission.MANAGE_PEOPLE), newcomer)
    db.session.commit()
    return {
        "decision": made.public_id,
        "clone": clone.public_id,
        "frozen": frozen.public_id,
        "newcomer": newcomer.public_id,
        "link_secret": secret,
    }
