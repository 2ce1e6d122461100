import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.base.extensions import db
from campaigns.domain.regions.actions import seed_counties, seed_provinces
from campaigns.domain.regions.imports import import_counties, plan_import
from campaigns.domain.regions.queries import counties


@pytest.fixture(autouse=True)
def land(app):
    seed_provinces()
    seed_counties({"IR-08": ["بم", "كهنوج"]})
    db.session.commit()


def names() -> list[tuple[str, str | None]]:
    return [(row.name_fa, row.name_en) for row in counties(["IR-08"])]


def test_a_list_completes_the_counties():
    rows = [
        {"province": "IR-08", "fa": "بم", "en": "Bam"},
        {"province": "کرمان", "fa": "زرند", "en": "Zarand"},
        {"province": "ir-08", "fa": "کهنوج"},
    ]
    plan = import_counties(rows)
    assert (len(plan.new), len(plan.changes), plan.unchanged, plan.errors) == (1, 1, 1, [])
    assert names() == [("بم", "Bam"), ("زرند", "Zarand"), ("کهنوج", None)]


def test_importing_the_same_list_again_changes_nothing():
    rows = [{"province": "IR-08", "fa": "زرند", "en": "Zarand"}]
    import_counties(rows)
    again = import_counties(rows)
    assert (again.new, again.changes, again.unchanged) == ([], [], 1)


def test_a_list_without_english_names_keeps_those_that_are_there():
    import_counties([{"province": "IR-08", "fa": "بم", "en": "Bam"}])
    import_counties([{"province": "IR-08", "fa": "بم"}])
    assert ("بم", "Bam") in names()


def test_one_bad_row_and_nothing_is_written_but_every_error_is_told():
    rows = [
        {"province": "IR-08", "fa": "زرند"},
        {"province": "IR-42", "fa": "ناکجا"},
        {"province": "IR-08", "fa": " "},
        {"province": "IR-08", "fa": "زَرند"},
        {"province": "", "fa": "ماهان"},
        {"province": "IR-08", "fa": "م" * 81},
    ]
    plan = import_counties(rows)
    assert [(error.line, error.sentence) for error in plan.errors] == [
        (3, "«IR-42» is no province: write its code (IR-08) or its Persian name"),
        (4, "the county has no Persian name"),
        (5, "«زَرند» stands in line 2 already"),
        (6, "«» is no province: write its code (IR-08) or its Persian name"),
        (7, "the name is longer than 80 characters"),
    ]
    assert len(counties()) == 2


def test_a_file_without_the_columns_says_which_is_missing():
    assert plan_import([{"ostan": "IR-08"}]).errors[0].sentence == "the file has no column «province»"
    assert plan_import([{"province": "IR-08"}]).errors[0].sentence == "the file has no column «fa»"


cells = st.one_of(
    st.none(), st.text(max_size=100), st.just("IR-08"), st.lists(st.text(max_size=5), max_size=2)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(["province", "fa", "en", None]), cells, max_size=4), max_size=4)
)
def test_any_rows_give_a_plan(rows):
    plan = plan_import(rows)
    assert len(plan.new) + len(plan.changes) + plan.unchanged + len(plan.errors) == len(rows)
