"""The letters about a shift, to those who left an address. None of these commit; each is written once."""

from collections.abc import Callable
from typing import Any

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import CampaignText
from campaigns.domain.notices.actions import write
from campaigns.domain.volunteers.shift_models import Signup
from campaigns.domain.volunteers.wordings import NOTHING, shown_words

Link = Callable[..., str]


def asked(signup: Signup, link: Link) -> bool:
    """What was signed up for, and where to see and change it."""
    return _write(signup, "shift_asked", "asked", link, is_waiting=signup.state == "waiting")


def moved_up(signup: Signup, link: Link) -> bool:
    """Somebody gave a place back: it is this person's now."""
    return _write(signup, "shift_moved_up", "up", link)


def called_off(signup: Signup, link: Link) -> bool:
    """The campaign has called the shift off."""
    return _write(signup, "shift_called_off", "off", link)


def reminder(signup: Signup, link: Link) -> bool:
    """The shift is near."""
    return _write(signup, "shift_reminder", "reminder", link)


def _write(signup: Signup, template: str, key: str, link: Link, **values: Any) -> bool:
    if not signup.email:
        return False
    shift, language = signup.shift, signup.language
    words = shown_words([shift.role_id], language).get(shift.role_id, NOTHING)
    return write(
        f"shift:{signup.public_id}:{key}",
        signup.email,
        language,
        template,
        role=words.name,
        place=words.place,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        title=_title(shift.role.campaign_id, language),
        status_url=link(language, "shifts.status.show", code=signup.code),
        cancel_url=link(language, "shifts.status.leave", code=signup.code, public_id=signup.public_id),
        **values,
    )


def _title(campaign_id: int, language: str) -> str:
    for code in (language, "fa"):
        text = db.session.get(CampaignText, (campaign_id, code))
        if text is not None and text.title:
            return text.title
    return ""
