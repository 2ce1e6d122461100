"""The parts of the editor: what is written is read again; addresses redirect; readiness names what is missing."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns import readiness
from campaigns.domain.campaigns.actions import save_part, waiting_edits
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read, write
from campaigns.domain.campaigns.queries import moved_to, slug_taken
from campaigns.domain.campaigns.readiness import Progress, is_ready, missing, progress
from campaigns.domain.campaigns.states import WrongMove
from campaigns.domain.campaigns.topics import GoalPolicy, Topic
from campaigns.domain.contributions.intents import Intent
from tests.cast import mina, parisa, reza
from tests.worlds import change, empty_draft, full_parts, live_campaign, ready_draft, sent_campaign

LETTERS = st.characters(blacklist_categories=("Cs", "Cc"))
RIALS = st.integers(1, 10**15)


def words(longest):
    return st.text(LETTERS, max_size=longest)


def pair(longest):
    return st.fixed_dictionaries({"fa": words(longest), "en": words(longest)})


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2060, 1, 1)).map(date.isoformat)
AMOUNTS = st.lists(st.fixed_dictionaries({"fa": words(80), "en": words(80), "rials": RIALS}), max_size=8)
QUESTIONS = st.lists(st.fixed_dictionaries({"question": words(200), "answer": words(300)}), max_size=6)
BLOCKS = st.lists(
    st.fixed_dictionaries(
        {"id": st.from_regex(r"[0-9a-f]{8}", fullmatch=True), "kind": st.just("story"), "text": pair(300)}
    ),
    max_size=6,
)
PARTS = {
    Part.BASICS: st.fixed_dictionaries(
        {
            "slug": st.from_regex(r"[a-z0-9]{3,20}(-[a-z0-9]{1,10}){0,3}", fullmatch=True),
            "title": pair(120),
            "lead": pair(400),
            "provinces": st.sets(st.sampled_from(["IR-08", "IR-23", "IR-10"])).map(sorted),
            "counties": st.just([]),
            "topic": st.sampled_from([topic.value for topic in Topic]),
            "starts_on": DAYS,
            "ends_on": DAYS,
            "contact_name": words(120),
            "contact_phone": words(20),
        }
    ),
    Part.GOAL: st.fixed_dictionaries(
        {
            "unit_name": pair(60),
            "unit_count": st.integers(0, 10**6),
            "costs": AMOUNTS,
            "presets": AMOUNTS,
            "intents": st.lists(st.sampled_from([intent.value for intent in Intent]), unique=True),
            "minimum_rials": RIALS,
            "covers_overhead": st.booleans(),
            "goal_policy": st.sampled_from([policy.value for policy in GoalPolicy]),
            "sibling": st.sampled_from([None, "sister-one"]),
            "surplus_rule": pair(500),
        }
    ),
    Part.STORY: st.fixed_dictionaries({"story": pair(2000)}),
    Part.LOOK: st.fixed_dictionaries({"theme": words(20), "motif": words(20), "accent": words(7)}),
    Part.FAQ: st.fixed_dictionaries({"fa": QUESTIONS, "en": QUESTIONS}),
    Part.BLOCKS: st.fixed_dictionaries({"blocks": BLOCKS}),
}


@pytest.mark.parametrize("part", Part)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_written_is_read_again(app, part, data):
    campaign = db.session.scalar(select(Campaign).order_by(Campaign.id).limit(1)) or two_sisters()
    others = {other: read(campaign, other) for other in Part if other is not part}
    wanted = data.draw(PARTS[part])
    write(campaign, part, wanted)
    db.session.commit()
    db.session.expire_all()
    assert read(campaign, part) == wanted
    assert {other: read(campaign, other) for other in others} == others
    if part is Part.GOAL:
        assert campaign.unit_price_rials == sum(cost["rials"] for cost in wanted["costs"])


def two_sisters():
    author = mina()
    campaign = ready_draft(author)
    ready_draft(author, "sister-one")
    return campaign


def test_an_empty_draft_lacks_nearly_everything(app):
    campaign = empty_draft(mina())
    assert missing(campaign, Part.BASICS) == ["lead", "provinces", "ends_on"]
    assert missing(campaign, Part.STORY) == ["story"]
    assert [progress(campaign, part) for part in Part] == [
        Progress.PARTIAL,
        Progress.PARTIAL,
        Progress.NOT_STARTED,
        Progress.COMPLETE,
        Progress.COMPLETE,
        Progress.COMPLETE,
    ]
    assert not is_ready(campaign)


@pytest.mark.parametrize(
    ("part", "name", "empty"),
    [
        (Part.BASICS, "title", {"fa": "", "en": "Dowry"}),
        (Part.BASICS, "lead", {"fa": "", "en": "For all"}),
        (Part.BASICS, "provinces", []),
        (Part.BASICS, "ends_on", None),
        (Part.GOAL, "unit_name", {"fa": "", "en": "dowry"}),
        (Part.GOAL, "unit_count", 0),
        (Part.GOAL, "costs", []),
        (Part.GOAL, "presets", []),
        (Part.GOAL, "intents", []),
        (Part.GOAL, "surplus_rule", {"fa": "", "en": ""}),
        (Part.STORY, "story", {"fa": "", "en": "Once"}),
    ],
)
def test_one_empty_field_is_named_and_holds_the_campaign_back(app, part, name, empty):
    campaign = ready_draft(mina())
    assert is_ready(campaign)
    change(campaign, part, campaign.author, **{name: empty})
    assert missing(campaign, part) == [name] and not is_ready(campaign)
    assert readiness.progress(campaign, part) != Progress.COMPLETE


def test_a_draft_whose_last_day_has_passed_is_not_ready(app):
    campaign = ready_draft(mina())
    campaign.ends_on = tehran_day(now()) - timedelta(days=1)
    assert missing(campaign, Part.BASICS) == ["ends_on_passed"] and not is_ready(campaign)
    campaign.ends_on = tehran_day(now())
    assert is_ready(campaign)
    campaign.ends_on, campaign.state = tehran_day(now()) - timedelta(days=1), "ended"
    assert readiness.progress(campaign, Part.BASICS) == Progress.COMPLETE  # it was fine when it was sent


def test_an_old_address_leads_to_the_new_one_and_is_nobody_elses(app):
    campaign = live_campaign(mina(), reza(), parisa())
    for slug in ("second-name", "third-name"):
        write(campaign, Part.BASICS, full_parts(slug)[Part.BASICS])
    assert moved_to("dowry-kerman") == moved_to("second-name") == "third-name"
    assert slug_taken("dowry-kerman") and not slug_taken("dowry-kerman", by_other_than=campaign.id)
    write(campaign, Part.BASICS, full_parts("dowry-kerman")[Part.BASICS])
    assert moved_to("dowry-kerman") is None and moved_to("third-name") == "dowry-kerman"


def test_the_public_follows_an_old_address(app, client):
    author, moderators = mina(), (reza(), parisa())
    campaign = live_campaign(author, *moderators)
    write(campaign, Part.BASICS, full_parts("new-name")[Part.BASICS])
    answer = client.get("/c/dowry-kerman")
    assert answer.status_code == 301 and answer.headers["Location"].endswith("/c/new-name")
    badge = client.get("/en/e/dowry-kerman/badge.svg")
    assert badge.status_code == 301 and badge.headers["Location"].endswith("/en/e/new-name/badge.svg")
    assert client.get("/en/e/new-name/badge.svg").mimetype == "image/svg+xml"


def test_a_campaign_under_review_does_not_change(app):
    campaign = sent_campaign(mina())
    with pytest.raises(WrongMove):
        save_part(campaign, Part.LOOK, {"theme": "x", "motif": "x"}, campaign.author)


def test_saving_what_is_there_already_asks_nobody(app):
    campaign = live_campaign(mina(), reza(), parisa())
    assert change(campaign, Part.LOOK, campaign.author) is None
    edit = change(campaign, Part.LOOK, campaign.author, motif="bricks")
    assert waiting_edits(campaign) == [edit]
    assert change(campaign, Part.LOOK, campaign.author) is None
    assert waiting_edits(campaign) == [] and edit.state == "replaced"
