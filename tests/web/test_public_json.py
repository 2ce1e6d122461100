"""What everybody may read as JSON: the names in `tests/web/public_json.txt` and no others (`make matrix` renews it)."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.house.walk import House

AN_ID = re.compile(r"^[\w-]{22}$")
"""Names that are public ids stand as a star."""
FILE = Path(__file__).with_name("public_json.txt")


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


def names(value: Any, path: str = "") -> set[str]:
    """Every name in it, with the names above it; lists count as one."""
    if isinstance(value, list):
        return set().union(*(names(item, path) for item in value)) if value else set()
    if not isinstance(value, dict):
        return {path}
    inside = ((AN_ID.sub("*", name), inner) for name, inner in value.items())
    return set().union(*(names(inner, f"{path}.{name}" if path else name) for name, inner in inside))


def test_what_everybody_may_read_as_json_has_these_names_and_no_others(app: Flask, house: House) -> None:
    client, found = app.test_client(), {}
    for path, policy, rule in house.pages():
        asked = f"{path}?url=http://localhost/c/{house.campaign.slug}" if "oembed" in rule.endpoint else path
        answer = client.get(asked) if policy.sessionless else None
        if answer is not None and answer.status_code == 200 and answer.is_json:
            found[rule.endpoint] = " ".join(sorted(names(answer.get_json())))
    lines = [f"{endpoint}: {found[endpoint]}" for endpoint in sorted(found)]
    if os.environ.get("RENEW"):
        FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == FILE.read_text(encoding="utf-8").splitlines(), (
        "who adds a name says: everybody may know it"
    )
