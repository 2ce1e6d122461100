"""The sentences an author reads for each reason, in both languages: an administrator writes them anew."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from campaigns.base.digits import grouped
from campaigns.base.extensions import csrf, db
from campaigns.base.languages import LANGUAGES
from campaigns.base.text import clean
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.moderation.reasons import texts_in, versions, write
from campaigns.domain.moderation.verdicts import REASON_LABELS, Reason
from campaigns.web.guards import must, needs
from campaigns.web.locale import language

page = Blueprint("reasons", __name__)
LONGEST = 500


@page.get("/reasons")
@needs(Permission.MANAGE_PEOPLE)
def show() -> ResponseReturnValue:
    must(Permission.MANAGE_PEOPLE)
    return _page(_present(), [])


@page.post("/reasons")
@needs(Permission.MANAGE_PEOPLE)
def save() -> ResponseReturnValue:
    """Every text that differs becomes a new version; an empty or too long one is none."""
    must(Permission.MANAGE_PEOPLE)
    csrf.protect()
    typed = {key: clean(request.form.get(_name(*key), text)) for key, text in _present().items()}
    wrong = [key for key, text in typed.items() if not text or len(text) > LONGEST]
    if wrong:
        return _page(typed, wrong), 422
    done = sum(
        write(Reason(code), spoken, text, current_user) is not None for (code, spoken), text in typed.items()
    )
    db.session.commit()
    number = grouped(done, language().code)
    flash(ngettext("%(n)s text is new.", "%(n)s texts are new.", done, n=number), "ok")
    return redirect(url_for("review.reasons.show"), 303)


def _present() -> dict[tuple[str, str], str]:
    return {(code.value, spoken): text for spoken in LANGUAGES for code, text in texts_in(spoken).items()}


def _name(code: str, spoken: str) -> str:
    return f"{code}-{spoken}"


def _page(texts: dict[tuple[str, str], str], wrong: list[tuple[str, str]]) -> str:
    sentence = _("Write the sentence, in at most %(n)s characters", n=grouped(LONGEST, language().code))
    return render_template(
        "review/reasons.html",
        texts=texts,
        labels=REASON_LABELS,
        wrong=[_name(*key) for key in wrong],
        problems=[(_name(*key), sentence) for key in wrong],
        sentence=sentence,
        versions=versions(),
        spoken=LANGUAGES,
    )
