"""The letter after each change of a second factor: so that somebody who did not do it hears of it."""

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from campaigns.base.tokens import hash_secret, new_secret
from campaigns.domain.accounts.models import User
from campaigns.domain.notices import letters

SENTENCES = {
    "app": _l("An app that makes codes was set up."),
    "no_app": _l("The app that makes codes was removed."),
    "passkey": _l("A passkey was added."),
    "no_key": _l("A passkey was removed."),
    "codes": _l("New recovery codes were written; the ones before no longer work."),
}


def tell(user: User, what: str) -> None:
    """In the person's own language. Does not commit."""
    with force_locale(user.language):
        sentence = str(SENTENCES[what])
    letters.second_factor_changed(user, what=sentence, key=hash_secret(new_secret()))
