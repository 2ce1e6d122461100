"""Who asks is given everything held about them, and forgotten, and the book is as it was."""

import io
import json
import zipfile

import pytest
from sqlalchemy import String, select

from campaigns.base.extensions import Model, db
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.models import LoginSession, User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.audit.acting import Actor, as_actor
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.erasure import actions, donors
from campaigns.domain.erasure.actions import CannotErase
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import publishing
from campaigns.domain.notices.models import Letter
from campaigns.domain.reminders.actions import Asked
from campaigns.domain.reminders.actions import ask as remind
from campaigns.domain.reminders.models import Reminder
from tests.cast import leila, mina, parisa, person, reza
from tests.web.account.browser import Browser
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign
from tools.verify_ledger import Book

SARA = {
    "donor_name": "سارا محمدی",
    "hide_name": False,
    "mobile": "+989121112233",
    "dedication": "به یاد پدربزرگ",
    "message": "دلتان گرم باد",
}
EMAIL = "sara.canary@example.org"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def given(campaign):
    """A gift of Sara's with everything one can leave with it, and one of somebody else."""
    one = gift(campaign, 700_000, **SARA)
    gift(campaign, 300_000, donor_name="نرگس", hide_name=False, mobile="+989121110000")
    remind(one.id, campaign.id, Asked(700_000, one.intent, "fa", EMAIL, 3))
    db.session.add(Letter(dedupe_key="x", to=EMAIL, language="fa", subject="یادآوری", body="سلام سارا"))
    db.session.commit()
    return one


def book_now():
    """The public book, verified line by line by the tool anybody may run."""
    last = publishing.totals()["entries"]
    lines = b"".join(publishing.lines(db.engine, 1, last)).splitlines(keepends=True)
    book = Book([], {})
    book.read(lines)
    return book.size, book.head, book.root(), book.received, publishing.totals()


def everything_in_the_database():
    """Every text of every table: where a person forgotten must not be found any more."""
    for table in Model.metadata.sorted_tables:
        texts = [column for column in table.columns if isinstance(column.type, String)]
        if texts:
            for row in db.session.execute(select(*texts)):
                yield from (f"{table.name}: {value}" for value in row if value)


def test_a_giver_is_forgotten_and_the_book_verifies_exactly_as_before(given):
    boss = leila()
    before, amounts = (
        book_now(),
        db.session.scalars(select(Contribution.rials).order_by(Contribution.id)).all(),
    )
    request = actions.ask(given)
    with as_actor(Actor(boss.id, "admin")):
        actions.erase(request.public_id, boss)
        db.session.commit()
    assert book_now() == before
    assert db.session.scalars(select(Contribution.rials).order_by(Contribution.id)).all() == amounts
    assert watch.look(watch.everything()) == []
    left = "\n".join(everything_in_the_database())
    for trace in (*(value for value in SARA.values() if value), EMAIL, "سلام سارا"):
        assert str(trace) not in left
    assert "نرگس" in left and "+989121110000" in left
    act = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "erase")).one()
    assert (act.object_kind, act.object_id) == ("contribution", given.public_id)


def test_everything_held_about_a_giver_comes_with_code_and_proof(given):
    held = donors.held(donors.find(given.code, "0912 111 2233"))
    assert held["contribution"][0]["dedication"] == SARA["dedication"]
    assert held["reminder"][0]["email"] == EMAIL and held["letter"][0]["body"] == "سلام سارا"
    assert donors.find(given.code, EMAIL) == given
    assert donors.find(given.code, "09121110000") is None and donors.find(given.code, "") is None
    assert db.session.scalars(select(Reminder)).one().email == EMAIL and db.session.scalar(select(Letter.id))


def test_the_code_alone_is_the_proof_where_nothing_was_left(campaign):
    anonymous = gift(campaign)
    assert donors.find(anonymous.code, "") == anonymous


def test_a_refused_request_is_asked_again(given):
    boss = leila()
    request = actions.ask(given)
    actions.refuse(request.public_id, boss, "در رسیدگی است.")
    db.session.commit()
    with pytest.raises(CannotErase, match="decided"):
        actions.erase(request.public_id, boss)
    again = actions.ask(given)
    assert again.public_id == request.public_id and again.state == "waiting" and again.reason == ""


def test_somebody_with_an_account_is_forgotten_and_what_they_decided_stays(app, campaign):
    boss = leila()
    reza_ = db.session.scalars(select(User).where(User.name == "Reza")).one()
    hands = Hands(app, reza_)
    answer = hands.post("/account/data/file", {"csrf_token": hands.token})
    held = json.loads(zipfile.ZipFile(io.BytesIO(answer.data)).read("data.json"))["held"]
    assert held["user"][0]["email"] == "reza@example.org" and "password_hash" not in held["user"][0]
    assert held["role_grant"] and held["login_session"] and held["audit_entry"]
    assert hands.post("/account/data/erase", {"csrf_token": hands.token}).status_code == 303
    office = Hands(app, boss)
    (request,) = actions.waiting()
    office.after(
        office.fill(f"/people/erasures/{request.public_id}", to=f"/people/erasures/{request.public_id}/erase")
    )
    db.session.refresh(reza_)
    assert (reza_.is_enabled, reza_.password_hash, grants_of(reza_.id)) == (False, None, [])
    assert not db.session.scalar(select(LoginSession).where(LoginSession.user_id == reza_.id))
    assert "reza@example.org" not in "\n".join(everything_in_the_database())
    assert campaign.state == "live" and hands.get("/account").status_code == 302


def test_the_last_administrator_is_not_forgotten_and_nobody_decides_of_themselves(app):
    boss = leila()
    request = actions.ask(boss)
    db.session.commit()
    with pytest.raises(CannotErase, match="own"):
        actions.erase(request.public_id, boss)
    with pytest.raises(CannotErase, match="last"):
        actions.erase(request.public_id, person("Sima", Role.FINANCE))


def test_sara_asks_on_the_site_and_follows_what_becomes_of_it(app, given):
    sara = Browser(app)
    wrong = sara.post("/en/my-data", {"code": given.code, "contact": "09120000000", "want": "erase"})
    assert wrong.status_code == 422 and given.code in wrong.text
    unknown = sara.post("/en/my-data", {"code": "0000-0000-000", "contact": "09120000000", "want": "erase"})
    assert unknown.status_code == 422
    proof = {"code": given.code, "contact": "09121112233"}
    file = sara.post("/en/my-data", {**proof, "want": "file"})
    assert (
        file.mimetype == "application/zip"
        and SARA["dedication"] in zipfile.ZipFile(io.BytesIO(file.data)).read("data.json").decode()
    )
    asked = sara.post("/en/my-data", {**proof, "want": "erase"})
    where = asked.headers["Location"]
    assert "A colleague will read your request" in sara.get(where).text
    office = Hands(app, leila())
    (request,) = actions.waiting()
    page = f"/en/people/erasures/{request.public_id}"
    office.after(office.fill(page, to=f"{page}/refuse", reason="این هدیه هنوز در رسیدگی است."))
    assert "این هدیه هنوز در رسیدگی است." in sara.get(where).text
