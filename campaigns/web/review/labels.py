"""Words for the things in the queue and for why a decision was not taken."""

from flask_babel import lazy_gettext as _l

KIND_LABELS = {
    "campaign": _l("Campaign"),
    "edit": _l("Edit of a live page"),
    "update": _l("Update"),
    "message": _l("Message of a supporter"),
    "need": _l("Needs in goods"),
    "delivery": _l("What was delivered"),
    "report": _l("Final report"),
    "partner": _l("What is said of a partner"),
    "memorandum": _l("Memorandum"),
    "role": _l("Volunteer role"),
    "shop": _l("Shop for goods"),
    "letter": _l("Message to supporters"),
    "thanks": _l("Thanks to a donor"),
}
REFUSALS = {
    "own": _l("You cannot decide on your own work, and only take back your own decisions."),
    "decided": _l("Somebody has decided this meanwhile. Their decision stands below."),
    "twice": _l("You have approved this already; a first campaign needs a second person."),
    "late": _l("Ten minutes have passed; this decision can no longer be taken back."),
    "address": _l("Another campaign has taken this address meanwhile; ask the author for another one."),
    "over": _l("The last day of this campaign has passed; ask the author for another one."),
    "promised": _l(
        "More has been promised or has come meanwhile than this would ask for; ask the author to look at it."
    ),
    "expired": _l("The last day has passed; ask the author for another one."),
    "verdict": _l("Choose what you have decided."),
}
MISSING = {"reason": _l("Choose a reason"), "note": _l("Write to the author what to change")}
