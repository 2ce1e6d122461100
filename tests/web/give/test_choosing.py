"""The first page of giving: how much, and meant as what."""

import re

import pytest
from flask import Flask

from tests.giving import live_campaign
from tests.web.give.donor import Donor, value_of
from tests.web.refusals import assert_refused, beside, summary


@pytest.fixture
def sara(app: Flask) -> Donor:
    return Donor(app, live_campaign("sadaqah", "nazr"))


@pytest.mark.parametrize(
    "typed",
    [
        "۵۰۰۰۰",
        "٥٠٠٠٠",
        "50000",
        "50,000",
        "۵۰٬۰۰۰",
        "۵۰ ۰۰۰",
        "۵۰ هزار",
        "50 هزار تومان",
        "۵۰/۰۰۰",
        "۵۰۰٬۰۰۰ ریال",
    ],
)
def test_fifty_thousand_may_be_typed_in_any_way(sara: Donor, typed: str) -> None:
    page = sara.choose(other=typed, intent="sadaqah")
    assert page.status_code == 200
    assert "پنجاه هزار تومان" in page.text
    assert "۵۰۰٬۰۰۰ ریال" in page.text
    assert value_of(page, "amount") == "50,000"


@pytest.mark.parametrize("typed", ["abc", "پنجاه", "۵۰ گونی", "12.5.3", "<script>", "x" * 80, "²", "1e9"])
def test_nonsense_gets_a_clear_sentence_and_stays_in_its_field(sara: Donor, typed: str) -> None:
    page = sara.choose(other=typed, intent="nazr")
    assert_refused(page, "other")
    assert "با رقم" in beside(page)["other"]
    assert value_of(page, "other") == typed[:60].replace("<", "&lt;").replace(">", "&gt;")
    assert '<option value="nazr" selected>' in page.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("۵", "۲۰٬۰۰۰ تومان یا بیشتر"),
        ("0", "۲۰٬۰۰۰ تومان یا بیشتر"),
        ("-50000", "بیش از صفر"),
        ("۱۰۰٬۰۰۰٬۰۰۱", "۱۰۰٬۰۰۰٬۰۰۰ تومان"),
        ("9" * 18, "بیش از اندازه"),
        ("500005 ریال", "تومان کامل"),
    ],
)
def test_an_amount_that_cannot_be_paid_is_told_why(sara: Donor, typed: str, words: str) -> None:
    page = sara.choose(other=typed, intent="sadaqah")
    assert_refused(page, "other")
    assert words in beside(page)["other"]


def test_nothing_chosen_names_both_questions_in_the_order_of_the_page(sara: Donor) -> None:
    page = sara.choose(amount="", other="", intent="")
    assert_refused(page, "other", "intent")


def test_an_intent_this_campaign_may_not_take_is_no_intent(sara: Donor) -> None:
    page = sara.choose(amount="50000", intent="zakat")
    assert_refused(page, "intent")
    assert re.search(r'value="50000" checked', page.text)


def test_a_typed_amount_wins_over_a_chosen_card_and_that_is_said(sara: Donor) -> None:
    page = sara.choose(amount="50000", other="۷۰ هزار", intent="sadaqah")
    assert "هفتاد هزار تومان" in page.text
    assert "مبلغی که نوشته‌اید به حساب می‌آید" in page.text
    alone = sara.choose(amount="50000", intent="sadaqah")
    assert "پنجاه هزار تومان" in alone.text
    assert "مبلغی که نوشته‌اید" not in alone.text


def test_beside_a_wrong_amount_the_chosen_card_stays_chosen(sara: Donor) -> None:
    page = sara.choose(amount="50000", other="هفتاد", intent="sadaqah")
    assert_refused(page, "other")
    assert re.search(r'value="50000" checked', page.text)
    assert value_of(page, "other") == "هفتاد"


def test_where_one_intent_is_taken_nobody_is_asked(app: Flask) -> None:
    sara = Donor(app, live_campaign("zakat"))
    page = sara.choose(other="۵۰ هزار")
    assert page.status_code == 200
    assert value_of(page, "intent") == "zakat"


def test_nothing_is_chosen_beforehand_but_that_it_is_once(sara: Donor) -> None:
    for path in (f"/c/{sara.slug}", sara.page):
        page = sara.client.get(path)
        assert page.status_code == 200
        assert re.findall(r'<input type="radio"[^>]*value="(\w+)" checked', page.text) == ["once"]
        assert page.text.count(" checked") == 1
        assert summary(page) == []


def test_in_english_the_example_has_english_digits(sara: Donor) -> None:
    page = sara.client.get(f"/en{sara.page}", query_string={"other": "fifty", "intent": "sadaqah"})
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert "250000" in beside(page)["other"]
    assert not re.search("[۰-۹]", beside(page)["other"])


@pytest.mark.parametrize("state", ["approved", "paused", "ended"])
def test_a_campaign_that_takes_nothing_now_says_so(app: Flask, state: str) -> None:
    sara = Donor(app, live_campaign(state=state))
    for page in (sara.choose(), sara.choose(other="۵۰ هزار"), sara.send({"amount": "50,000"})):  # type: ignore[arg-type]
        assert page.status_code == 409
        assert 'href="/campaigns"' in page.text


@pytest.mark.parametrize("state", ["draft", "submitted", "needs_work"])
def test_what_the_public_may_not_see_takes_no_gift(app: Flask, state: str) -> None:
    sara = Donor(app, live_campaign(state=state))
    assert sara.choose().status_code == 404
    assert sara.send({"amount": "50,000"}).status_code == 404  # type: ignore[arg-type]


def test_the_pages_are_kept_by_nobody_and_set_no_cookie(sara: Donor) -> None:
    for page in (sara.choose(), sara.choose(other="۵۰ هزار", intent="nazr"), sara.choose(other="x")):
        assert page.headers["Cache-Control"] == "private, no-store"
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in page.headers
