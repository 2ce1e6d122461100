"""Webhooks as their documentation tells of them: headers, fields, times, an example. The code that sends is asked."""

import base64
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campaigns.base.clock import now
from campaigns.base.digits import grouped
from campaigns.base.extensions import db
from campaigns.base.outside import TOTAL_SECONDS
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.domain.webhooks.endpoints import KEPT
from campaigns.domain.webhooks.telling import PAUSES, body_of
from campaigns.web.letterlinks import link
from campaigns.web.locale import language

SAMPLE_SECRET = "whsec_" + base64.b64encode(b"published for trying: no secret.").decode()
"""Printed with the example that is signed with it. No address of ours ever has it."""
SAMPLE_ID = "msg_example"
SECONDS = int(TOTAL_SECONDS)
KEPT_DAYS = KEPT.days
HEADERS = (
    (
        "webhook-id",
        _l(
            "Names the message. It stays the same however often it is sent: what you have had already"
            " you may leave."
        ),
    ),
    ("webhook-timestamp", _l("When this try was sent, in seconds since 1970.")),
    (
        "webhook-signature",
        _l(
            "“v1,” and the signature in base64. There may be several, with spaces between; one that "
            "fits is enough."
        ),
    ),
)
FIELDS = (
    ("type", _l("What happened: always this one, so far.")),
    ("timestamp", _l("When the message was written, in UTC.")),
    ("data.slug", _l("The name of the campaign in addresses.")),
    ("data.state", _l("Its state: approved, live, paused, frozen, ended or cancelled.")),
    ("data.received_rials", _l("What it has received, in rials; what went back is taken off.")),
    ("data.goal_rials", _l("Its goal, in rials.")),
    ("data.gifts", _l("How many gifts.")),
    ("data.url", _l("Its page.")),
    ("data.api", _l("Everything else in numbers: ask there.")),
)


def example(campaign: Campaign) -> dict[str, Any]:
    """The body of a message about this campaign, as it would be sent now."""
    book = db.session.get(CampaignRollup, campaign.id)
    received, gifts = (book.received_rials, book.gifts) if book else (0, 0)
    return body_of(campaign, received, gifts, now(), link)


def pauses() -> list[str]:
    """How long we wait after each try that failed, in words."""
    return [_lasting(pause) for pause in PAUSES]


def _lasting(pause: timedelta) -> str:
    seconds, code = int(pause.total_seconds()), language().code
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds, n=grouped(seconds, code))
    if seconds < 3600:
        return ngettext("%(n)s minute", "%(n)s minutes", seconds // 60, n=grouped(seconds // 60, code))
    return ngettext("%(n)s hour", "%(n)s hours", seconds // 3600, n=grouped(seconds // 3600, code))
