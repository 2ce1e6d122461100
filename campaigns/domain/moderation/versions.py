"""What a moderator has read, as a short fingerprint: a decision on something else is not taken."""

import json
from hashlib import sha256

from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.subjects import SUBJECTS


def version_of(item: Item) -> str:
    """The same for two readers exactly when they read the same, in the same round. Approvals change nothing."""
    subject = SUBJECTS[item.kind]
    seen = [item.kind, item.public_id, subject.round(item), subject.content(item)]
    return sha256(json.dumps(seen, default=str, sort_keys=True).encode()).hexdigest()[:24]
