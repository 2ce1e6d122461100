"""Words for the desk of partners."""

from flask_babel import lazy_gettext as _l

from campaigns.domain.partners.actions import COPY, SIGNED

PROFILE_LABELS = {
    "waiting": _l("waits for a moderator"),
    "shown": _l("shown"),
    "returned": _l("to be changed"),
    "rejected": _l("rejected"),
    "replaced": _l("replaced"),
}
MISSING = {
    SIGNED: _l("The signed memorandum (PDF) is not attached yet."),
    COPY: _l("The copy for everybody (PDF) is not attached yet."),
    "parties": _l("No partner is chosen yet."),
    "over": _l("Its last day has passed."),
}
REFUSALS = {
    "state": _l("This memorandum is no draft any more: take it back first."),
    "papers": _l("Something is missing still; see above."),
    "over": _l("It has ended already."),
    "reason": _l("Write the reason"),
    "moved": _l("Somebody else was first: look at what has become of it."),
}
