"""The letters of the house, one function each; what they say stands in `templates/mail/`.

None of these commit.

Somebody without an e-mail address gets no letter.
"""

from datetime import datetime, timedelta
from typing import Any

from campaigns.domain.accounts.models import User
from campaigns.domain.notices.actions import withdraw, write

VERDICTS = (
    "campaign_approved",
    "campaign_changes_asked",
    "campaign_rejected",
    "change_rejected",
    "partner_sent_back",
    "appeal_answered",
)
UNDO_PAUSE = timedelta(minutes=10)
"""A decision may be taken back for ten minutes; its letter waits as long."""


def reset_link(user: User, url: str, key: str, minutes: int) -> bool:
    """A link to choose a new password; it works once, for `minutes`. `key`: what makes this link itself."""
    return write(
        f"reset:{key}", user.email, user.language, "reset_link", name=user.name, url=url, minutes=minutes
    )


def invitation(user: User, url: str, key: str, hours: int, *, inviter: str, roles: list[str]) -> bool:
    """Somebody made an account for this person, who chooses a password at `url` within so many hours.

    `roles`: each in a line of the person's language. `key`: what makes this link itself.
    """
    return write(
        f"invite:{key}",
        user.email,
        user.language,
        "invitation",
        name=user.name,
        url=url,
        hours=hours,
        inviter=inviter,
        roles=roles,
    )


def password_changed(user: User, key: str) -> bool:
    """The password is another one now: so that somebody who did not do it hears of it."""
    return write(f"password:{key}", user.email, user.language, "password_changed", name=user.name)


def second_factor_changed(user: User, *, what: str, key: str) -> bool:
    """What somebody signs in with beside the password is another one now. `what`: a sentence in their language."""
    return write(
        f"factor:{key}", user.email, user.language, "second_factor_changed", name=user.name, what=what
    )


def signed_in_elsewhere(user: User, *, browser: str, system: str, at: datetime, key: str) -> bool:
    """Somebody signed in from a family of browser or a network that was not seen before; empty words: unknown."""
    facts: dict[str, Any] = {"name": user.name, "browser": browser, "system": system, "at": at}
    return write(f"signin:{key}", user.email, user.language, "signed_in_elsewhere", **facts)


def campaign_approved(author: User, *, title: str, url: str, key: str) -> bool:
    """`key`: the public id of the decision, so that each is told once; `url`: the campaign on the desk."""
    return _verdict("campaign_approved", author, key, title=title, url=url)


def campaign_changes_asked(author: User, *, title: str, url: str, key: str, reason: str, note: str) -> bool:
    """`reason`: the reason's sentence in the author's language; `note`: what the moderator wrote."""
    return _verdict("campaign_changes_asked", author, key, title=title, url=url, reason=reason, note=note)


def campaign_rejected(author: User, *, title: str, url: str, key: str, reason: str, note: str) -> bool:
    """As `campaign_changes_asked`, but there is nothing to mend."""
    return _verdict("campaign_rejected", author, key, title=title, url=url, reason=reason, note=note)


def change_rejected(author: User, *, title: str, url: str, key: str, reason: str, note: str) -> bool:
    """A change to a public campaign, or news of it, is not published. `title`: the campaign's."""
    return _verdict("change_rejected", author, key, title=title, url=url, reason=reason, note=note)


def partner_sent_back(
    author: User, *, title: str, url: str, key: str, reason: str, note: str, again: bool
) -> bool:
    """A memorandum, or what is said of a partner, is not published. `again`: it may be mended and sent anew."""
    facts = {"title": title, "url": url, "reason": reason, "note": note}
    return _verdict("partner_sent_back", author, key, **facts, again=again)


def appeal_answered(author: User, *, title: str, url: str, key: str, granted: bool, note: str) -> bool:
    """Somebody else has looked: `granted`, and the thing is looked at anew. `note`: why not; empty where granted."""
    return _verdict("appeal_answered", author, key, title=title, url=url, granted=granted, note=note)


def campaign_live(author: User, *, title: str, url: str, key: str) -> bool:
    """The campaign's first day has come; `url` is its public page, `key` its public id."""
    return write(
        f"campaign_live:{key}",
        author.email,
        author.language,
        "campaign_live",
        name=author.name,
        title=title,
        url=url,
    )


def giving_frozen(
    reader: User, *, act: str, title: str, url: str, key: str, reason: str, decides: bool
) -> bool:
    """Giving to a campaign was stopped (`freeze`), goes on (`thaw`) or is over for good (`condemn`).

    `reason` is the public one; `decides`: the reader is one of those who may say what becomes of it. `key`: of the act.
    """
    facts: dict[str, Any] = {"act": act, "title": title, "url": url, "reason": reason, "decides": decides}
    name = f"giving:{key}:{reader.public_id}"
    return write(name, reader.email, reader.language, "giving_frozen", name=reader.name, **facts)


def picture_taken_off(reader: User, *, title: str, url: str, key: str) -> bool:
    """Somebody who is seen in a picture withdrew their consent. `key`: of the picture and the campaign."""
    name = f"picture:{key}:{reader.public_id}"
    return write(
        name, reader.email, reader.language, "picture_taken_off", name=reader.name, title=title, url=url
    )


def take_back_verdict(key: str) -> None:
    """The decision with this public id was taken back: its letter, if it still waits, is never sent."""
    withdraw(*(f"{template}:{key}" for template in VERDICTS))


def _verdict(template: str, author: User, key: str, **values: Any) -> bool:
    return write(
        f"{template}:{key}",
        author.email,
        author.language,
        template,
        pause=UNDO_PAUSE,
        name=author.name,
        **values,
    )
