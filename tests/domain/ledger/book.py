"""Short words for postings."""

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind

BANK = accounts.clearing("zarinpal")


def capture(campaign: Campaign, rials: int, key: str, intent: str = "sadaqah") -> int:
    """A gift into the book, as a settled attempt posts it; committed."""
    own = accounts.campaign(campaign.id, intent)
    return _posted(key, Kind.CAPTURE, Leg(BANK, own, rials), campaign_id=campaign.id)


def mirror(campaign: Campaign, rials: int, txn_id: int, intent: str = "sadaqah") -> int:
    """The exact reverse of a capture."""
    own = accounts.campaign(campaign.id, intent)
    return _posted(
        f"rev:{txn_id}", Kind.REVERSAL, Leg(own, BANK, rials), campaign_id=campaign.id, reverses_id=txn_id
    )


def _posted(key: str, kind: Kind, leg: Leg, **more: int) -> int:
    txn_id = post(key, kind, [leg], occurred_at=now(), **more)
    db.session.commit()
    return txn_id
