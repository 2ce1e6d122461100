"""How many campaigns take gifts today."""

from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import is_live
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public


def open_campaigns() -> int:
    query = select(func.count(Campaign.id)).where(was_public(), is_live(tehran_day(now())))
    return db.session.scalar(query) or 0
