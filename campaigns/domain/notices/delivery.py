"""Sending what is due, for the worker. Written down, committed, then sent: no transaction is open meanwhile.

Mails go over SMTP, text messages over the provider's plug; where one of the two is missing, its letters wait. A letter
is leased by one conditional update, so of many workers one sends it. A worker that dies while sending leaves a lease
that runs out: the letter goes again, under the same Message-ID or reference.
"""

from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, or_, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.mail import Mail, MailError, MailSettings, send
from campaigns.base.texts import Sender, Text, TextError
from campaigns.domain.notices.models import Letter
from campaigns.domain.notices.queries import MOST_TRIES

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)

_IS_TEXT = Letter.to.not_like("%@%")

log = structlog.get_logger("notices")


def send_due(settings: MailSettings, sender: Sender | None = None, limit: int = 20) -> int:
    """Sends at most `limit` letters whose turn it is. Returns how many went out.

    Commits on its own, once before and once after each letter. Without a mail server no mail is touched, without a
    `sender` no text message.
    """
    ways = [*([~_IS_TEXT] if settings.smtp_url else []), *([_IS_TEXT] if sender else [])]
    if not ways:
        return 0
    due = db.session.scalars(
        select(Letter.id).where(*_is_due(), or_(*ways)).order_by(Letter.next_try_at, Letter.id).limit(limit)
    ).all()
    db.session.commit()
    return sum(_deliver(letter_id, settings, sender) for letter_id in due)


def _deliver(letter_id: int, settings: MailSettings, sender: Sender | None) -> bool:
    leased = _lease(letter_id)
    if leased is None:
        return False
    try:
        if isinstance(leased, Mail):
            send(leased, settings)
        elif sender is not None:
            sender.send(leased)
    except (MailError, TextError) as error:
        _put_off(letter_id, error)
        return False
    _change(letter_id, sent_at=now(), lease_until=None)
    return True


def _lease(letter_id: int) -> Mail | Text | None:
    """The letter, if nobody else holds it. Commits."""
    taken = db.session.execute(
        update(Letter)
        .where(Letter.id == letter_id, *_is_due())
        .values(lease_until=now() + LEASE, tries=Letter.tries + 1)
    )
    held = None
    if taken.rowcount == 1:  # type: ignore[attr-defined]
        held = _to_send(db.session.get_one(Letter, letter_id))
    db.session.commit()
    return held


def _to_send(letter: Letter) -> Mail | Text:
    if (
        letter.is_text
    ):  # the moment keeps apart what two sites of one provider, or a site made anew, would call alike
        return Text(letter.to, letter.body.strip(), f"{letter.id}-{letter.created_at.timestamp():.0f}")
    return Mail(
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
        language=letter.language,
        message_id=f"letter-{letter.id}",
        written_at=letter.created_at,
        unsubscribe_url=letter.unsubscribe_url or "",
    )


def _put_off(letter_id: int, error: MailError | TextError) -> None:
    letter = db.session.get_one(Letter, letter_id)
    pause = min(FIRST_PAUSE * 4 ** (letter.tries - 1), LONGEST_PAUSE)
    gave_up = letter.tries >= MOST_TRIES
    (log.error if gave_up else log.warning)(
        "letter_given_up" if gave_up else "letter_put_off",
        letter=letter_id,
        tries=letter.tries,
        why=str(error),
    )
    _change(letter_id, next_try_at=now() + pause, lease_until=None)


def _change(letter_id: int, **values: object) -> None:
    db.session.execute(update(Letter).where(Letter.id == letter_id).values(**values))
    db.session.commit()


def _is_due() -> tuple[ColumnElement[bool], ...]:
    moment = now()
    return (
        Letter.sent_at.is_(None),
        Letter.next_try_at <= moment,
        Letter.tries < MOST_TRIES,
        or_(Letter.lease_until.is_(None), Letter.lease_until < moment),
    )
