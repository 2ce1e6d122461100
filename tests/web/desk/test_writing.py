"""Mina begins a campaign, fills its five pages, sees what is missing, sends it, takes it back."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.campaigns.states import State
from tests.cast import mina, person, reza
from tests.web.officehands import Hands
from tests.worlds import empty_draft, full_parts, organization, ready_draft, sent_campaign

FORMS = [part for part in Part if part is not Part.BLOCKS]
"""The parts that are one form; blocks have one each."""


@pytest.fixture
def desk(app):
    return Hands(app, mina())


def address(campaign: Campaign, page: str = "") -> str:
    return f"/desk/c/{campaign.public_id}/{page}".rstrip("/")


def the_campaign() -> Campaign:
    return db.session.scalars(select(Campaign)).one()


def test_mina_begins_with_a_title(desk):
    organization()
    page = desk.after(desk.fill("/en/desk/new", title="جهیزیه برای زوج‌های كرمان"))
    assert "جهیزیه برای زوج‌های کرمان" in page and "Draft" in page
    assert the_campaign().slug == "jahizieh-baraye-zoj-haye-kerman"


def test_two_campaigns_with_the_same_title_get_two_addresses(desk):
    organization()
    for _time in range(2):
        assert desk.fill("/desk/new", title="کمک به سیل").status_code == 303
    assert sorted(db.session.scalars(select(Campaign.slug))) == ["komak-be-seyl", "komak-be-seyl-2"]


def test_a_title_is_needed(desk):
    organization()
    answer = desk.fill("/desk/new", title="  ")
    assert answer.status_code == 422
    assert "<title>خطا: " in answer.text and 'id="title-error"' in answer.text
    assert not db.session.scalars(select(Campaign)).all()


def test_the_task_list_tells_what_is_missing_until_nothing_is(desk):
    campaign = empty_draft(desk.user)
    page = desk.seen("/en" + address(campaign))
    assert page.count("not started") == 1 and "Choose at least one province" in page
    assert "Write the story" in desk.seen("/en" + address(campaign, "send"))
    fill_everything(desk, campaign)
    page = desk.seen("/en" + address(campaign))
    assert page.count("✓</span> complete<") == 6 and "Write the story" not in page


def test_what_the_pages_save_is_what_was_typed(desk):
    campaign = empty_draft(desk.user)
    fill_everything(desk, campaign)
    wanted = full_parts("dowry-kerman")
    for part in FORMS:
        assert read(the_campaign(), part) == wanted[part], part


@pytest.mark.parametrize("language", ["", "/en"])
def test_opening_and_saving_a_page_changes_nothing(desk, language):
    campaign = ready_draft(desk.user)
    before = {part: read(campaign, part) for part in FORMS}
    for part in FORMS:
        assert desk.fill(language + address(campaign, part)).status_code == 303
    assert {part: read(the_campaign(), part) for part in FORMS} == before


WRONG = [
    ("basics", {"slug": "صفحه"}, "slug-error"),
    ("basics", {"slug": "new"}, "slug-error"),
    ("basics", {"title_fa": ""}, "title_fa-error"),
    ("basics", {"lead_fa": "ب" * 401}, "lead_fa-error"),
    ("basics", {"provinces": ["IR-99"]}, "provinces-error"),
    ("basics", {"counties": ["nine"]}, "counties-error"),
    ("basics", {"topic": "weapons"}, "topic-error"),
    ("basics", {"ends_on": "۱۴۰۵/۱۳/۴۰"}, "ends_on-error"),
    ("basics", {"ends_on": "2026-99999999999-1"}, "ends_on-error"),
    ("basics", {"ends_on": "2020-01-01"}, "ends_on-error"),
    ("basics", {"starts_on": "2090-01-01"}, "ends_on-error"),
    ("goal", {"presets__0__rials": "۱۰ هزار", "minimum_rials": "۲۰ هزار"}, "presets-0-rials-error"),
    ("goal", {"presets__0__rials": "۵۰۰۰۰۵ ریال"}, "presets-0-rials-error"),
    ("goal", {"minimum_rials": "۲۰۰۰۰۵ ریال"}, "minimum_rials-error"),
    ("goal", {"unit_count": "زیاد"}, "unit_count-error"),
    ("goal", {"unit_count": "9" * 4000}, "unit_count-error"),
    ("goal", {"costs__0__rials": "99999999999999", "unit_count": "1000000"}, "unit_count-error"),
    ("goal", {"costs__0__rials": "خیلی"}, "costs-0-rials-error"),
    ("goal", {"costs__0__rials": "۰"}, "costs-0-rials-error"),
    ("goal", {"costs__0__rials": ""}, "costs-0-rials-error"),
    ("goal", {"presets__1__rials": "5000"}, "presets-1-fa-error"),
    ("goal", {"minimum_rials": "1"}, "minimum_rials-error"),
    ("goal", {"minimum_rials": ""}, "minimum_rials-error"),
    ("goal", {"intents": ["greed"]}, "intents-error"),
    ("goal", {"goal_policy": "sibling"}, "sibling-error"),
    ("story", {"story_fa": "ب" * 8001}, "story_fa-error"),
    ("faq", {"fa__1__question": "کِی؟"}, "fa-1-answer-error"),
    ("faq", {"fa__1__answer": "فردا."}, "fa-1-question-error"),
]


@pytest.mark.parametrize(("part", "changes", "error"), WRONG)
def test_a_wrong_value_is_said_beside_its_field_and_saves_nothing(desk, part, changes, error):
    campaign = ready_draft(desk.user)
    before = read(campaign, Part(part))
    answer = desk.fill(address(campaign, part), **changes)
    assert answer.status_code == 422
    assert "<title>خطا: " in answer.text
    assert f'id="{error}"' in answer.text and f'href="#{error.removesuffix("-error")}"' in answer.text
    assert read(the_campaign(), Part(part)) == before


def test_nothing_typed_is_lost_beside_a_wrong_value(desk):
    campaign = ready_draft(desk.user)
    answer = desk.fill(
        address(campaign, "goal"),
        unit_name_fa="سرویس چوب",
        unit_count="x",
        costs__1__rials="۲ میلیون",
        surplus_rule_fa="می‌ماند",
    )
    for words in ("سرویس چوب", 'value="x"', "۲ میلیون", "می‌ماند"):
        assert words in answer.text


@pytest.mark.parametrize("name", ["costs-²-fa", "costs-" + "9" * 5000 + "-fa", "costs--1-fa", "costs-999-fa"])
def test_rows_that_no_page_offers_are_passed_over(desk, name):
    campaign = ready_draft(desk.user)
    assert desk.fill(address(campaign, "goal"), **{name.replace("-", "__"): "x"}).status_code in {303, 422}


def test_a_part_that_does_not_exist_is_404(desk):
    campaign = ready_draft(desk.user)
    assert desk.get(address(campaign, "money")).status_code == 404


def test_a_look_nobody_drew_is_refused(desk):
    campaign = ready_draft(desk.user)
    assert desk.fill(address(campaign, "look"), theme="neon").status_code == 422


def test_the_address_of_another_campaign_is_taken(desk):
    user = desk.user
    ready_draft(user, "taken-one")
    campaign = ready_draft(user, "mine")
    answer = desk.fill(address(campaign, "basics"), slug="taken-one")
    assert answer.status_code == 422 and "slug-error" in answer.text


def test_a_stale_page_loses_nothing(desk):
    campaign = ready_draft(desk.user)
    answer = desk.fill(address(campaign, "story"), csrf_token="stale", story_fa="داستان تازه")
    assert answer.status_code == 422 and "داستان تازه" in answer.text
    assert "داستان تازه" not in read(the_campaign(), Part.STORY)["story"]["fa"]


def test_mina_checks_her_answers_sends_and_takes_back(desk):
    campaign = ready_draft(desk.user)
    page = desk.seen(address(campaign, "send"))
    for words in ("جهیزیه برای زوج‌های کرمان", "یخچال: ", "به زوج بعدی می‌رسد.", "چه می‌خرید؟", "کرمان"):
        assert words in page
    assert "Under review" in desk.after(desk.fill("/en" + address(campaign, "send")))
    assert the_campaign().state == State.SUBMITTED
    assert desk.fill(address(campaign, "story"), story_fa="دیگر").status_code == 409
    assert "دیگر" not in read(the_campaign(), Part.STORY)["story"]["fa"]
    page = desk.after(desk.fill(address(campaign), to="/en" + address(campaign, "take-back")))
    assert "Draft" in page and the_campaign().state == State.DRAFT


def test_the_look_is_read_in_words_before_it_is_sent_and_by_who_decides(app, desk):
    campaign = ready_draft(desk.user)
    assert "فیروزه" in desk.seen("/desk/c/" + campaign.public_id + "/send")
    assert "firouzeh" not in desk.seen("/en" + address(campaign, "send")).replace('data-theme="firouzeh"', "")
    desk.fill(address(campaign, "send"))
    page = Hands(app, reza()).seen(f"/en/mod/campaign/{campaign.public_id}")
    assert "Turquoise" in page and "Stained-glass window" in page


def test_a_sister_that_is_closed_meanwhile_stays_the_sister(app, desk):
    sister = ready_draft(desk.user, "sister-one")
    sister.state = "live"
    campaign = ready_draft(desk.user)
    desk.fill(address(campaign, "goal"), goal_policy="sibling", sibling="sister-one")
    sister.state = "paused"
    db.session.commit()
    assert "Dowries for couples in Kerman" in desk.seen("/en" + address(campaign, "goal"))
    assert desk.fill(address(campaign, "goal"), unit_count="۴۱").status_code == 303
    db.session.expire_all()
    assert read(campaign, Part.GOAL)["sibling"] == "sister-one"


def test_an_unfinished_campaign_cannot_be_sent(desk):
    campaign = empty_draft(desk.user)
    answer = desk.post("/en" + address(campaign, "send"), {"csrf_token": desk.token})
    assert answer.status_code == 422 and "Write the story" in answer.text
    assert campaign.state == State.DRAFT


def test_sending_twice_tells_how_it_stands(desk):
    campaign = sent_campaign(desk.user)
    answer = desk.post("/en" + address(campaign, "send"), {"csrf_token": desk.token})
    assert "Its state has changed meanwhile" in desk.after(answer)


def test_the_preview_is_the_page_in_a_frame_without_scripts(desk):
    campaign = ready_draft(desk.user)
    for way in ("phone", "desktop", "dark", "print", "nonsense"):
        page = desk.seen(address(campaign, f"preview?as={way}"))
        assert page.count('sandbox="allow-same-origin"') == page.count("<iframe") == 1
    assert 'data-mode="dark"' in desk.seen(address(campaign, "preview/page?as=dark"))
    assert "/paper." in desk.seen(address(campaign, "preview/page?as=print"))
    alone = desk.get(address(campaign, "preview/page"))
    assert "چهل زوج در شهرستان" in alone.text and "frame-ancestors 'self'" in str(alone.headers)


def test_the_desk_says_what_needs_mina(desk):
    campaign = empty_draft(desk.user)
    page = desk.seen("/en/desk/")
    assert page.count(address(campaign)) == 2 and "The draft waits to be finished" in page


def test_the_desk_asks_nobody_for_what_is_not_theirs_to_do(app, desk):
    """Who sees the gifts of a campaign only is not told that its draft waits: that page is not theirs to write."""
    empty_draft(desk.user)
    sara = person("Sara", Role.AUDITOR)
    page = Hands(app, sara).seen("/en/desk/")
    assert "The draft waits to be finished" not in page


def fill_everything(desk: Hands, campaign: Campaign) -> None:
    """All five pages, as Mina types them."""
    wanted = full_parts(campaign.slug)
    basics, goal = wanted[Part.BASICS], wanted[Part.GOAL]
    answers = [
        desk.fill(
            address(campaign, "basics"),
            title_fa=basics["title"]["fa"],
            title_en=basics["title"]["en"],
            lead_fa=basics["lead"]["fa"],
            lead_en=basics["lead"]["en"],
            provinces=basics["provinces"],
            ends_on=basics["ends_on"],
            contact_name=basics["contact_name"],
        ),
        desk.fill(
            address(campaign, "goal"),
            unit_name_fa="جهيزيه",
            unit_name_en="dowry",
            unit_count="۴۰",
            costs__0__fa="یخچال",
            costs__0__en="Fridge",
            costs__0__rials="۳ میلیون",
            costs__1__fa="اجاق",
            costs__1__en="Stove",
            costs__1__rials="۱٬۵۰۰٬۰۰۰",
            presets__0__fa="یک قابلمه",
            presets__0__en="A pot",
            presets__0__rials="200,000",
            intents=goal["intents"],
            covers_overhead="y",
            minimum_rials="٢٠٠٠٠",
            surplus_rule_fa=goal["surplus_rule"]["fa"],
            surplus_rule_en=goal["surplus_rule"]["en"],
        ),
        desk.fill(
            address(campaign, "story"),
            story_fa=wanted[Part.STORY]["story"]["fa"],
            story_en=wanted[Part.STORY]["story"]["en"],
        ),
        desk.fill(address(campaign, "look"), theme="firouzeh", motif="window"),
        desk.fill(address(campaign, "faq"), fa__0__question="چه می‌خرید؟", fa__0__answer="پنج قلم اصلی."),
    ]
    assert [answer.status_code for answer in answers] == [303] * 5


def test_the_lines_of_costs_begin_with_what_is_written_and_one_more(desk):
    campaign = ready_draft(desk.user)
    page = desk.seen("/en" + address(campaign, "goal"))
    written = len(read(campaign, Part.GOAL)["costs"])
    before, after = page.split("More lines", 1)
    assert f'name="costs-{written}-fa"' in before and f'name="costs-{written + 1}-fa"' in after


def test_a_line_filled_far_below_is_shown_with_all_before_it(desk):
    campaign = ready_draft(desk.user)
    answer = desk.fill("/en" + address(campaign, "goal"), **{"costs-7-fa": "دیگ", "costs-7-rials": "نه"})
    assert answer.status_code == 422
    assert 'name="costs-7-fa"' in answer.text.split("More lines", 1)[0]
