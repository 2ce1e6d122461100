"""Whatever is typed into the form of a gift is answered: kept, or refused with a sentence; never a crash."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.giving import live_campaign
from tests.support.paying import Paying
from tests.web.give.donor import Donor, attempts

FIELDS = ("mobile", "shown_as", "name", "hide_amount", "dedication", "message", "amount", "intent")
ODD = (
    'O:8:"stdClass":0:{}',
    "!!python/object",
    "${7*7}",
    "{{7*7}}",
    "\x00",
    "\ud800",
    "<script>",
    "' OR 1=1 --",
)


@pytest.fixture
def sara(app: Flask, paying: Paying) -> Donor:
    return Donor(app, live_campaign("sadaqah"))


@given(st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(ODD) | st.text(max_size=300), min_size=1))
def test_whatever_is_typed_into_the_form_of_a_gift_is_answered(sara: Donor, typed: dict[str, str]) -> None:
    before = len(attempts())
    form = sara.form()
    for name, value in typed.items():
        form.setlist(name, [value.encode("utf-8", "replace").decode()])
    assert sara.send(form).status_code in {200, 303, 422}, typed
    assert len(attempts()) - before in {0, 1}
