import pytest
from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.regions.actions import seed_counties, seed_provinces
from campaigns.domain.regions.models import Province
from campaigns.domain.regions.provinces import PROVINCES
from campaigns.domain.regions.queries import counties, counties_by_id, province, provinces

pytestmark = pytest.mark.usefixtures("app")


def test_there_are_thirty_one_provinces_and_each_has_its_own_tile():
    assert [facts.code for facts in PROVINCES] == [f"IR-{number:02}" for number in range(31)]
    assert len({(facts.row, facts.column) for facts in PROVINCES}) == 31
    assert {facts.row for facts in PROVINCES} == set(range(1, 7))
    assert {facts.column for facts in PROVINCES} == set(range(1, 8))


def test_neighbours_in_the_land_are_neighbours_in_the_tiles():
    at = {facts.name_en: (facts.row, facts.column) for facts in PROVINCES}
    assert at["West Azerbaijan"] == (1, 1)
    assert at["Hormozgan"] == (6, 6)
    assert at["Tehran"][0] == at["Alborz"][0] and at["Tehran"][1] == at["Alborz"][1] + 1


def test_seeding_twice_changes_nothing_and_mends_what_was_spoilt():
    assert seed_provinces() == 31
    kerman = province("IR-08")
    kerman.name_fa, kerman.row = "کرمن", 1
    db.session.commit()
    assert seed_provinces() == 0
    assert (province("IR-08").name_fa, province("IR-08").row) == ("کرمان", 5)
    assert db.session.scalar(select(func.count()).select_from(Province)) == 31


def test_provinces_stand_in_the_order_of_the_readers_alphabet():
    seed_provinces()
    persian = [row.name_fa for row in provinces()]
    assert persian[:2] == ["آذربایجان شرقی", "آذربایجان غربی"]
    assert persian.index("چهارمحال و بختیاری") < persian.index("خراسان جنوبی") < persian.index("گیلان")
    assert persian[-1] == "یزد"
    assert provinces("en")[0].name_en == "Alborz"


def test_counties_are_seeded_once_however_they_are_spelt():
    seed_provinces()
    assert seed_counties({"IR-08": ["کرمان", "بم"], "IR-13": ["کبودراهنگ"]}) == 3
    assert seed_counties({"IR-08": ["كرمان", "بم ", "زرند"], "IR-13": ["کبودر‌اهنگ"]}) == 1
    assert [row.name_fa for row in counties(["IR-08"])] == ["بم", "زرند", "کرمان"]
    assert len(counties()) == 4


def test_the_same_name_in_two_provinces_is_two_counties():
    seed_provinces()
    assert seed_counties({"IR-08": ["میانه"], "IR-03": ["میانه"]}) == 2


def test_a_county_of_no_province_is_refused():
    seed_provinces()
    with pytest.raises(KeyError):
        seed_counties({"IR-99": ["ناکجا"]})


def test_counties_come_back_by_key_and_unknown_keys_are_left_out():
    seed_provinces()
    seed_counties({"IR-08": ["بم"]})
    [bam] = counties()
    assert list(counties_by_id([bam.id, 10**12])) == [bam]
    assert list(counties_by_id([])) == []
