"""What a moderator is asked to look at twice, and where it stands. Nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.digits import to_persian
from campaigns.base.extensions import db
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.moderation.hints import RULES, look
from campaigns.domain.moderation.likeness import copied_from, shingles
from campaigns.domain.moderation.queries import find
from tests.cast import mina, parisa, reza
from tests.families import FARS, QOM, cloned, opened
from tests.worlds import change, live_campaign, ready_draft

CARD = "6037 9911 1111 1115"
STORY = "چهل زوج در شهرستان‌های کرمان چشم‌به‌راه‌اند تا خانهٔ خود را با پنج قلم جهیزیهٔ نو آغاز کنند و سپاس‌گزارند"


def found(text):
    return {kind: list(rule(text)) for kind, rule in RULES.items() if list(rule(text))}


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("تماس با ۰۹۱۲ ۳۴۵ ۶۷۸۹ لطفا", "phone", "۰۹۱۲ ۳۴۵ ۶۷۸۹"),
        ("call +98-912-345-6789", "phone", "+98-912-345-6789"),
        ("دفتر: ٠٢١٨٨١٢٣٤٥٦", "phone", "٠٢١٨٨١٢٣٤٥٦"),
        ("کارت ۶۰۳۷۹۹۱۸۹۹۹۹۹۹۹۳", "card", None),
        ("IR06 2960 0000 0010 0324 2000 01", "card", "IR06 2960 0000 0010 0324 2000 01"),
        ("ببینید: https://example.org/x", "link", "https://example.org/x"),
        ("کانال @komak_kerman", "link", "@komak_kerman"),
        ("kerman.ir را ببینید", "link", "kerman.ir"),
        ("برای\u200bهمه", "hidden", None),
    ],
)
def test_what_is_found_and_where(text, kind, piece):
    if kind == "card" and piece is None:
        text = f"کارت {to_persian(_with_check('603799189999999'))}"
        piece = text.removeprefix("کارت ")
    pieces = found(text)
    assert list(pieces) == [kind]
    assert piece is None or pieces[kind] == [piece]


@pytest.mark.parametrize(
    "text",
    [
        "۱۲٬۰۰۰٬۰۰۰ تومان",
        "در سال ۱۴۰۵ چهل زوج",
        "۲۵٫۵ درصد از ۴۰۰۰۰ نفر",
        "ساعت ۸ تا ۱۶، شنبه ۷ آذر ۱۴۰۵",
        "الف.ب",
    ],
)
def test_figures_and_days_are_no_hints(text):
    assert not found(text)


@given(st.text(max_size=200))
def test_no_text_makes_a_rule_fail(text):
    for pieces in found(text).values():
        assert all(piece.strip() for piece in pieces)


def test_words_of_another_campaign_are_named_and_ones_own_are_not(app):
    people = mina(), reza(), parisa()
    first = live_campaign(*people)
    edit = change(first, Part.STORY, people[0], story={"fa": STORY, "en": ""})
    assert not look(find("edit", edit.public_id))
    first_story = ready_draft(people[0], "second-one")
    edit.state = "replaced"
    change(first, Part.LOOK, people[0], theme="anar")
    db.session.execute(
        db.text("UPDATE campaign_text SET story = :story WHERE campaign_id = :id AND language = 'fa'"),
        {"story": STORY, "id": first.id},
    )
    news = CampaignUpdate(
        campaign=first_story, author=people[0], title="خبر", body=f"سلام. {STORY}. ممنون", language="fa"
    )
    db.session.add(news)
    db.session.commit()
    (hint,) = look(find("update", news.public_id))
    assert (hint.kind, hint.field, hint.copied.campaign_id) == ("copied", "body", first.id)
    assert hint.copied.percent >= 60
    assert copied_from(STORY, {first.id}) is None and copied_from("پنج واژه کم است", ()) is None


def test_a_province_has_the_words_of_its_national_campaign_and_that_is_no_hint(app):
    campaign = ready_draft(mina())
    change(campaign, Part.STORY, campaign.author, story={"fa": STORY, "en": ""})
    opened(campaign, reza(), parisa())
    qom, fars = cloned(campaign, campaign.author, QOM, FARS)
    for one in (qom, fars):
        item = find("campaign", opened(one).public_id)
        assert [hint.kind for hint in look(item)] == []


def test_the_same_words_in_other_letters_are_the_same():
    assert shingles("كمك به خانه‌ی شما در كرمان") == shingles("کمک  به خانه‌ی شما در کرمان")


def _with_check(digits):
    """Sixteen digits whose check digit fits."""
    total = sum(int(d) for d in digits[1::2])
    total += sum(two - 9 if two > 9 else two for two in (int(d) * 2 for d in digits[::2]))
    return f"{digits}{-total % 10}"
