"""Pictures of campaigns that have been drawn, kept by what they show: a folder for each campaign, a file for each."""

import os
import re
from dataclasses import astuple
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from campaigns.web.picture import Words

FOLDER = "shareimages"
OF_PORTAL = "portal"
"""Stands in the place of a campaign's public id, which is longer."""
EDITION = 1
"""Of the drawing: whoever changes how pictures look writes the next number, and every picture has another address."""
STAY = 12
"""So many of each campaign stay however old they are: its present ones in every language are among them."""
_KEY = re.compile(r"[0-9a-f]{24}")


def key_of(words: Words) -> str:
    """Names everything that is printed: the same words always have the same key, other words another."""
    return sha256(repr((EDITION, *astuple(words))).encode()).hexdigest()[:24]


def kept(data_dir: Path, campaign: str, key: str) -> bytes | None:
    """A picture of this campaign (its public id); None where it was not drawn or is forgotten."""
    if not _KEY.fullmatch(key):
        return None
    try:
        return _path(data_dir, campaign, key).read_bytes()
    except FileNotFoundError:
        return None


def freshen(data_dir: Path, campaign: str, key: str) -> bool:
    """Whether it is kept; if so it is the newest from now on."""
    try:
        os.utime(_path(data_dir, campaign, key))
    except FileNotFoundError:
        return False
    return True


def keep(data_dir: Path, campaign: str, key: str, data: bytes) -> None:
    """Nobody ever reads half of it, and two who write the same at once do no harm."""
    path = _path(data_dir, campaign, key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{uuid4().hex}.part")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def forget_before(data_dir: Path, moment: datetime) -> int:
    """Removes what is older than this and not among the newest of its campaign. Returns how many files went."""
    gone = 0
    for folder in (data_dir / FOLDER).glob("*"):
        files = sorted(((path.stat().st_mtime, path) for path in folder.iterdir()), reverse=True)
        for changed, path in files[STAY:]:
            if changed < moment.timestamp():
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _path(data_dir: Path, campaign: str, key: str) -> Path:
    return data_dir / FOLDER / campaign / f"{key}.png"
