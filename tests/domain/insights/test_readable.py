"""Parts in words: for the author to check, for a moderator to compare."""

from flask_babel import force_locale

from campaigns.domain.campaigns.parts import Part
from campaigns.domain.insights.readable import answers, changes, readable, taken_out
from campaigns.themes import LOOKS
from tests.worlds import full_parts, organization


def said_of(app, language="en"):
    organization()
    return {
        label: value
        for part in Part
        for label, value in answers(full_parts("dowry-kerman")[part], language, LOOKS)
    }


def test_every_answer_is_said_in_words(app):
    with app.test_request_context(), force_locale("en"):
        said = said_of(app)
    assert said["Title (in Persian)"] == "جهیزیه برای زوج‌های کرمان"
    assert said["Topic"] == "Dowry and marriage" and said["Provinces"] == "Kerman"
    assert "یخچال: " in said["What one unit costs"]
    assert said["Running costs paid by the organization"] == "yes"
    assert said["Theme"] == "Turquoise" and said["Motif"] == "Stained-glass window"
    assert said["Sister campaign"] == "" and said["First day"] == ""


def test_an_answer_speaks_the_language_of_its_reader(app):
    organization()
    values = {
        "provinces": ["IR-08", "IR-23"],
        "intents": ["sadaqah", "nazr"],
        "contact_phone": "034 3222 3456",
    }
    with app.test_request_context(), force_locale("en"):
        english = dict(answers(values, "en"))
    with app.test_request_context(), force_locale("fa"):
        persian = dict(answers(values, "fa"))
    assert list(english.values()) == ["Kerman, Tehran", "Free gift (sadaqah), Vow (nazr)", "034 3222 3456"]
    assert list(persian.values()) == ["تهران، کرمان", "کمک مستحبی (صدقه)، نذر", "۰۳۴ ۳۲۲۲ ۳۴۵۶"]


def test_the_look_is_said_in_the_words_of_whoever_knows_it(app):
    words = {"theme": {"sarv": "Cypress"}}
    with app.test_request_context(), force_locale("en"):
        assert answers({"theme": "sarv", "motif": "grid"}, "en", words) == [
            ("Theme", "Cypress"),
            ("Motif", "grid"),
        ]


def test_only_what_differs_is_a_change_and_hidden_marks_are_named(app):
    base = {"story": {"fa": "چهل زوج", "en": "Forty"}, "topic": "health"}
    with app.test_request_context(), force_locale("en"):
        found = changes(base, {"story": {"fa": "سی\u202e زوج", "en": "Forty"}, "topic": "health"}, "en")
    assert [change.label for change in found] == ["Story (in Persian)"]
    assert found[0].hidden == ["RIGHT-TO-LEFT OVERRIDE"]
    assert {piece.change for piece in found[0].pieces} > {"same"}


def test_a_word_the_house_does_not_know_stands_as_it_is(app):
    with app.test_request_context(), force_locale("en"):
        assert readable("topic", "weather", "en") == "weather"
        assert readable("intents", ["luck"], "en") == "luck"


def test_what_was_taken_out_is_said_by_the_name_of_its_field(app):
    marks = {"surplus_rule_en": {"TAG CHARACTER": 3}, "contact_name": {"U+0000": 1}, "costs": {"U+0000": 1}}
    with app.test_request_context(), force_locale("en"):
        found = taken_out(marks | {"fa": {"SOFT HYPHEN": 1, "U+0000": 4}})
    labels = [
        "What happens to a surplus (in English)",
        "Contact person",
        "What one unit costs",
        "Questions in Persian",
    ]
    assert [field.label for field in found] == labels
    assert found[-1].count == 5 and found[-1].names == [("SOFT HYPHEN", 1), ("U+0000", 4)]
    assert taken_out(None) == []
