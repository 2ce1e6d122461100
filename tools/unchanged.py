"""Whether a database is as `tools.prepare` left it: then a start need not load the whole app to find nothing to do.

Only for a database that is an SQLite file: of a server we would have to ask as much as preparing does.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from campaigns.config import ROOT, Settings

NOTE = "prepared.json"
TREES = ("campaigns", "migrations", "tools")
"""Whatever changes there may change what preparing does."""


def remember(settings: Settings, logins: str) -> None:
    """Notes beside the database how it was left, and who may sign in."""
    note = {"state": _state(settings), "logins": logins}
    if note["state"] is not None:
        (settings.data_dir / NOTE).write_text(json.dumps(note), encoding="utf-8")


def logins_of_last_time(settings: Settings) -> str | None:
    """Who may sign in, when database and code are as they were; else None: prepare it."""
    try:
        note = json.loads((settings.data_dir / NOTE).read_text(encoding="utf-8"))
        state = _state(settings)
        return str(note["logins"]) if state is not None and note["state"] == state else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _state(settings: Settings) -> str | None:
    """A fingerprint of the code, of which file the database is, and of its migration."""
    scheme, _, name = settings.database_url.partition(":///")
    file = Path(name)
    if scheme != "sqlite" or not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            at = database.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error:
        return None
    facts = [str(file), str(file.stat().st_ino), repr(at), *_code()]
    return sha256("\n".join(facts).encode()).hexdigest()


def _code() -> Iterator[str]:
    for tree in TREES:
        for path in sorted((ROOT / tree).rglob("*.py")):
            found = path.stat()
            yield f"{path} {found.st_size} {found.st_mtime_ns}"
