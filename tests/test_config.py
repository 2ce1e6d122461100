"""The settings: what they are when nobody says anything, and what must never serve the public."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from campaigns.config import ROOT, BadSettings, Settings, from_environment

KEY = "k" * 40
SAFE = {
    "POOYESH_ENV": "production",
    "SECRET_KEY": KEY,
    "LEDGER_KEY": "5e" * 32,
    "SITE_URL": "https://pooyesh.example",
    "ZARINPAL_MERCHANT_ID": "11111111-1111-4111-8111-111111111111",
    "HELP_PHONE": "021 5555 1234",
}


def problems(**changes: str | None) -> list[str]:
    """What a production site with these changes is refused for."""
    env = {name: value for name, value in (SAFE | changes).items() if value is not None}
    try:
        from_environment(env)
    except BadSettings as bad:
        return bad.problems
    return []


def test_a_safe_site_may_serve_the_public(tmp_path: Path) -> None:
    settings = from_environment(SAFE | {"DATA_DIR": str(tmp_path)})
    assert settings.production
    assert settings.secure
    assert settings.hosts == ("pooyesh.example",)
    assert settings.zarinpal_environment == "live"
    assert "127.0.0.1" not in settings.zarinpal_base_url
    assert settings.rate_limits
    assert not settings.debug
    assert list(tmp_path.iterdir()) == []  # no key is made up


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "too short"),
        ("FLASK_DEBUG", "1"),
        ("REQUIRE_SECOND_FACTOR", "off"),
        ("SITE_URL", None),
        ("SITE_URL", "http://pooyesh.example"),
        ("ZARINPAL_BASE_URL", "http://127.0.0.1:8010"),
        ("ZARINPAL_BASE_URL", "https://localhost"),
        ("ZARINPAL_BASE_URL", "http://bank.example"),
        ("ZARINPAL_ENVIRONMENT", "sandbox"),
        ("ZARINPAL_MERCHANT_ID", None),
        ("RATE_LIMITS", "off"),
        ("GATEWAYS", ""),
        ("PROXIES", "one"),
        ("SESSION_HOURS", ""),
        ("SETTLE_HOURS", "-3"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("LEDGER_KEY", None),
        ("LEDGER_KEY", "5e" * 31),
        ("LEDGER_KEY", "not hexadecimal digits at all, though there are sixty-four of them"),
        ("LEDGER_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_an_unsafe_site_does_not_start_and_says_why(name: str, value: str | None) -> None:
    (sentence,) = problems(**{name: value})
    assert name in sentence


def test_everything_wrong_is_named_at_once() -> None:
    found = " ".join(problems(SECRET_KEY=None, SITE_URL=None, FLASK_DEBUG="1"))
    assert all(name in found for name in ("SECRET_KEY", "SITE_URL", "FLASK_DEBUG"))


@pytest.mark.parametrize("name", ["prod", "Production", "PRODUCTION", "live", ""])
def test_a_misspelt_environment_is_not_taken_for_a_practice_site(name: str) -> None:
    (sentence,) = problems(POOYESH_ENV=name)
    assert "POOYESH_ENV" in sentence


@pytest.mark.parametrize("said", [{}, {"SECRET_KEY": ""}])
def test_a_practice_site_makes_its_key_once(tmp_path: Path, said: dict[str, str]) -> None:
    env = said | {"DATA_DIR": str(tmp_path)}
    first, second = from_environment(env), from_environment(env)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_key_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    env = {name: value for name, value in SAFE.items() if name != "SECRET_KEY"}
    assert from_environment(env | {"SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == KEY


def test_the_readme_lists_every_setting() -> None:
    read = set(re.findall(r'env(?:\.get\(|\[)"([A-Z_]+)"', (ROOT / "campaigns/config.py").read_text()))
    readme = (ROOT / "README.md").read_text()
    table = set(re.findall(r"`([A-Z_]+)`", readme.partition("## Settings")[2].partition("\n## ")[0]))
    assert read - {"FLASK_DEBUG"} <= table


def test_the_program_itself_refuses_in_plain_words(tmp_path: Path) -> None:
    unsafe = {"POOYESH_ENV": "production", "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        check=False,
        cwd=ROOT,
        env=unsafe,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "SECRET_KEY is missing" in done.stderr
    assert "SITE_URL is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_house_with_safe_settings_opens() -> None:
    assert from_environment(SAFE).help_phone == "021 5555 1234"


@pytest.mark.parametrize("number", [None, "", "  "])
def test_a_house_without_a_telephone_does_not_open_and_says_so(number: str | None) -> None:
    env = {name: value for name, value in SAFE.items() if name != "HELP_PHONE"}
    if number is not None:
        env["HELP_PHONE"] = number
    with pytest.raises(BadSettings) as refused:
        from_environment(env)
    assert [problem.split()[0] for problem in refused.value.problems] == ["HELP_PHONE"]


def test_nobody_is_promised_hours_that_the_house_did_not_write() -> None:
    own = from_environment(SAFE | {"HELP_HOURS_FA": "هر روز، ۹ تا ۱۲"})
    assert own.help_hours == {"fa": "هر روز، ۹ تا ۱۲", "en": ""}
    assert all(from_environment({}).help_hours.values())


def test_people_read_the_number_and_the_hours_of_this_house(
    client: FlaskClient, change_settings: Callable[..., Settings]
) -> None:
    change_settings(help_phone="051 3333 4444", help_hours={"fa": "هر روز، 9 تا 12", "en": ""})
    for path in ("/about/accessibility", "/nothing-here", "/sign-in"):
        page = client.get(path).text
        assert (
            '<a href="tel:+985133334444"><bdi dir="ltr">۰۵۱ ۳۳۳۳ ۴۴۴۴</bdi></a> · <span class="nb">هر روز، ۹ تا ۱۲'
            in page
        )
    english = client.get("/en/sign-in").text
    assert '<bdi dir="ltr">051 3333 4444</bdi></a></p>' in english
    assert "021 8812" not in english


def test_a_page_that_leans_on_nothing_still_says_whom_to_call(
    client: FlaskClient, change_settings: Callable[..., Settings]
) -> None:
    change_settings(help_phone="051 3333 4444")
    page = client.get("/", headers={"Host": "elsewhere.example"})
    assert page.status_code == 400
    assert 'href="tel:+985133334444"' in page.text
