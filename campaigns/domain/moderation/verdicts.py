"""What a moderator may say, and why."""

from datetime import timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Verdict(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    UNDO = "undo"


class Reason(StrEnum):
    EVIDENCE = "evidence"
    PRIVACY = "privacy"
    NUMBERS = "numbers"
    PRESSURE = "pressure"
    DUPLICATE = "duplicate"
    MISSION = "mission"
    LANGUAGE = "language"


VERDICT_LABELS = {
    Verdict.APPROVE: _l("Approved"),
    Verdict.RETURN: _l("Changes asked for"),
    Verdict.REJECT: _l("Rejected"),
    Verdict.UNDO: _l("Taken back"),
}
REASON_LABELS = {
    Reason.EVIDENCE: _l("Evidence is missing"),
    Reason.PRIVACY: _l("Somebody's privacy"),
    Reason.NUMBERS: _l("A figure without a source"),
    Reason.PRESSURE: _l("Emotional pressure"),
    Reason.DUPLICATE: _l("Already there"),
    Reason.MISSION: _l("Outside our mission"),
    Reason.LANGUAGE: _l("Wording"),
}
REASON_LETTERS = {
    Reason.EVIDENCE: _l("Please attach or name the document that shows this, so that everyone can trust it."),
    Reason.PRIVACY: _l("Please take out whatever could tell a reader who the helped family is."),
    Reason.NUMBERS: _l("Please write where this figure comes from, or leave it out."),
    Reason.PRESSURE: _l("Please say it calmly: our campaigns neither hurry people nor shame them."),
    Reason.DUPLICATE: _l("This already stands elsewhere; please build on that one."),
    Reason.MISSION: _l("This does not belong to what our campaigns are for."),
    Reason.LANGUAGE: _l("Please read the wording once more; a few sentences are hard to follow."),
}

UNDO_WITHIN = timedelta(minutes=10)
"""How long a decision may be taken back by the person who made it."""
