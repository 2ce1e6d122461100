"""Rows as plain values, for the file that says what is held about somebody."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import inspect

from campaigns.base.extensions import Model

SECRET = frozenset(
    (
        *("id", "password_hash", "search_key", "form_key", "salt", "sealed", "id_hash", "secret_hash"),
        *("lease_until", "next_check_at", "redirect_url", "redirect_fields", "code_hash", "tries"),
    )
)
"""Row numbers, keys and hashes: of no use to a person, and the keys would open things."""


def facts(rows: Iterable[Model]) -> dict[str, Any]:
    """By table, the columns of these rows, as JSON values. Empty ones are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        mapper = inspect(row).mapper
        columns = {attribute.key: getattr(row, attribute.key) for attribute in mapper.column_attrs}
        kept = {
            name: _said(value)
            for name, value in columns.items()
            if not _is_hidden(name) and value not in (None, "", {}, b"")
        }
        found.setdefault(str(mapper.local_table), []).append(kept)
    return found


def _is_hidden(name: str) -> bool:
    return name in SECRET or (name.endswith("_id") and name != "public_id")


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value
