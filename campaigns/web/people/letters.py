"""The letter that brings somebody in, and the address in it."""

from flask import current_app, flash
from flask_babel import force_locale
from flask_babel import gettext as _

from campaigns.base.languages import LANGUAGES
from campaigns.base.tokens import hash_secret
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.resets import INVITED_HOURS
from campaigns.domain.notices import letters
from campaigns.web.people.words import Names
from campaigns.web.render import absolute


def write_invitation(user: User, secret: str, inviter: str) -> None:
    """In the person's language, with their roles. Does not commit."""
    grants = grants_of(user.id)
    with force_locale(user.language):
        names = Names(grants)
        roles = [f"{held.label} – {held.where}" for held in map(names.held, grants)]
    key, url = hash_secret(secret), address_of(user, secret)
    letters.invitation(user, url, key, INVITED_HOURS, inviter=inviter, roles=roles)


def say_how(user: User) -> None:
    """Tells the administrator how the person hears of it."""
    if user.email:
        flash(_("The invitation is on its way to %(address)s.", address=user.email), "ok")
    else:
        flash(_("No letter can reach this person. Make a link below and hand it over yourself."), "warn")


def address_of(user: User, secret: str) -> str:
    """The full address of a link, on the pages of the person's own language."""
    path = current_app.url_map.bind("").build("account.reset.choose", {"secret": secret})
    prefix = LANGUAGES[user.language].prefix
    return absolute(f"/{prefix}{path}" if prefix else path)
