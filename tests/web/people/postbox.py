"""Reading the letters that the house has written, and following the links in them."""

import re

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.identity import login_of
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.queries import person
from campaigns.domain.notices.models import Letter


def letters_to(address: str) -> list[Letter]:
    """Every letter to this address, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.to == address).order_by(Letter.id)))


def link_in(text: str) -> str:
    """The path of the link to choose a password."""
    found = re.search(r"http://localhost(/\S*reset/[\w-]+)", text)
    assert found, text
    return found[1]


def known(login: str) -> User:
    """The person with this e-mail address or mobile number, read anew."""
    db.session.rollback()
    user = person(login_of(login))
    assert user is not None, login
    db.session.refresh(user)
    return user
