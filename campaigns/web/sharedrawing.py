"""The worker's part of pictures for messengers: draws what campaigns and the portal show now, before anybody asks."""

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from flask_babel import force_locale
from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.languages import LANGUAGES
from campaigns.base.readonly import only_reading
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.insights.open_now import open_campaigns
from campaigns.domain.insights.portal import cards_of
from campaigns.web import sharestore
from campaigns.web.picture import Fonts, Words, draw
from campaigns.web.shareimages import built_fonts, house_of, words_of, words_of_portal

AT_ONCE = 20
"""Campaigns of one turn: a picture takes some hundredths of a second."""
KEPT = timedelta(days=30)
_OF_A_CAMPAIGN = "campaign:"
_WHOLE = 0
"""Stands for the portal among the ids of campaigns."""


class Drawer:
    """One worker's memory of what it has looked at. Another worker, or a new start, looks again and finds the files."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.seen: dict[int, int] = {}

    def turn(self) -> int:
        """Looks at what has a stamp that moved and draws what shows something new. Returns how many pictures.

        No transaction is open while it draws.
        """
        fonts = built_fonts()
        if fonts is None:
            return 0
        with only_reading():
            moved = dict(list(self._moved().items())[:AT_ONCE])
            wanted = _wanted(moved)
        drawn = sum(self._drawn(campaign, words, fonts) for campaign, words in wanted)
        self.seen |= moved
        return drawn

    def _moved(self) -> dict[int, int]:
        """Versions of the stamps that are not those of the last look, by campaign; the portal first."""
        rows = db.session.execute(
            select(stamps.Stamp.name, stamps.Stamp.version).where(
                stamps.Stamp.name.startswith(_OF_A_CAMPAIGN)
            )
        )
        versions = {_WHOLE: stamps.versions(db.session(), [stamps.PORTAL])[stamps.PORTAL]}
        versions |= {int(name.removeprefix(_OF_A_CAMPAIGN)): version for name, version in rows}
        return {key: version for key, version in versions.items() if self.seen.get(key) != version}

    def _drawn(self, campaign: str, words: Words, fonts: Fonts) -> bool:
        key = sharestore.key_of(words)
        if sharestore.freshen(self.data_dir, campaign, key):
            return False
        sharestore.keep(self.data_dir, campaign, key, draw(words, fonts))
        return True


def forget_old(data_dir: Path) -> int:
    """What no page has named for a month leads to the present picture instead."""
    return sharestore.forget_before(data_dir, now() - KEPT)


def _wanted(ids: Collection[int]) -> list[tuple[str, Words]]:
    """What these campaigns, and the portal, show now in every language, with their names in the store; of drafts
    nothing.
    """
    rows = db.session.scalars(select(Campaign).where(Campaign.id.in_(ids), was_public())).all()
    count = open_campaigns() if _WHOLE in ids else None
    found: list[tuple[str, Words]] = []
    for code in LANGUAGES:
        cards = cards_of([row.id for row in rows], code)
        with force_locale(code):
            if count is not None:
                found.append((sharestore.OF_PORTAL, words_of_portal(count, code)))
            for row in rows:
                card = cards[row.id]
                words = words_of(card, card.title_language, house_of(row, code), code)
                found.append((row.public_id, words))
    return found
