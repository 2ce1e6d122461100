import pytest
from flask_babel import get_locale, gettext
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.notices import letters
from campaigns.domain.notices.actions import write
from campaigns.domain.notices.models import Letter
from tests.cast import mina, person

pytestmark = pytest.mark.usefixtures("app")
ADDRESS = "http://127.0.0.1:8000/reset/abc"


def written() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_minas_letter_speaks_persian_and_carries_the_link_on_a_line_of_its_own():
    letters.reset_link(mina(), ADDRESS, "k", 30)
    [letter] = written()
    assert (letter.to, letter.language) == ("mina@example.org", "fa")
    assert ADDRESS in letter.body.splitlines()
    assert "۳۰" in letter.body and "30" not in letter.body.replace(ADDRESS, "")
    assert "\u2068Mina\u2069" in letter.body


def test_a_letter_speaks_its_readers_language_whatever_page_is_being_answered(app):
    john = person("John", language="en")
    with app.test_request_context("/", environ_overrides={"pooyesh.language": "fa"}):
        letters.reset_link(john, ADDRESS, "k", 30)
        assert get_locale().language == "fa"
    [letter] = written()
    assert letter.subject == "Choose a new password"
    assert "within 30 minutes" in letter.body


def test_a_letter_is_written_once_for_one_cause():
    user = mina()
    assert letters.password_changed(user, "cause")
    assert not letters.password_changed(user, "cause")
    assert letters.password_changed(user, "another cause")
    assert len(written()) == 2


def test_a_letter_lives_and_dies_with_what_caused_it():
    user = mina()
    letters.password_changed(user, "cause")
    db.session.rollback()
    assert written() == []


def test_somebody_without_an_address_gets_no_letter():
    assert not write("k", None, "fa", "password_changed", name="Mina")
    assert written() == []


def test_no_title_can_break_out_of_the_subject():
    title = "جهیزیه\r\nBcc: everyone@example.org"
    letters.campaign_live(mina(), title=title, url=ADDRESS, key="k")
    [letter] = written()
    assert "\n" not in letter.subject and "\r" not in letter.subject


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_verdict_has_its_letter_with_title_reason_and_address(language):
    author = person("Mina", language=language)
    about = {"title": "جهیزیهٔ کرمان", "url": ADDRESS}
    said = {"reason": "A reason.", "note": "A note of the moderator."}
    letters.campaign_approved(author, **about, key="1")
    letters.campaign_live(author, **about, key="1")
    letters.campaign_changes_asked(author, **about, **said, key="2")
    letters.campaign_rejected(author, **about, **said, key="3")
    letters.change_rejected(author, **about, **said, key="4")
    assert len({letter.subject for letter in written()}) == 5
    for letter in written():
        assert "جهیزیهٔ کرمان" in letter.subject
        assert ADDRESS in letter.body
        assert "%(" not in letter.subject + letter.body
    for letter in written()[2:]:
        assert "A reason." in letter.body and "A note of the moderator." in letter.body


def test_html_in_a_name_stays_what_was_typed():
    letters.campaign_live(mina(), title="a <b> & c", url=ADDRESS, key="k")
    assert "a <b> & c" in written()[0].subject
    assert gettext("With thanks,") in written()[0].body
