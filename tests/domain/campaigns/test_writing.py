"""Writing help finds what a reader stumbles over and what could harm somebody, and leaves plain writing in peace."""

import pytest

from campaigns.domain.campaigns.writing import Advice, hints
from tests.worlds import full_parts

PLACES = {"بم", "کرمان", "Bam", "Kerman"}


def found(text, field="story"):
    return [hint.advice for hint in hints({field: {"fa": text, "en": ""}}, PLACES)]


@pytest.mark.parametrize(
    "text",
    [
        "فوری: تا فردا کمک کنید.",
        "همین‌الان کمک کنید.",
        "تا دیر نشده کاری کنیم.",
        "بی‌تفاوت نباشید.",
        "ياری‌تان آخرین‌فرصت است.".replace("ي", "ی"),
        "Act now, before it's too late.",
        "An URGENT call.",
    ],
)
def test_words_that_press_are_found_however_they_are_spaced(text):
    assert found(text) == [Advice.PRESSING]


@pytest.mark.parametrize(
    "text",
    [
        "خانم احمدی در بم دو فرزند دارد.",
        "زهرا ۸ ساله از کرمان است.",
        "پسری به نام امیر در روستای چشمه.",
        "Mrs Karimi lives in Bam.",
        "Sara, 8 years old, from Kerman.",
        "A boy called Amir in the village of Cheshme.",
    ],
)
def test_a_name_beside_a_place_is_found(text):
    assert found(text) == [Advice.NAME_AND_PLACE]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("شمارهٔ مادر: ۰۹۱۲ ۳۴۵ ۶۷۸۹.", Advice.MOBILE),
        ("کد ملی ۰۴۹۹۳۷۰۸۹۹.", Advice.NATIONAL_CODE),
        ("به کارت 1010-2020-3030-4040 بریزید.", Advice.ACCOUNT),
        ("هر بسته ۵٬۰۰۰٬۰۰۰ ریال است.", Advice.RIALS),
        ("و ".join(["یک دو سه"] * 20), Advice.LONG_SENTENCE),
    ],
)
def test_private_numbers_rials_and_endless_sentences_are_found(text, advice):
    assert found(text) == [advice]


def test_titles_and_leads_have_their_lengths():
    assert found("ب" * 61, "title") == [Advice.LONG_TITLE]
    assert found("کوتاه است.", "lead") == [Advice.SHORT_LEAD]
    assert found("کلمه. " * 60, "lead") == [Advice.LONG_LEAD]


@pytest.mark.parametrize(
    "text",
    [
        "چهل زوج در بم چشم‌به‌راه‌اند. هر جهیزیه پنج قلم است و کرمان نزدیک.",
        "برای خانم‌های کرمان کارگاه می‌سازیم.",
        "Forty couples in Bam wait. Each dowry has five things.",
        "",
    ],
)
def test_plain_writing_is_left_in_peace(text):
    assert found(text) == []


def test_rows_are_read_as_well_and_the_contact_is_not():
    faq = {"fa": [{"question": "چرا فوری؟", "answer": "-"}], "en": []}
    assert [(hint.field, hint.words) for hint in hints(faq, ())] == [("fa", "فوری")]
    assert hints({"contact_phone": "09123456789", "slug": "urgent"}, ()) == []
    for data in full_parts("dowry-kerman").values():
        assert {hint.advice for hint in hints(data, PLACES)} <= {Advice.SHORT_LEAD}
