"""Farid brings the bank's file, sees what it is, imports it, and says which gift a line is; Negar agrees."""

import io
from datetime import timedelta

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import TEHRAN
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.claims import bank
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.ledger import accounts as book
from campaigns.domain.ledger.queries import balance, received
from campaigns.domain.statements.models import StatementImport, StatementLine
from tests.cast import mina, parisa, person, reza
from tests.domain.statements.papers import Move, account, as_csv, declared, signed, two_columns
from tests.web.officehands import Hands, filled
from tests.worlds import live_campaign, organization

OTHER = "IR820540102680020817909002"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def people(app, campaign):
    return person("Farid", Role.FINANCE), person("Negar", Role.FINANCE)


@pytest.fixture
def ours(people):
    return account(*people)


@pytest.fixture
def farid(app, people):
    return Hands(app, people[0])


@pytest.fixture
def negar(app, people):
    return Hands(app, people[1])


@pytest.fixture
def claim(campaign, ours):
    """Sara has declared 500,000 tomans and a little more."""
    return declared(campaign, ours, 5_000_000)


def file_of(*moves: Move) -> bytes:
    return as_csv(two_columns(moves))


def came(rials: int, description: str = "کمک", document: str = "71") -> Move:
    return Move(now().astimezone(TEHRAN) + timedelta(minutes=5), rials, description, document, 20_000_000)


def bring(hands: Hands, data: bytes, to: BankAccount, name: str = "aban.csv"):
    page = hands.get("/en/finance/statements")
    values = filled(page, account=to.public_id)
    values["file"] = (io.BytesIO(data), name)
    answer = hands.post("/en/finance/statements", values)
    answer.request.environ["wsgi.input"].close()
    return answer


def press(hands: Hands, at: str, step: str):
    return hands.post(f"{at}/{step}", {"csrf_token": hands.token})


def imported(hands: Hands, data: bytes, to: BankAccount) -> str:
    at = bring(hands, data, to).headers["Location"]
    assert press(hands, at, "import").status_code == 303
    return at


def the_line() -> StatementLine:
    return db.session.query(StatementLine).one()


def test_what_is_understood_is_shown_before_anything_is_kept(farid, ours, claim):
    page = farid.after(bring(farid, file_of(came(claim.expected_rials)), ours))
    assert "Before it is imported" in page
    assert "Amount that came in" in page and "Import it" in page
    assert db.session.query(StatementLine).count() == 0


def test_an_imported_file_credits_the_gift_and_says_why(farid, ours, claim, campaign):
    at = imported(farid, file_of(came(claim.expected_rials), came(700_000, "نذر", "72")), ours)
    page = farid.seen(at)
    assert "Exactly the amount that was asked for" in page and "No gift found" in page
    assert received(campaign.id) == claim.expected_rials
    assert balance(book.UNALLOCATED) == 700_000
    only = farid.seen(f"{at}?outcome=valid")
    assert "Exactly the amount" in only and "No gift found</span>" not in only
    again = farid.after(bring(farid, file_of(came(claim.expected_rials)), ours))
    assert "Import it" in again
    assert farid.get(f"{at}?outcome=duplicate").status_code == 404


def test_the_very_same_file_is_named_as_such(farid, ours, claim):
    data = file_of(came(claim.expected_rials))
    imported(farid, data, ours)
    at = bring(farid, data, ours).headers["Location"]
    page = farid.seen(at)
    assert "This very file was imported before" in page and "1 of them is kept already" in page
    press(farid, at, "import")
    assert "1 was kept before" in farid.seen(at)
    assert db.session.query(StatementLine).count() == 1


def test_a_row_that_cannot_be_read_is_said_with_its_number(farid, ours):
    rows = [*two_columns([came(700_000)]), ["9", "۱۴۰۵/۱۳/۴۱", "", "1", "", "", "10", ""]]
    at = bring(farid, as_csv(rows), ours).headers["Location"]
    page = farid.seen(at)
    assert "Row 7: «1405/13/41» is no day we can read." in page or "«۱۴۰۵/۱۳/۴۱» is no day" in page
    assert "Import it" not in page
    assert "Some rows cannot be read" in farid.after(press(farid, at, "import"))
    assert db.session.query(StatementLine).count() == 0


def test_files_that_are_no_statements_are_refused_in_words(farid, ours):
    for data, words in (
        (b"%PDF-1.7", "This is a PDF"),
        (b"", "nothing in this file"),
        (b"\xd0\xcf\x11\xe0", "old or"),
    ):
        answer = bring(farid, data, ours)
        assert answer.status_code == 422
        assert words in answer.text
    answer = bring(farid, b"a;b\n" * 700_000, ours)
    assert answer.status_code == 422 and "too large" in answer.text
    assert "Choose the file" in farid.fill("/en/finance/statements", account=ours.public_id).text
    assert db.session.query(StatementImport).count() == 0


