"""The counties of each province by name, from npm `iran-cities` (MIT), for `flask regions seed`.

It is a start: the list is of 1394. Staff edit the table, and `flask regions import` completes it.
"""

import csv
from pathlib import Path

from campaigns.base.search import fold
from campaigns.base.text import clean
from campaigns.domain.regions.provinces import PROVINCES

SOURCE = Path("iran-cities") / "csv"


def by_province(folder: Path) -> dict[str, list[str]]:
    """Persian names of counties by province code. Raises `KeyError` for a province we do not know."""
    codes = {_key(facts.name_fa): facts.code for facts in PROVINCES}
    provinces = {number: codes[_key(name)] for number, name in _rows(folder / "province.csv")}
    counties: dict[str, list[str]] = {facts.code: [] for facts in PROVINCES}
    for _number, province, name in _rows(folder / "county.csv"):
        counties[provinces[province]].append(clean(name))
    return {code: sorted(names) for code, names in counties.items()}


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row for row in csv.reader(lines) if row]


def _key(name: str) -> str:
    return fold(name).replace(" ", "")
