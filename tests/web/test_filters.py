"""How values look in templates, in both languages."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from campaigns.base import clock
from campaigns.base.extensions import babel
from campaigns.web.filters import ago, init_filters

NOON = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # noon in Tehran, 2 Azar 1405


@pytest.fixture
def house() -> Flask:
    app = Flask("filters")
    babel.init_app(app, default_locale="fa")
    init_filters(app)
    return app


def drawn(house: Flask, source: str, language: str = "fa", **values: Any) -> str:
    with house.app_context(), force_locale(language):
        return house.jinja_env.from_string(source).render(values)


@pytest.mark.parametrize(
    ("source", "value", "persian", "english"),
    [
        ("{{ value|digits }}", "AB-12", "AB-۱۲", "AB-12"),
        ("{{ value|digits }}", 1405, "۱۴۰۵", "1405"),
        ("{{ value|number }}", 1286, "۱٬۲۸۶", "1,286"),
        ("{{ value|ordinal }}", 24, "بیست‌وچهارم", "24th"),
        ("{{ value|toman }}", 5_000_000, "۵۰۰٬۰۰۰ تومان", "500,000 toman"),
        ("{{ value|toman_number }}", 5_000_000, "۵۰۰٬۰۰۰", "500,000"),
        ("{{ value|toman_compact }}", 125_000_000, "۱۲٫۵ میلیون تومان", "12.5 million toman"),
        ("{{ value|toman_words }}", 5_000_000, "پانصد هزار تومان", "500,000 toman"),
        ("{{ value|rials }}", 5_000_000, "۵٬۰۰۰٬۰۰۰ ریال", "5,000,000 rials"),
        ("{{ value|millions }}", 34_800_000_000, "۳٬۴۸۰", "3,480"),
        ("{{ value|jdate }}", date(2026, 11, 23), "۲ آذر ۱۴۰۵", "23 November 2026"),
        ("{{ value|jdate('weekday') }}", NOON, "دوشنبه ۲ آذر", "Monday 23 November"),
        ("{{ value|jtime }}", NOON, "۱۲:۰۰", "12:00"),
        ("{{ value|phone }}", "+989123456789", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "0912 345 6789"),
        ("{{ value|dialled }}", "۰۲۱-۸۸۱۲۳۴۵۶", "+982188123456", "+982188123456"),
        ("{{ value|spoken }}", "ABCDEFGHJKM", "ABCD-EFGH-JKM", "ABCD-EFGH-JKM"),
        ("{{ value|toman(language='en') }}", 50, "5 toman", "5 toman"),
        ("{{ value|jdate('short', language='fa') }}", NOON, "۲ آذر", "۲ آذر"),
    ],
)
def test_a_value_speaks_the_language_of_its_page(
    house: Flask, source: str, value: object, persian: str, english: str
) -> None:
    assert drawn(house, source, "fa", value=value) == persian
    assert drawn(house, source, "en", value=value) == english


def test_what_people_typed_stays_text(house: Flask) -> None:
    typed = "<b>**سلام**"
    assert drawn(house, "{% autoescape true %}{{ value|markdown }}{% endautoescape %}", value=typed) == (
        "<p>&lt;b&gt;<strong>سلام</strong></p>\n"
    )
    for name in ("plain", "digits", "phone"):
        text = drawn(
            house, f"{{% autoescape true %}}{{{{ value|{name} }}}}{{% endautoescape %}}", value=typed
        )
        assert "<" not in text


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=12), "12 hours ago"),
        (timedelta(hours=12, minutes=1), "yesterday"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "16 November"),
        (timedelta(days=400), "19 October 2025"),
        (timedelta(days=-3), "26 November"),
    ],
)
def test_how_long_ago(house: Flask, before: timedelta, said: str) -> None:
    with house.app_context(), force_locale("en"), clock.at(NOON):
        assert ago(NOON - before) == said


def test_a_gift_of_ten_minutes_ago_was_not_yesterday_even_just_after_midnight(house: Flask) -> None:
    after_midnight = datetime(2026, 11, 22, 20, 35, tzinfo=UTC)
    with house.app_context(), force_locale("en"), clock.at(after_midnight):
        assert ago(after_midnight - timedelta(minutes=10)) == "10 minutes ago"
        assert ago(after_midnight - timedelta(hours=2)) == "yesterday"


def test_a_constant_is_said_in_the_language_of_each_reader(house: Flask) -> None:
    template = house.jinja_env.from_string("{{ '021 8812'|digits }}")
    shown = []
    for language in ("fa", "en"):
        with house.app_context(), force_locale(language):
            shown.append(template.render())
    assert shown == ["۰۲۱ ۸۸۱۲", "021 8812"]
