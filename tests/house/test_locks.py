"""Lock files pin every package by hash, and leave it to each machine where packages come from."""

import json
import re

import pytest

from tests.house.source import ROOT

KINDS = ("requirements", "requirements-build", "requirements-node", "requirements-dev")
ADDRESS = re.compile(
    r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host|^-i\b|_authToken", re.M
)
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[.*\])?==(?P<version>[^\s;\\]+)", re.M)


def pins(kind: str) -> dict[str, str]:
    text = (ROOT / f"{kind}.txt").read_text()
    return {found["name"]: found["version"] for found in PINNED.finditer(text)}


def asked(kind: str) -> set[str]:
    """The names a person wrote down."""
    lines = (ROOT / f"{kind}.in").read_text().splitlines()
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if line and not line.startswith(("-", "#")))
    return {re.sub(r"[._]", "-", name[0].lower()) for name in names if name}


@pytest.mark.parametrize("kind", KINDS)
def test_every_package_is_pinned_by_hash(kind: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / f"{kind}.txt").read_text().strip())
    for entry in entries:
        assert PINNED.match(entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]
    assert asked(kind) <= set(pins(kind)), "run `make lock`"


def test_the_locks_agree_with_each_other() -> None:
    development = pins("requirements-dev")
    for kind in ("requirements", "requirements-build"):
        different = {name for name, version in pins(kind).items() if development.get(name) != version}
        assert not different, "run `make lock`"


def test_no_lock_names_a_registry() -> None:
    names = [*(f"{kind}{ending}" for kind in KINDS for ending in (".txt", ".in"))]
    for name in (*names, "package.json", "package-lock.json", ".npmrc", "pyproject.toml", "Makefile"):
        assert not ADDRESS.search((ROOT / name).read_text()), name


def test_browser_packages_are_pinned_by_hash() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for place, package in locked.items():
        assert "resolved" not in package, place
        assert not place or package["integrity"].startswith("sha512-"), place
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert locked[f"node_modules/{name}"]["version"] == version