def test_unknown_columns_are_asked_for_and_remembered(farid, ours):
    table = as_csv([["A", "B", "C"], ["1405/08/29", "500,000", "hello"]])
    at = bring(farid, table, ours).headers["Location"]
    assert "What do the columns mean?" in farid.after(farid.get(at))
    refused = farid.fill(f"{at}/columns", c0="date")
    assert refused.status_code == 422 and "Choose the column with the amount" in refused.text
    page = farid.after(farid.fill(f"{at}/columns", c0="date", c1="amount", c2="description", unit="toman"))
    assert "500,000 toman" in page and "hello" in page
    later = bring(farid, as_csv([["A", "B", "C"], ["1405/08/28", "70", "x"]]), ours)
    assert "70 toman" in farid.after(later)


def test_a_discarded_file_leaves_nothing(farid, ours):
    at = bring(farid, file_of(came(700_000)), ours).headers["Location"]
    assert "No line of this file was kept" in farid.after(press(farid, at, "discard"))
    assert farid.get(at).status_code == 404
    assert "No file was brought yet" in farid.seen("/en/finance/statements")


def test_by_hand_a_small_line_is_matched_at_once(farid, ours, claim, campaign):
    imported(farid, file_of(came(5_000_000)), ours)
    at = f"/en/finance/statements/lines/{the_line().public_id}"
    page = farid.seen(at)
    assert "the amount without the few tomans that tell it apart" in page
    assert farid.fill(at, f"{at}/match", note="she called").status_code == 422
    done = farid.fill(at, f"{at}/match", claim=claim.public_id, note="she called")
    assert "Decided by hand" in farid.after(done)
    assert received(campaign.id) == 5_000_000


def test_by_hand_a_gift_is_found_by_its_code(farid, ours, claim, campaign):
    imported(farid, file_of(came(6_000_000)), ours)
    at = f"/en/finance/statements/lines/{the_line().public_id}"
    wrong = farid.fill(at, f"{at}/match", code="AAAA-BBBB-CCC", note="she called")
    assert wrong.status_code == 422 and "no declared gift with this code" in wrong.text
    assert "she called" in wrong.text
    farid.fill(at, f"{at}/match", code=claim.contribution.code, note="she called")
    assert received(campaign.id) == 6_000_000


def test_interest_of_the_bank_is_no_gift(farid, ours):
    imported(farid, file_of(came(900_000, "سود سپرده")), ours)
    at = f"/en/finance/statements/lines/{the_line().public_id}"
    assert farid.fill(at, f"{at}/aside", aside="").status_code == 422
    assert "it is no gift" in farid.after(farid.fill(at, f"{at}/aside", aside="interest"))
    assert balance(book.UNALLOCATED) == 0
    assert "Nothing is open" in farid.seen("/en/finance/items")


def test_a_line_that_is_another_gift_is_taken_from_the_first_by_two(farid, negar, ours, claim, campaign):
    imported(farid, file_of(came(claim.expected_rials)), ours)
    at = f"/en/finance/statements/lines/{the_line().public_id}"
    assert "Is it not this gift?" in farid.seen(at)
    assert farid.fill(at, f"{at}/wrong", wrong="other_gift", seen="").status_code == 422
    waits = farid.after(farid.fill(at, f"{at}/wrong", wrong="other_gift", seen="Reza has shown his receipt"))
    assert "your own proposal" in waits and received(campaign.id) == claim.expected_rials
    assert "1 line of a statement waits for a second person" in negar.seen("/en/finance/")
    assert at.removeprefix("/en") in negar.seen("/en/finance/statements")
    asked = negar.seen(at)
    assert "The transfer was for another gift" in asked and "wait for a campaign" in asked
    done = negar.after(negar.fill(at, f"{at}/answer", answer="agree"))
    assert "waits for a second person" not in negar.seen("/en/finance/")
    assert "Was taken for another gift" in done and "Gifts it could be" in done
    assert (received(campaign.id), balance(book.UNALLOCATED)) == (0, claim.expected_rials)
    told = farid.seen(f"/en/finance/claims/{claim.public_id}")
    assert "The money was not for this gift" in told
    donor = farid.get(f"/en/r/{claim.contribution.code}")
    assert donor.status_code == 303 and "/transfer" in donor.headers["Location"]


