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
    "appeal": _l("Appeal"),
    "problem": _l("Reported problem"),
    "letter": _l("Message to supporters"),
    "thanks": _l("Thanks to a donor"),
}
REFUSALS = {
    "own": _l("You cannot decide on your own work, and only take back your own decisions."),
    "decided": _l("Somebody has decided this meanwhile. Their decision stands below."),
    "gone": _l("Its author has taken it back or sent something newer meanwhile."),
    "changed": _l("It has changed since you read it. Read it once more, then decide."),
    "held": _l("Somebody else took it on meanwhile and decides."),
    "appealed": _l("An appeal against your decision was granted; somebody else looks at it anew."),
    "own_appeal": _l("This is against your own decision; another person answers."),
    "moved": _l("What the appeal is about has moved on since; there is nothing to look at anew."),
    "appeal": _l("This is an appeal: another person decides than the one who closed it before."),
    "twice": _l("You have approved this already; it needs a second person."),
    "late": _l("Ten minutes have passed; this decision can no longer be taken back."),
    "address": _l("Another campaign has taken this address meanwhile; ask the author for another one."),
    "over": _l("The last day of this campaign has passed; ask the author for another one."),
    "promised": _l(
        "More has been promised or has come meanwhile than this would ask for; ask the author to look at it."
    ),
    "expired": _l("The last day has passed; ask the author for another one."),
    "verdict": _l("Choose what you have decided."),
}
MISSING = {
    "reason": _l("Choose a reason"),
    "note": _l("Write to the author what to change"),
    "body": _l("Write the note"),
}
CONFLICTS = {why: REFUSALS[why] for why in ("decided", "gone", "changed", "held")}
"""Why a decision met another one: both are shown, and neither overwrites the other."""
SERVICE_NAMES = {
    "crisis": _l("Crisis"),
    "edit": _l("Changes and news"),
    "campaign": _l("Campaigns, memoranda and reports"),
    "message": _l("Messages"),
    "problem": _l("Reported problems"),
}
SERVICE_LABELS = {
    "crisis": _l("Crisis: two working hours"),
    "problem": _l("Reported problems: two working hours"),
    "edit": _l("Changes and news: one working day"),
    "campaign": _l("Campaigns, memoranda and reports: three working days"),
    "message": _l("Messages: three working days"),
}
HINT_LABELS = {
    "phone": _l("a telephone number"),
    "card": _l("a card or account number"),
    "link": _l("a link or an address"),
    "hidden": _l("hidden characters removed"),
    "goal": _l("the goal moves far"),
    "copied": _l("words of another campaign"),
    "picture": _l("a picture that was shown before"),
}
