"""Texts that stand in other approved campaigns already: five words in a row, counted.

Bounded: the newest campaigns with a page, their stories and their leads; the shingles of a text are kept by process.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.search import fold
from campaigns.domain.campaigns.models import Campaign, CampaignText

WORDS_IN_A_ROW = 5
FEWEST_SHINGLES = 8
"""Shorter texts are alike by chance."""
ALIKE_PERCENT = 30
MOST_CAMPAIGNS = 200
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Copied:
    """Which part of a text, in percent, stands in another campaign."""

    campaign_id: int
    percent: int


def copied_from(text: str, own_ids: Collection[int]) -> Copied | None:
    """The approved campaign most of this text stands in, if that is a good part of it. `own_ids`: not looked at."""
    wanted = shingles(text)
    if len(wanted) < FEWEST_SHINGLES:
        return None
    shares = (
        Copied(campaign_id, 100 * len(wanted & shingles(other)) // len(wanted))
        for campaign_id, other in _approved()
        if campaign_id not in own_ids
    )
    most = max(shares, key=lambda copied: copied.percent, default=None)
    return most if most is not None and most.percent >= ALIKE_PERCENT else None


@lru_cache(maxsize=1_000)
def shingles(text: str) -> frozenset[int]:
    """Every run of five words as a number: the same words in other letters or spaces give the same number."""
    words = fold(text[:LONGEST_TEXT]).split()
    runs = (words[place : place + WORDS_IN_A_ROW] for place in range(len(words) - WORDS_IN_A_ROW + 1))
    return frozenset(crc32(" ".join(run).encode()) for run in runs)


def _approved() -> Sequence[tuple[int, str]]:
    newest = (
        select(Campaign.id)
        .where(Campaign.approved_at.is_not(None))
        .order_by(Campaign.approved_at.desc())
        .limit(MOST_CAMPAIGNS)
    )
    rows = db.session.execute(
        select(CampaignText.campaign_id, CampaignText.lead, CampaignText.story).where(
            CampaignText.campaign_id.in_(newest.scalar_subquery())
        )
    )
    return [(row.campaign_id, text) for row in rows for text in (row.lead, row.story) if text]
