"""What people type to say who they are: an e-mail address or a mobile number, in one form each."""

import re
import unicodedata
from dataclasses import dataclass

from campaigns.base.phone import parse_mobile
from campaigns.base.text import clean

MAX_EMAIL = 254
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]{2,}")


@dataclass(frozen=True)
class Login:
    """At most one of `email` and `mobile`; `other` keeps what was neither, so that it can be counted."""

    email: str | None = None
    mobile: str | None = None
    other: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.mobile)


def login_of(typed: str) -> Login:
    """Reads what was typed into the first field of the sign-in form."""
    if "@" in typed or "＠" in typed:
        address = email_of(typed)
        return Login(email=address) if address else Login(other=typed[:MAX_EMAIL])
    number = parse_mobile(typed)
    return Login(mobile=number) if number else Login(other=typed[:MAX_EMAIL])


def email_of(typed: str) -> str | None:
    """The address in the form it is kept in: NFKC, casefolded, nothing invisible. None: not an address.

    One form for all spellings, so that nobody can register a twin of somebody else's address.
    """
    address = unicodedata.normalize("NFKC", clean(typed)).casefold()
    address = "".join(char for char in address if unicodedata.category(char) not in {"Cf", "Cc"}).strip()
    return address if len(address) <= MAX_EMAIL and _EMAIL.fullmatch(address) else None
