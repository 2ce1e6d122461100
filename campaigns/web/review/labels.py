"""Words for the things in the queue and for why a decision was not taken."""

from flask_babel import lazy_gettext as _l

KIND_LABELS = {
    "campaign": _l("Campaign"),
    "edit": _l("Edit of a live page"),
    "update": _l("Update"),
    "message": _l("Message of a supporter"),
}
REFUSALS = {
    "own": _l("You cannot decide on your own work, and only take back your own decisions."),
    "decided": _l("Somebody has decided this meanwhile. Their decision stands below."),
    "twice": _l("You have approved this already; a first campaign needs a second person."),
    "reason": _l("Choose a reason and write to the author what to change."),
    "late": _l("Ten minutes have passed; this decision can no longer be taken back."),
    "verdict": _l("Choose what you have decided."),
}
FIELD_LABELS = {
    "slug": _l("Address"),
    "title": _l("Title"),
    "lead": _l("Lead"),
    "provinces": _l("Provinces"),
    "counties": _l("Counties"),
    "topic": _l("Topic"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "contact_name": _l("Contact person"),
    "contact_phone": _l("Contact phone"),
    "unit_name": _l("Unit"),
    "unit_count": _l("How many"),
    "costs": _l("What one unit costs"),
    "presets": _l("Suggested amounts"),
    "intents": _l("Intents"),
    "minimum_rials": _l("Smallest gift"),
    "covers_overhead": _l("Running costs paid by the organization"),
    "goal_policy": _l("When the goal is reached"),
    "sibling": _l("Sister campaign"),
    "surplus_rule": _l("What happens to a surplus"),
    "story": _l("Story"),
    "theme": _l("Theme"),
    "motif": _l("Motif"),
    "fa": _l("Questions in Persian"),
    "en": _l("Questions in English"),
}
