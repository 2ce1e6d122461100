"""The second page of giving: who the donor is, as far as she wants to say. Nothing she typed is ever lost."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.contributions.text_models import ReceiptText
from campaigns.senders.http import HttpSender
from campaigns.web.give import formkey
from campaigns.web.give.limits import PER_ADDRESS
from tests.giving import live_campaign
from tests.support.paying import Paying
from tests.web.give.donor import Donor, attempts, gifts, leads_to_the_bank, value_of
from tests.web.officehands import filled
from tests.web.refusals import assert_refused, beside

SAID = {
    "mobile": "۰۹۱۲ ۳۴۵ ۶۷۸۹",
    "shown_as": "named",
    "name": "سارا",
    "hide_amount": "y",
    "dedication": "به یاد پدرم",
    "message": "به امید روزهای روشن",
}


@pytest.fixture
def sara(app: Flask, paying: Paying) -> Donor:
    return Donor(app, live_campaign("sadaqah", "nazr"))


def kept(page: Any) -> dict[str, str]:
    """What the form would send again, without its key."""
    form = filled(page)
    return {name: form[name] for name in form if name != "form_key"}


def test_what_sara_says_of_herself_is_what_is_kept(sara: Donor) -> None:
    sara.give(**SAID)
    (gift,) = gifts()
    assert (gift.rials, gift.intent, gift.language) == (500_000, "sadaqah", "fa")
    assert (gift.donor_name, gift.hide_name, gift.hide_amount) == ("سارا", False, True)
    assert (gift.mobile, gift.dedication) == ("+989123456789", "به یاد پدرم")
    assert (gift.message, gift.message_state) == ("به امید روزهای روشن", "waiting")


def test_who_stays_anonymous_is_not_even_kept(sara: Donor) -> None:
    sara.give(name="سارا", shown_as="anonymous")
    (gift,) = gifts()
    assert (gift.donor_name, gift.hide_name, gift.mobile) == ("", True, None)
    assert (gift.message, gift.message_state) == ("", "none")


def test_every_wrong_field_is_named_and_every_right_one_stays(sara: Donor) -> None:
    wrong = SAID | {"mobile": "12345", "name": "", "message": "م" * 130}
    page = sara.send(sara.form(**wrong))
    assert_refused(page, "mobile", "name", "message")
    assert kept(page) == wrong | {"amount": "50,000", "intent": "sadaqah", "website": ""}
    assert '<details class="more-fields" open>' in page.text
    assert gifts() == []


@pytest.mark.parametrize("mobile", ["۰۲۱۸۸۱۲۳۴۵۶", "0912345678", "sara@example.org", "+1 202 555 0101"])
def test_what_is_no_mobile_is_said(sara: Donor, mobile: str) -> None:
    assert_refused(sara.send(sara.form(mobile=mobile)), "mobile")


@pytest.mark.parametrize(
    "name",
    [
        "وام فوری ۰۹۱۲۳۴۵۶۷۸۹",
        "021-8812 3456",
        "www.example.org",
        "https://x.example",
        "@shop",
        "shop.ir",
        "t.me/shop",
    ],
)
def test_a_name_that_is_an_advertisement_is_no_name(sara: Donor, name: str) -> None:
    """A name is on the wall as soon as its gift has come; nobody reads it first."""
    page = sara.send(sara.form(shown_as="named", name=name))
    assert_refused(page, "name")
    assert value_of(page, "name") == name


@pytest.mark.parametrize("name", ["رضا ۸۸", "ورودی ۱۴۰۱", "Acme (Pvt) Ltd.", "م. ت.", "دبستان ۲۲ بهمن"])
def test_names_of_people_and_groups_are_taken(sara: Donor, name: str) -> None:
    sara.give(shown_as="named", name=name)
    assert gifts()[0].donor_name == name


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"seconds_ago": formkey.KEPT_SECONDS + 60}, "open for an afternoon"),
        ({"seconds_ago": 0}, "sent in a blink"),
        ({"form_key": "made up"}, "a key of nobody"),
        ({"form_key": ""}, "no key"),
        ({"website": "https://example.org"}, "filled in where people see nothing"),
    ],
)
def test_a_form_that_is_not_taken_comes_back_whole_and_goes_on_once_more(
    sara: Donor, form: dict[str, Any], why: str
) -> None:
    page = sara.send(sara.form(**form, **SAID))
    assert_refused(page, "go-on")
    assert "همه چیز را نگه داشته‌ایم" in beside(page)["go-on"], why
    assert gifts() == []
    assert kept(page) == SAID | {"amount": "50,000", "intent": "sadaqah", "website": ""}
    again = sara.send(filled(page, form_key=sara.key()))
    assert leads_to_the_bank(again)


def test_the_key_of_another_campaign_is_none(app: Flask, sara: Donor) -> None:
    other = Donor(app, live_campaign())
    assert sara.send(sara.form(form_key=other.key())).status_code == 422


def test_an_amount_changed_on_the_way_is_asked_for_again(sara: Donor) -> None:
    for amount, intent, field in (("1", "sadaqah", "other"), ("50,000", "fitr", "intent")):
        page = sara.send(sara.form(amount=amount, intent=intent))
        assert_refused(page, field)
    assert gifts() == []


def test_a_form_on_another_site_gives_nothing(sara: Donor) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert sara.send(sara.form(), **headers).status_code == 403
    assert gifts() == []


def test_a_browser_that_gives_no_signal_may_give(app: Flask, sara: Donor) -> None:
    form = sara.form()
    sara.client.environ_base.pop("HTTP_SEC_FETCH_SITE")
    assert leads_to_the_bank(sara.send(form))


def test_no_choice_is_made_beforehand_that_gives_sara_away(sara: Donor) -> None:
    page = sara.choose(other="۵۰ هزار", intent="nazr")
    assert kept(page) == {
        "amount": "50,000",
        "intent": "nazr",
        "website": "",
        "mobile": "",
        "shown_as": "anonymous",
        "name": "",
        "dedication": "",
        "message": "",
    }


def test_marks_nobody_can_see_do_not_survive(sara: Donor) -> None:
    sara.give(shown_as="named", name="سا\u202eرا\u200b", message="به\u2066 امید\x07")
    (gift,) = gifts()
    assert (gift.donor_name, gift.message) == ("سارا", "به امید")


def test_from_one_address_only_so_many_gifts_begin(sara: Donor, change_settings: Any) -> None:
    change_settings(rate_limits=True)
    most, _seconds = PER_ADDRESS
    for _ in range(most):
        sara.give()
    page = sara.send(sara.form(**SAID))
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "<h1>" in page.text
    db.session.rollback()
    assert len(gifts()) == len(attempts()) == most


def test_a_campaign_that_closed_meanwhile_takes_nothing(app: Flask, paying: Paying) -> None:
    campaign = live_campaign()
    sara = Donor(app, campaign)
    form = sara.form(**SAID)
    campaign.state = "paused"
    db.session.commit()
    app.extensions["pagecache"].clear()
    assert sara.send(form).status_code == 409
    assert gifts() == []


def test_the_field_for_robots_is_out_of_everybodys_way(sara: Donor) -> None:
    page = sara.choose(other="۵۰ هزار", intent="nazr").text
    trap = page[page.index('class="trap"') : page.index('name="website"') + 80]
    assert 'aria-hidden="true"' in trap
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap


def test_what_was_typed_is_shown_not_run(sara: Donor) -> None:
    page = sara.send(sara.form(mobile="1", shown_as="named", name='"><script>alert(1)</script>'))
    assert page.status_code == 422
    assert "<script>alert" not in page.text
    assert value_of(page, "name") == "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"


def test_a_text_message_is_offered_only_where_somebody_can_send_it(sara: Donor, app: Flask) -> None:
    assert "text_me" not in sara.choose(other="50000", intent="sadaqah").text
    said = "شماره‌ای را که پیامک به آن می‌رود بنویسید"
    before = app.extensions["sender"]
    app.extensions["sender"] = HttpSender("http://127.0.0.1:9", Settings.sms_body, {}, private=True)
    try:
        assert "text_me" in sara.choose(other="50000", intent="sadaqah").text
        refused = sara.send(sara.form(text_me="y"))
        assert_refused(refused, "mobile")
        assert beside(refused)["mobile"] == said
        sara.give(text_me="y", mobile="09123456789")
    finally:
        app.extensions["sender"] = before
    (asked,) = db.session.scalars(select(ReceiptText))
    assert (asked.gift_id, asked.told_at) == (gifts()[0].id, None)
