"""Writing letters into the outbox, in the transaction that causes them. Does not commit."""

from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import delete

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.base.texts import LONGEST, length
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
    facts = {"subject": subject, "body": body, "unsubscribe_url": unsubscribe_url}
    return _insert(dedupe_key, to, language, pause, **facts)


def write_text(
    dedupe_key: str, to: str | None, language: str, template: str, title: str, **values: Any
) -> bool:
    """The text message `templates/text/<template>.txt` to the mobile number `to`; `title` is shortened until all of it
    goes into two messages. False as in `write`. Does not commit.
    """
    if not to:
        return False
    body = _short(template, language, title, values)
    return _insert(dedupe_key, to, language, subject="", body=body)


def _insert(
    dedupe_key: str, to: str, language: str, pause: timedelta = timedelta(), **facts: str | None
) -> bool:
    moment = now()
    row = insert(Letter).values(
        dedupe_key=dedupe_key,
        to=to,
        language=language,
        tries=0,
        created_at=moment,
        next_try_at=moment + pause,
        **facts,
    )
    once = row.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(Letter.id)
    return db.session.scalar(once) is not None


def _short(template: str, language: str, title: str, values: dict[str, Any]) -> str:
    body = _text(template, language, title, values)
    over = length(body) - LONGEST
    if over <= 0:
        return body
    kept = title[: max(len(title) - over - 1, 0)].rstrip()
    return _text(template, language, f"{kept}…", values)


def _text(template: str, language: str, title: str, values: dict[str, Any]) -> str:
    with force_locale(language):
        page = current_app.jinja_env.get_template(f"text/{template}.txt")
        return " ".join(page.render(language=language, title=title, **values).split())


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
