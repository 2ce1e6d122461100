"""Thanks to the donor of one gift: once, on the receipt, and by letter where they left an address."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.base.personal import personal_number
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.notices.letters import UNDO_PAUSE
from campaigns.domain.supporters import following, letters
from campaigns.domain.supporters.letters import Link
from campaigns.domain.supporters.models import GiftThanks, ThanksState


class Template(StrEnum):
    """The house's own sentences."""

    WARM = "warm"
    ARRIVED = "arrived"
    PRAYER = "prayer"


TEMPLATE_WORDS = {
    Template.WARM: _l("Thank you from all of us. Your gift has lightened somebody's load."),
    Template.ARRIVED: _l("Your gift has reached us and is on its way to where it is needed. Thank you."),
    Template.PRAYER: _l("May it come back to you in blessings. We thank you for your kindness."),
}


class NotThanked(Exception):
    """`why`: `gone`, the gift went back; `thanked` already; `personal`: somebody's number in it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def thank(
    gift: Contribution, by: User, template: Template | None, body: str, marks: Mapping[str, Any] | None = None
) -> GiftThanks:
    """The thanks for this gift. A sentence of the house stands at once; own words wait for a moderator, and may be
    mended when one has sent them back. Raises `NotThanked`. Does not commit.
    """
    if gift.received_at is None or gift.refunded_at is not None:
        raise NotThanked("gone")
    if template is None and personal_number(body):
        raise NotThanked("personal")
    row = {"gift_id": gift.id, "campaign_id": gift.campaign_id, "author_id": by.id}
    made = db.session.execute(insert_first(GiftThanks, "gift_id", "id"), row).scalar_one_or_none()
    thanks = db.session.scalars(
        select(GiftThanks).where(GiftThanks.gift_id == gift.id).with_for_update(of=GiftThanks)
    ).one()
    if made is None and thanks.state != ThanksState.RETURNED:
        raise NotThanked("thanked")
    thanks.author_id, thanks.created_at = by.id, now()
    thanks.template, thanks.body = (template.value, "") if template else ("", body)
    thanks.hidden_marks = None if template else dict(marks or {}) or None
    thanks.state = (ThanksState.SHOWN if template else ThanksState.WAITING).value
    thanks.shown_at = now() if template else None
    return thanks


def text_of(thanks: GiftThanks, language: str) -> str:
    """What is said, in this language where the house says it."""
    if not thanks.template:
        return thanks.body
    with force_locale(language):
        return str(TEMPLATE_WORDS[Template(thanks.template)])


def shown(gift_id: int) -> GiftThanks | None:
    """The thanks that the donor reads on the receipt."""
    return db.session.scalar(
        select(GiftThanks).where(GiftThanks.gift_id == gift_id, GiftThanks.state == ThanksState.SHOWN.value)
    )


def of_gifts(gift_ids: Collection[int]) -> dict[int, GiftThanks]:
    """The thanks of these gifts, in whatever state, by gift."""
    rows = db.session.scalars(select(GiftThanks).where(GiftThanks.gift_id.in_(gift_ids)))
    return {row.gift_id: row for row in rows}


def send_thanks(link: Link, limit: int = 50) -> int:
    """The worker's part: letters of thanks, once they can no longer be taken back. Returns how many were written.

    Does not commit. That a letter was seen to and the letter itself are one transaction.
    """
    written = 0
    for thanks in _untold(limit):
        gift = db.session.get_one(Contribution, thanks.gift_id)
        follower = following.of_gift(gift.id) if gift.refunded_at is None else None
        if follower is not None:
            title = letters.title_in(letters.titles(thanks.campaign_id), follower.language, thanks.campaign)
            text = text_of(thanks, follower.language)
            written += letters.thanks(follower, thanks, text, title, gift.code, link)
        thanks.told_at = now()
    return written


def _untold(limit: int) -> Sequence[GiftThanks]:
    query = select(GiftThanks).where(
        GiftThanks.state == ThanksState.SHOWN.value,
        GiftThanks.told_at.is_(None),
        GiftThanks.shown_at < now() - UNDO_PAUSE,
    )
    query = query.order_by(GiftThanks.shown_at).limit(limit)
    return db.session.scalars(query.with_for_update(of=GiftThanks, skip_locked=True)).all()
