"""The people of the tests. Each is made when a test needs them."""

from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import create_person
from campaigns.domain.accounts.grants import grant_role
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.passwords import hash_password
from campaigns.domain.accounts.permissions import Role

PASSWORD = "fig ladder rain 7"
_HASH = hash_password(PASSWORD)


def person(name: str, *roles: Role, mobile: str | None = None, language: str = "fa", **where: object) -> User:
    """Somebody with an account (`<name>@example.org`, the password above) and these roles; committed."""
    user = create_person(
        name, email=f"{name.casefold()}@example.org", mobile=mobile, password_hash=_HASH, language=language
    )
    for role in roles:
        grant_role(user, role, **where)
    db.session.commit()
    return user


def mina() -> User:
    """Organizes campaigns."""
    return person("Mina", Role.ORGANIZER, mobile="+989123456789")


def reza() -> User:
    """Moderates."""
    return person("Reza", Role.MODERATOR)


def leila() -> User:
    """Administrates."""
    return person("Leila", Role.ADMIN)


def parisa() -> User:
    """Moderates as well: a first campaign needs two people."""
    return person("Parisa", Role.MODERATOR)
