"""Settings: what production refuses, and what people read because of them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from campaigns.config import BadSettings, Settings, from_environment

SAFE = {
    "POOYESH_ENV": "production",
    "SECRET_KEY": "a key of a house that serves the public",
    "SITE_URL": "https://pooyesh.example",
    "ZARINPAL_MERCHANT_ID": "11111111-1111-4111-8111-111111111111",
    "HELP_PHONE": "021 5555 1234",
}


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
        assert '<a href="tel:+985133334444"><bdi dir="ltr">۰۵۱ ۳۳۳۳ ۴۴۴۴</bdi></a> · هر روز، ۹ تا ۱۲' in page
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
