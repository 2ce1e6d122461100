"""What of a row stands in the log: words of our own and numbers as they are, everything people typed as a keyed hash.

Two equal values have equal hashes, so that «changed back to what it was» can be shown and nothing can be read. A log
that only grows must hold nothing that somebody may want erased. A new SECRET_KEY makes new hashes: values hashed
before and after it cannot be compared.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import Column, Table

OPEN = frozenset(
    (
        *("state", "kind", "role", "verb", "before", "after", "verdict", "reason_code", "outcome", "intent"),
        *("slug", "topic", "theme", "motif", "goal_policy", "language", "part", "about", "use", "channel"),
        *("gateway", "environment", "currency", "format", "purpose", "division", "way", "word", "operator"),
        *("title", "lead", "unit_name", "name_fa", "name_en", "label_fa", "label_en", "thing_fa", "thing_en"),
        *("subject_kind", "message_state", "void_reason", "correction", "public_id", "license_number"),
    )
)
"""Columns of words that are ours or public anyway. Every other text is hashed, a new column too."""
PASSED_OVER = frozenset(("id", "search_key", "salt", "form_key", "tries", "lease_until", "next_check_at"))
"""Made from other columns, or of the machinery."""
MARK = "hmac:"


def shown(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of these values that stand in the log, as JSON values."""
    return {
        name: _shown(table.c[name], value)
        for name, value in values.items()
        if name not in PASSED_OVER and name in table.c
    }


def canonical(values: Mapping[str, Any] | None) -> str:
    """The one way these values are written: sorted names, no spaces. Empty for nothing."""
    if not values:
        return ""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def keyed_hash(value: object) -> str:
    """What stands for a private value."""
    data = value if isinstance(value, bytes) else canonical({"": value}).encode()
    key = hashlib.sha256(f"pooyesh.audit.{current_app.config['SECRET_KEY']}".encode()).digest()
    return f"{MARK}{hmac.new(key, data, hashlib.sha256).hexdigest()[:32]}"


def _shown(column: Column[Any], value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if column.foreign_keys or column.name in OPEN:
        return value
    return keyed_hash(value) if value not in ("", [], {}) else ""
