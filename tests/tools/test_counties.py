"""The list of counties knows every province by its code."""

from pathlib import Path

import pytest

from campaigns.base.text import clean
from campaigns.domain.regions.provinces import PROVINCES
from tools import counties, packages


@pytest.fixture
def source() -> Path:
    folder = packages.FOLDER / counties.SOURCE
    if not folder.is_dir():
        pytest.skip("run `make assets` first")
    return folder


def test_every_province_has_its_counties(source: Path) -> None:
    found = counties.by_province(source)
    assert set(found) == {facts.code for facts in PROVINCES}
    assert all(found.values())
    assert "شهرکرد" in found["IR-14"]
    assert "قم" in found["IR-25"]


def test_names_are_in_persian_letters_and_stand_once(source: Path) -> None:
    for names in counties.by_province(source).values():
        assert len(set(names)) == len(names)
        assert names == [clean(name) for name in names]
        assert not any(set(name) & set("يك") for name in names)
