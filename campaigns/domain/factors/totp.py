"""Codes that an app on the phone makes (RFC 6238: six digits, thirty seconds, SHA-1 as every app knows it).

A code counts in its own thirty seconds and in those before and after, and once only.
"""

import pyotp
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.digits import to_ascii
from campaigns.base.extensions import db
from campaigns.base.sealing import SealBroken, reseal, seal, unseal
from campaigns.domain.accounts.models import User
from campaigns.domain.factors.errors import WrongCode
from campaigns.domain.factors.models import AuthenticatorApp

WINDOW = 1
"""How many steps a phone's clock may be off."""
PURPOSE = "authenticator"


def new_secret() -> str:
    """160 random bits in base32, as apps read them."""
    return pyotp.random_base32()


def address(secret: str, user: User, issuer: str) -> str:
    """The `otpauth:` address an app reads from the QR code."""
    name = user.email or user.mobile or user.public_id
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def step_of(secret: str, typed: str) -> int:
    """The step whose code this is, within the window. Raises `WrongCode`."""
    code = "".join(char for char in to_ascii(typed) if char.isascii() and char.isalnum())
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=now(), valid_window=WINDOW)
    except OTPVerificationError:
        raise WrongCode from None


def keep(user: User, secret: str, typed: str) -> None:
    """The person's app from now on, in place of one before, if it has shown a right code.

    Raises `WrongCode`. Does not commit.
    """
    step = step_of(secret, typed)
    app = db.session.get(AuthenticatorApp, user.id)
    if app is None:
        app = AuthenticatorApp(user_id=user.id)
        db.session.add(app)
    app.sealed, app.last_step, app.created_at = seal(PURPOSE, secret), step, now()
    db.session.flush()


def accept(user_id: int, typed: str) -> None:
    """Uses the code up. Of two uses at once one wins; older codes than the last one are refused.

    Raises `WrongCode`. Does not commit.
    """
    app = db.session.get(AuthenticatorApp, user_id)
    if app is None:
        raise WrongCode
    try:
        step = step_of(unseal(PURPOSE, app.sealed), typed)
    except SealBroken:
        raise WrongCode from None
    used = db.session.execute(
        update(AuthenticatorApp)
        .where(AuthenticatorApp.user_id == user_id, AuthenticatorApp.last_step < step)
        .values(last_step=step)
        .execution_options(synchronize_session=False)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise WrongCode


def reseal_all() -> None:
    """Brings every secret to the newest key. Does not commit."""
    for app in db.session.scalars(select(AuthenticatorApp)):
        fresh = reseal(PURPOSE, app.sealed)
        if fresh is not None:
            app.sealed = fresh
