import json

import pytest

from campaigns.base.extensions import db
from campaigns.domain.regions.queries import counties, provinces


@pytest.fixture
def flask(app):
    def run(*words: object):
        return app.test_cli_runner().invoke(args=["regions", *map(str, words)])

    return run


@pytest.fixture
def counties_file(tmp_path):
    path = tmp_path / "counties.json"
    path.write_text(json.dumps({"IR-08": ["کرمان", "بم"], "IR-21": ["یزد"]}), encoding="utf-8")
    return path


def test_seeding_twice_is_seeding_once(flask, counties_file):
    assert flask("seed", "--counties", counties_file).output == "31 provinces and 3 counties added.\n"
    assert flask("seed", "--counties", counties_file).output == "0 provinces and 0 counties added.\n"
    assert (len(provinces()), len(counties())) == (31, 3)


def test_without_a_list_of_counties_the_provinces_are_seeded(flask, tmp_path):
    assert flask("seed", "--counties", tmp_path / "none.json").exit_code == 0
    assert (len(provinces()), len(counties())) == (31, 0)


class TestImport:
    @pytest.fixture(autouse=True)
    def seeded(self, flask, counties_file):
        flask("seed", "--counties", counties_file)

    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "list.csv"
        path.write_text("province,fa,en\nIR-08,بم,Bam\nکرمان,زرند,Zarand\n", encoding="utf-8-sig")
        return path

    def test_a_dry_run_shows_everything_and_writes_nothing(self, flask, file):
        answer = flask("import", file, "--dry-run")
        assert "+ IR-08 زرند" in answer.output and "~ IR-08 بم: now بم (Bam)" in answer.output
        assert "1 to add, 1 to change, 0 as they are, 0 lines with errors." in answer.output
        db.session.rollback()
        assert len(counties()) == 3 and {row.name_en for row in counties()} == {None}

    def test_the_import_writes_and_again_finds_nothing_to_do(self, flask, file):
        assert "Written." in flask("import", file).output
        assert {row.name_fa: row.name_en for row in counties(["IR-08"])} == {
            "بم": "Bam",
            "زرند": "Zarand",
            "کرمان": None,
        }
        assert "0 to add, 0 to change, 2 as they are" in flask("import", file).output

    def test_one_bad_line_and_nothing_is_written(self, flask, file):
        file.write_text("province,fa\nIR-08,زرند\nIR-77,ناکجا\n", encoding="utf-8")
        answer = flask("import", file)
        assert answer.exit_code == 1
        assert "line 3: «IR-77» is no province" in answer.output
        assert len(counties()) == 3

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00province", b"province,fa\nIR-08,\xc7\xe3\n"])
    def test_a_file_in_another_encoding_is_refused_in_words(self, flask, file, content):
        file.write_bytes(content)
        answer = flask("import", file)
        assert answer.exit_code == 1 and "not a CSV file in UTF-8" in answer.output

    def test_a_missing_file_is_named(self, flask, tmp_path):
        assert "does not exist" in flask("import", tmp_path / "none.csv").output
