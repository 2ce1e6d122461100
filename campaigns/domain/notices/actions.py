"""Writing letters into the outbox, in the transaction that causes them. Does not commit."""

from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import delete

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.notices.models import Letter

LONGEST_SUBJECT = 200


def write(
    dedupe_key: str,
    to: str | None,
    language: str,
    template: str,
    *,
    pause: timedelta = timedelta(),
    unsubscribe_url: str | None = None,
    **values: Any,
) -> bool:
    """Writes the letter `templates/mail/<template>.txt` in the reader's language.

    The first line of the template is the subject, the rest the body. False when nothing was written: a letter
    with this `dedupe_key` is there already, or there is no address (`to`) to write to. It is due after `pause`.
    `unsubscribe_url`: where mail programs send a POST when their reader wants no more of these.
    Does not commit.
    """
    if not to:
        return False
    subject, body = render(template, language, values)
    moment = now()
    row = insert(Letter).values(
        dedupe_key=dedupe_key,
        to=to,
        language=language,
        subject=subject,
        body=body,
        unsubscribe_url=unsubscribe_url,
        tries=0,
        created_at=moment,
        next_try_at=moment + pause,
    )
    once = row.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(Letter.id)
    return db.session.scalar(once) is not None


def withdraw(*dedupe_keys: str) -> None:
    """Takes back letters that nobody has sent yet. Does not commit."""
    db.session.execute(
        delete(Letter).where(Letter.dedupe_key.in_(dedupe_keys), Letter.sent_at.is_(None), Letter.tries == 0)
    )


def render(template: str, language: str, values: dict[str, Any]) -> tuple[str, str]:
    """Subject and body of a letter in one language, whatever the language of the page being answered."""
    with force_locale(language):
        page = current_app.jinja_env.get_template(f"mail/{template}.txt")
        text = page.render(language=language, site_url=current_app.config["SETTINGS"].site_url, **values)
    subject, _line, body = text.strip().partition("\n")
    return " ".join(subject.split())[:LONGEST_SUBJECT], body.strip() + "\n"
