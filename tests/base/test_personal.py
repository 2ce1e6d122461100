"""Numbers that lead to a person are found in any digits and however they are spaced; other numbers are left alone."""

import pytest

from campaigns.base.personal import Personal, personal_number


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("تماس با ۰۹۱۲ ۳۴۵ ۶۷۸۹", Personal.MOBILE),
        ("+98-912-345-6789", Personal.MOBILE),
        ("9123456789", Personal.MOBILE),
        ("کد ملی ۰۰۱۳۵۴۲۴۱۹", Personal.NATIONAL_CODE),
        ("001-354241-9", Personal.NATIONAL_CODE),
        ("1010 2020 3030 4040", Personal.ACCOUNT),
        ("IR06 2960 0000 0010 0324 2000 01", Personal.ACCOUNT),
    ],
)
def test_it_is_found(text, kind):
    assert personal_number(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "۳٬۴۵۹ کمک‌هزینه",
        "هفتهٔ ۱۴۰۵/۰۹/۰۲",
        "برای ۴۰ خانه ۱۲ قلم",
        "0013542418",
        "سند ۱۴۰۵/۰۰۱۲۳۴",
        "۱۴۰۵/۰۹/۰۲ ۱۴۰۵/۰۹/۰۳",
    ],
)
def test_other_numbers_may_stand(text):
    assert personal_number(text) is None