def test_a_large_line_needs_a_second_person(change_settings, farid, negar, ours, claim, campaign):
    change_settings(transfer_two_people_rials=5_000_000)
    imported(farid, file_of(came(5_000_000)), ours)
    at = f"/en/finance/statements/lines/{the_line().public_id}"
    waits = farid.after(farid.fill(at, f"{at}/match", claim=claim.public_id, note="she called"))
    assert "your own proposal" in waits and received(campaign.id) == 0
    own = {"csrf_token": farid.token, "answer": "agree", "proposal": "x"}
    assert farid.post(f"{at}/answer", own).status_code == 422
    assert "Do you agree?" in negar.seen(at)
    assert negar.fill(at, f"{at}/answer", answer="refuse").status_code == 422
    negar.after(negar.fill(at, f"{at}/answer", answer="agree"))
    assert received(campaign.id) == 5_000_000


def test_the_same_money_in_a_file_of_another_kind_is_shown_and_not_booked(farid, ours):
    move = came(900_000)._replace(tracking="445566")
    imported(farid, file_of(move), ours)
    at = imported(farid, as_csv(signed([move])), ours)
    assert "Told of before" in farid.seen(at)
    line = db.session.query(StatementLine).filter_by(outcome="duplicate").one()
    where = f"/en/finance/statements/lines/{line.public_id}"
    assert "not in the book" in farid.seen(where)
    farid.after(farid.fill(where, f"{where}/own", owning="the bank says there were two"))
    assert balance(book.UNALLOCATED) == 1_800_000


def test_waiting_money_leads_to_the_decision_of_two(farid, ours):
    imported(farid, file_of(came(900_000)), ours)
    items = farid.seen("/en/finance/items")
    assert "Money came to our account, and its gift is not known" in items
    at = f"/en/finance/statements/lines/{the_line().public_id}"
    item = the_line().item.public_id
    assert f"/finance/items/{item}" in farid.seen(at)
    assert f"/finance/statements/lines/{the_line().public_id}" in farid.seen(f"/en/finance/items/{item}")


def test_looking_again_finds_what_was_told_since(farid, ours, claim, campaign):
    imported(farid, file_of(came(5_000_000, "پیگیری 445566")), ours)
    claim.tracking = "445566"
    at = f"/en/finance/statements/again/{ours.public_id}"
    assert "Something new was found" in farid.after(farid.post(at, {"csrf_token": farid.token}))
    assert received(campaign.id) == 5_000_000
    assert "Nothing new was found" in farid.after(farid.post(at, {"csrf_token": farid.token}))


def test_the_file_can_be_fetched_as_it_came(farid, ours):
    data = file_of(came(900_000))
    at = imported(farid, data, ours)
    answer = farid.get(f"{at}/file")
    assert answer.data == data
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_an_account_of_a_province_is_for_those_who_handle_its_money(app, people, farid, ours):
    house = organization()
    house.province_code = "IR-25"
    theirs = account(*people, sheba=OTHER, organization_id=house.id)
    at = imported(farid, file_of(came(900_000)), theirs)
    line = f"/en/finance/statements/lines/{the_line().public_id}"
    qom = Hands(app, person("Hanieh", Role.FINANCE, province_code="IR-25"))
    assert "aban.csv" in qom.seen("/en/finance/statements") and qom.get(line).status_code == 200
    assert "1 item is open" in qom.seen("/en/finance/items")
    kerman = Hands(app, person("Omid", Role.FINANCE, province_code="IR-08"))
    assert "Nothing is open" in kerman.seen("/en/finance/items")
    assert "aban.csv" not in kerman.seen("/en/finance/statements")
    assert {kerman.get(path).status_code for path in (at, f"{at}/file", line)} == {404}
    sent = {"csrf_token": kerman.token, "account": theirs.public_id, "file": (io.BytesIO(b"x,y"), "x.csv")}
    assert kerman.post("/en/finance/statements", sent).status_code == 404


def test_auditors_read_and_change_nothing(app, farid, ours):
    at = imported(farid, file_of(came(900_000)), ours)
    auditor = Hands(app, person("Shirin", Role.AUDITOR))
    line = f"/en/finance/statements/lines/{the_line().public_id}"
    assert "Bring a file" not in auditor.seen("/en/finance/statements")
    assert auditor.get(at).status_code == auditor.get(line).status_code == 200
    token = {"csrf_token": auditor.token}
    for path in (f"{line}/match", f"{at}/import", f"{at}/discard", "/en/finance/statements"):
        assert auditor.post(path, token).status_code == 404


def test_what_was_refused_as_an_account_receives_no_statement(people, farid):
    wrong = bank.propose(None, None, OTHER, "x", "y", people[0])
    bank.refuse(wrong)
    db.session.commit()
    assert "No account receives transfers yet" in farid.seen("/en/finance/statements")
    again = farid.post(f"/en/finance/statements/again/{wrong.public_id}", {"csrf_token": farid.token})
    assert again.status_code == 404
