"""Words about being forgotten, for givers, people with an account and administrators."""

from flask_babel import lazy_gettext as _l

STATES = {
    "waiting": _l("A colleague will read your request and decide within a few days."),
    "done": _l("Your data were erased."),
    "refused": _l("Your data were not erased."),
}
KEEPING = (
    _l(
        "Amount, day, intent and campaign of each gift, and its line in the open book: accounts have to be kept."
    ),
    _l(
        "What the bank says of a payment, with the masked number of the card or the slip of a transfer: "
        "it proves the accounts."
    ),
    _l("What colleagues decided and when. Whoever is erased stands there without a name."),
    _l("In the log of acts, fingerprints that nobody can read."),
)
"""What is kept of everybody, and why."""
WHY_NOT = {
    "mandate": _l(
        "A monthly gift still takes money in this name. Stop it first, with the link in its letters."
    ),
    "pledge": _l("These goods are still waited for. Cancel the promise first, on its page."),
    "last": _l("Nobody else could administrate the whole country then. Make another administrator first."),
    "own": _l("This is your own request; another administrator decides."),
    "decided": _l("Somebody has decided this meanwhile."),
}
