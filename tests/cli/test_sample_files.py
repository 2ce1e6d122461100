"""What the sample files promise: sums that are sums, places that exist, two languages, every topic and state."""

import re

import pytest

from campaigns.base.slugs import is_slug
from campaigns.base.text import clean
from campaigns.cli.sample import command, data, needs
from campaigns.cli.sample.pages import SMALLEST_RIALS, faq
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.accounts.weak import weakness
from campaigns.domain.campaigns.states import State
from campaigns.domain.campaigns.topics import GoalPolicy, Topic
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.moderation.verdicts import Reason
from campaigns.domain.regions.provinces import PROVINCES
from campaigns.themes import MOTIFS, THEMES

CODES = {facts.code for facts in PROVINCES}
PERSIAN = re.compile("[\u0600-\u06ff]")
TEN_THOUSAND_TOMANS = 100_000

every_campaign = pytest.mark.parametrize("sample", data.campaigns(), ids=lambda sample: sample.slug)


def test_the_campaigns_cover_every_topic_state_province_and_policy():
    found = data.campaigns()
    assert len({sample.slug for sample in found}) == len(found) == 31
    assert {sample.topic for sample in found} == set(Topic)
    assert {sample.journey.state for sample in found} == set(State) - {State.FROZEN}, (
        "a freeze answers a report"
    )
    assert {code for sample in found for code in sample.provinces} == CODES
    assert {sample.goal_policy for sample in found} == set(GoalPolicy)
    assert {sample.motif for sample in found} == set(MOTIFS)
    assert {sample.theme for sample in found} == set(THEMES)
    assert {intent for sample in found for intent in sample.intents} == set(Intent)


def test_the_gifts_of_all_campaigns_are_some_five_thousand():
    assert 4_800 <= sum(sample.journey.gifts for sample in data.campaigns()) <= 5_200


@every_campaign
def test_a_unit_costs_what_its_lines_cost(sample):
    assert sum(row["rials"] for row in sample.costs) == sample.unit_price_rials
    assert sample.unit_count > 0


@every_campaign
def test_four_round_amounts_stand_for_things(sample):
    rials = [row["rials"] for row in sample.presets]
    assert len(rials) == 4
    assert rials == sorted(set(rials))
    assert all(amount >= SMALLEST_RIALS and amount % TEN_THOUSAND_TOMANS == 0 for amount in rials)
    assert all(row["fa"] and row["en"] for row in sample.costs + sample.presets)


@every_campaign
def test_keys_name_what_exists(sample):
    assert is_slug(sample.slug)
    assert sample.organization in {row.slug for row in data.organizations()}
    writers = {row.key for row in data.people() if row.role in {Role.ORGANIZER, Role.PROVINCE_DESK}}
    assert sample.author in writers
    assert set(sample.provinces) <= CODES
    assert {county.province for county in sample.counties} <= set(sample.provinces)
    assert sample.shared_faq in data.shared_faq()
    assert sample.sibling is None or sample.sibling in {row.slug for row in data.campaigns()}
    assert (sample.goal_policy == GoalPolicy.SIBLING) == (sample.sibling is not None)


@every_campaign
def test_the_story_fits_the_state(sample):
    journey = sample.journey
    assert journey.starts < journey.ends
    was_open = journey.state in {State.LIVE, State.PAUSED, State.ENDED, State.CANCELLED}
    assert was_open == (journey.gifts > 0) == (journey.percent > 0)
    assert (journey.ends < 0) == (journey.state == State.ENDED)
    told = {State.PAUSED, State.CANCELLED, State.NEEDS_WORK}
    assert bool(journey.reason) == (journey.state in told)
    assert bool(journey.reason_code) == (journey.state == State.NEEDS_WORK)
    assert not journey.reason_code or Reason(journey.reason_code)
    assert len(sample.updates) <= 3


@every_campaign
def test_both_languages_are_complete_and_fit_their_fields(sample):
    for language, words in sample.words().items():
        assert 0 < len(words.title) <= 120
        assert 0 < len(words.lead) <= 400
        assert 0 < len(words.unit_name) <= 60
        assert 0 < len(words.surplus_rule) <= 500
        assert 2 <= len(words.story.strip().split("\n\n")) <= 4
        questions = faq(sample, language, words)
        assert len(questions) == 3
        assert all(row["question"] and row["answer"] for row in questions)
        assert all(len(row["question"]) <= 200 for row in questions)


@every_campaign
def test_each_language_keeps_to_its_own_letters_and_digits(sample):
    for text in _texts(sample, "fa"):
        assert clean(text, lines=True) == text.strip()
        assert not re.search("[0-9a-zA-Z٠-٩]", text)
    for text in _texts(sample, "en"):
        assert not PERSIAN.search(text)


def test_sample_people_have_every_role_and_a_password_that_would_be_taken():
    assert {person.role for person in data.people()} == set(Role) == set(command.ROLES)
    assert sum(person.role == Role.MODERATOR for person in data.people()) >= 2
    assert all(person.email.endswith("@pooyesh.example") for person in data.people())
    for person in data.people():
        assert weakness(data.password(), [person.name, person.email]) is None


def test_donors_fit_the_form_they_would_have_filled_in():
    donors = data.donors()
    names = donors.people + donors.groups + donors.firms
    assert all(clean(name) == name and len(name) <= 80 for name in names)
    assert set(donors.messages_by_topic) == set(Topic)
    said = [donors.messages, donors.unfit_messages, donors.dedications, *donors.messages_by_topic.values()]
    assert all(clean(words) == words and len(words) <= 120 for some in said for words in some)


def _texts(sample, language):
    words = sample.words()[language]
    yield from (words.title, words.lead, words.unit_name, words.surplus_rule, words.story)
    yield from (text for row in faq(sample, language, words) for text in row.values())
    yield from (row[language] for row in sample.costs + sample.presets)
    yield from (getattr(county, language) for county in sample.counties)
    if language == "fa":
        yield from (text for update in sample.updates for text in (update.title, update.body))
        yield from (sample.journey.reason, sample.contact_name, sample.waiting_lead_fa)


def test_most_campaigns_ask_for_goods_in_places_that_exist():
    found = needs.needs()
    assert len(found) >= 18 and found.keys() <= {sample.slug for sample in data.campaigns()}
    for sample in data.campaigns():
        rows = found.get(sample.slug, {"needs": [], "places": []})
        counties = {county.fa for county in sample.counties}
        assert {row["at"] for row in [*rows["needs"], *rows["places"]] if "at" in row} <= counties
        keys = [(row["fa"], row.get("at")) for row in rows["needs"]]
        assert len(keys) == len(set(keys))
        assert {item for row in rows["places"] for item in row.get("only", ())} <= {
            item for item, _at in keys
        }
        assert sum(row["n"] * row["rials"] for row in rows["needs"]) <= sample.goal_rials
