"""Files for our own eyes: in a folder nobody serves, on the disk before the row that names them is."""

import os
from pathlib import Path


def write_private(path: Path, data: bytes) -> None:
    """Writes a new file. Raises `FileExistsError` where there is one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_private(path: Path) -> bytes | None:
    """What was kept; None where the file is gone."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
