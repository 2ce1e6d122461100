"""A code that somebody typed: of their app, or one from the paper with recovery codes."""

from campaigns.domain.factors import recovery, totp


def accept(user_id: int, typed: str) -> bool:
    """Uses the code up; whether it was one from paper. Raises `WrongCode`. Does not commit."""
    is_paper = recovery.looks_like_one(typed)
    (recovery if is_paper else totp).accept(user_id, typed)
    return is_paper
