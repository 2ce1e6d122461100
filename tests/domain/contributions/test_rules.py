"""What money of each intent may pay for."""

import pytest

from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.contributions.rules import PURPOSE_LABELS, RULES, Purpose

RING_FENCED = {Intent.ZAKAT, Intent.KAFFARAH, Intent.FITR_GENERAL, Intent.FITR_SADAT, Intent.ORPHANS}


def test_every_intent_has_words_and_a_rule_and_every_purpose_has_words():
    assert set(RULES) == set(INTENT_LABELS) == set(Intent)
    assert set(PURPOSE_LABELS) == set(Purpose)
    assert all(rule.pays_for and str(rule.sentence) and str(rule.source) for rule in RULES.values())


def test_what_was_given_for_one_thing_is_ring_fenced():
    assert {intent for intent, rule in RULES.items() if rule.ring_fenced} == RING_FENCED
    for intent in RING_FENCED:
        assert not RULES[intent].fits(Purpose.RUNNING) and not RULES[intent].fits(Purpose.PROJECT)


@pytest.mark.parametrize(
    ("purpose", "intents"),
    [
        (Purpose.NEEDY_SADAT, {Intent.SADAQAH, Intent.NAZR, Intent.FITR_SADAT}),
        (Purpose.ORPHANS, {Intent.SADAQAH, Intent.NAZR, Intent.ORPHANS}),
        (Purpose.FOOD, set(Intent) - {Intent.FITR_SADAT, Intent.ORPHANS}),
        (Purpose.RUNNING, {Intent.SADAQAH}),
    ],
)
def test_each_purpose_is_paid_by_the_intents_that_allow_it(purpose, intents):
    assert {intent for intent in Intent if RULES[intent].fits(purpose)} == intents
