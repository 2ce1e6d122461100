"""Recovery codes: ten on a sheet of paper, each works once. 80 random bits, so a plain hash keeps them."""

import secrets

from sqlalchemy import delete, func, select, update

from campaigns.base.clock import now
from campaigns.base.codes import ALPHABET
from campaigns.base.digits import to_ascii
from campaigns.base.extensions import db
from campaigns.base.tokens import hash_secret
from campaigns.domain.accounts.models import User
from campaigns.domain.factors.errors import WrongCode
from campaigns.domain.factors.models import RecoveryCode

HOW_MANY = 10
LENGTH = 16
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def write_anew(user: User) -> list[str]:
    """Ten fresh codes, to be shown once; those before no longer work. Does not commit."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=_kept(user.id, code)) for code in codes)
    db.session.flush()
    return codes


def looks_like_one(typed: str) -> bool:
    """Whether it is as long as a code on paper; a code of an app is much shorter."""
    return len(_bare(typed)) == LENGTH


def accept(user_id: int, typed: str) -> None:
    """Uses the code up; of two uses at once one wins. Raises `WrongCode`. Does not commit."""
    used = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user_id,
            RecoveryCode.code_hash == _kept(user_id, _bare(typed)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise WrongCode


def left(user_id: int) -> int:
    """How many codes still work."""
    rows = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(rows) or 0


def _bare(typed: str) -> str:
    """The symbols alone, whatever stands between them, in whatever case and digits."""
    symbols = "".join(char for char in to_ascii(typed[:100]) if char.isascii() and char.isalnum())
    return symbols.upper().translate(_LOOKALIKES)


def _kept(user_id: int, code: str) -> str:
    return hash_secret(f"recovery:{user_id}:{code}")
