"""What is held about somebody as one file: a ZIP with a JSON file that people and programs can read."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from campaigns.base.clock import now


def bundle(held: dict[str, Any]) -> bytes:
    said = {"made_at": now().isoformat(timespec="seconds"), "held": held}
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True))
    return file.getvalue()
