import pytest
from flask_babel import force_locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wtforms import FieldList, Form, FormField, SelectField, SelectMultipleField

from campaigns.base.fields import (
    LineField,
    NumberField,
    SecretField,
    TextField,
    between,
    choices,
    optional,
    required,
)
from campaigns.base.forms import PublicForm, StaffForm


class Line(Form):
    label = LineField("Label", [required("Write a label")])


class Wish(PublicForm):
    name = LineField("Name", [required("Write your name")], longest=5)
    story = TextField("Story", longest=12)
    count = NumberField("Count", [required("Write how many"), between(1, 60)])
    nickname = LineField("Nickname", [optional(), required("Never asked")])
    topic = SelectField("Topic", choices=choices([("health", "Health")]))
    tags = SelectMultipleField("Tags", choices=choices([("a", "A"), ("b", "B")]))
    secret = SecretField("Secret", longest=8)
    lines = FieldList(FormField(Line), min_entries=1)


GOOD = {"name": "مینا", "count": "۱۲", "topic": "health", "lines-0-label": "x"}


@pytest.fixture
def sent(app):
    def fill(form: type[PublicForm] = Wish, **data: object) -> PublicForm:
        with app.test_request_context(
            "/en/", method="POST", data=data, environ_overrides={"pooyesh.language": "en"}
        ):
            filled = form()
            filled.validate()
            filled.found = {problem.field_id: problem.message for problem in filled.problems()}
            return filled

    return fill


def test_what_is_right_passes(sent):
    assert sent(**GOOD).found == {}


def test_every_problem_is_listed_once_in_the_order_of_the_page(sent):
    form = sent(name=" ", count="", topic="war", tags=["a", "z"], **{"lines-0-label": ""})
    assert form.found == {
        "name": "Write your name",
        "count": "Write how many",
        "topic": "Not a valid choice.",
        "tags": "'z' is not a valid choice for this field.",
        "lines-0-label": "Write a label",
    }


def test_what_was_typed_is_cleaned(sent):
    form = sent(**GOOD | {"name": "  مي\u200bنا ", "story": "یک\r\n\r\n\r\n دو\u202e"})
    assert form.name.data == "مینا"
    assert form.story.data == "یک\n\nدو"


def test_what_nobody_could_see_is_remembered_by_field(sent):
    form = sent(
        **GOOD
        | {"name": "مي\u200bنا", "story": "\u202eد\u202e", "lines-0-label": "x\u200f", "count": "1\u200b2"}
    )
    assert form.found == {}
    assert form.hidden_marks() == {
        "name": {"ZERO WIDTH SPACE": 1},
        "story": {"RIGHT-TO-LEFT OVERRIDE": 2},
        "lines": {"RIGHT-TO-LEFT MARK": 1},
    }
    assert sent(**GOOD).hidden_marks() == {}


def test_too_long_says_how_much_too_long(sent):
    form = sent(**GOOD | {"name": "abcdef", "secret": "x" * 10_000})
    assert form.found["name"] == "Shorten this by 1 character: at most 5 fit."
    assert form.found["secret"] == "Shorten this by 9,992 characters: at most 8 fit."


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), ("۱۲", 12), ("١٢", 12), (" ۱٬۲ ", 12), ("0", None), ("61", None)]
)
def test_numbers_in_any_digits_within_their_bounds(sent, typed, number):
    form = sent(**GOOD | {"count": typed})
    if number is None:
        assert form.found == {"count": "Write a number from 1 to 60."}
    else:
        assert form.found == {} and form.count.data == number


@pytest.mark.parametrize("typed", ["twelve", "1.5", "-3", "12a", "½", "9" * 5000, "₁", "𝟙𝟚"])
def test_what_is_no_number_stays_in_its_field(sent, typed):
    form = sent(**GOOD | {"count": typed})
    assert list(form.found) == ["count"]
    assert form.count.data is None and form.count._value() == typed


def test_a_password_is_taken_as_typed_and_never_shown(sent):
    form = sent(**GOOD | {"secret": " \u200cpw\u064a "})
    assert form.secret.data == " \u200cpw\u064a "
    assert "pw" not in form.secret()


def test_a_missing_form_and_a_json_body_are_an_empty_form(app):
    for body in (
        {"data": {}},
        {"json": [1, {"name": "x"}]},
        {"data": b"\xff\xfe", "content_type": "text/plain"},
    ):
        with app.test_request_context("/", method="POST", **body):
            form = Wish()
            assert not form.validate()
            assert form.name.data in {"", None}


def test_a_get_shows_what_is_kept_in_the_digits_of_the_reader(app):
    with app.test_request_context("/"):
        assert Wish(data={"name": "مینا", "count": 1700}).count._value() == "۱٬۷۰۰"
    with app.test_request_context("/"), force_locale("en"):
        assert Wish(data={"name": "مینا", "count": 1700}).count._value() == "1,700"


def test_the_words_are_persian_on_a_persian_page(app):
    with app.test_request_context("/", method="POST", data=GOOD | {"count": "99", "topic": "war"}):
        form = Wish()
        form.validate()
        assert "۶۰" in form.count.errors[0]
        assert form.topic.errors[0] != "Not a valid choice."


class Staff(StaffForm):
    name = LineField("Name", [required("Write your name")])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["name", "story", "count", "topic", "tags", "secret", "lines-0-label", "lines-9-label"]
        ),
        st.lists(st.text(max_size=60), min_size=1, max_size=3),
    )
)
def test_any_bytes_from_a_stranger_get_an_answer(app, data):
    with app.test_request_context("/", method="POST", data=data):
        form = Wish()
        form.validate()
        assert all(problem.field_id and problem.message for problem in form.problems())


def test_a_form_for_the_public_has_no_token_and_one_for_staff_has(app):
    with app.test_request_context("/"):
        assert "csrf_token" not in PublicForm()._fields
        assert StaffForm.Meta.csrf
