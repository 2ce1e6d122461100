"""Files of finance: the rows within reach, names only for who may see them, each file logged with its checksum."""

import csv
import io
import zipfile
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.exports.models import Export
from campaigns.domain.insights import export_rows
from tests.cast import person
from tests.domain.refunds.money import asked as asked_back
from tests.domain.refunds.money import of_another_sum, of_nobody, placed, whole
from tests.domain.settlements.held import advice, paid_out
from tests.giving import live_campaign
from tests.web.officehands import Hands

PAGE = "/en/finance/exports"


@pytest.fixture
def kerman(app):
    return live_campaign(title="=جهیزیه")


@pytest.fixture
def farid(app, kerman):
    whole(app, kerman, 5_000_000, donor_name="سارا", hide_name=False, dedication="@یاد پدر")
    whole(app, live_campaign(title="یزد"), 7_000_000)
    return Hands(app, person("Farid", Role.FINANCE))


def taken(hands, kind, **changes):
    answer = hands.fill(PAGE, kind=kind, **{"format": "csv"} | changes)
    assert answer.status_code == 200, answer.text
    return answer


def rows_of(answer):
    text = answer.data.decode("utf-8-sig")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text)))


def test_gifts_come_with_their_payments_and_nothing_is_a_formula(farid):
    answer = taken(farid, "gifts")
    first, second = rows_of(answer)
    assert (first["Rials"], second["Rials"]) == ("5000000", "7000000")
    assert first["Campaign"] == "'=جهیزیه" and first["Dedication"] == "'@یاد پدر" and first["Name"] == "سارا"
    assert first["Gateway"] == "ZarinPal" and first["Tracking code"] and second["Name"] == "Anonymous"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_every_file_is_written_down_with_its_checksum(farid):
    today = tehran_day(now()).isoformat()
    answer = taken(farid, "gifts", first=today)
    db.session.expire_all()
    log = db.session.scalars(select(Export)).one()
    assert (log.kind, log.format, log.rows, log.personal) == ("gifts", "csv", 2, True)
    assert log.user.name == "Farid" and log.first_day.isoformat() == today and log.last_day is None
    assert log.sha256 == sha256(answer.data).digest() and log.size == len(answer.data)
    assert answer.headers["X-Checksum-SHA256"] == log.sha256.hex() and log.sha256.hex() in farid.seen(PAGE)
    with pytest.raises(DBAPIError):
        db.session.delete(log)
        db.session.flush()
    db.session.rollback()


def test_the_same_as_a_spreadsheet(farid):
    answer = taken(farid, "gifts", format="xlsx")
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>5000000</v>" in sheet and "=جهیزیه" in sheet and "<f>" not in sheet


def test_the_period_narrows_and_is_checked(farid):
    assert rows_of(taken(farid, "gifts", last="1404/01/01")) == []
    wrong = farid.fill(PAGE, kind="gifts", format="csv", first="1405/02/01", last="1405/01/01")
    assert wrong.status_code == 422 and "no earlier than the first" in wrong.text
    missing = farid.post(PAGE, {"csrf_token": farid.token, "format": "csv"})
    assert missing.status_code == 422 and "Choose what you want" in missing.text
    db.session.expire_all()
    assert len(db.session.scalars(select(Export)).all()) == 1


def test_every_kind_has_its_rows(app, farid, kerman):
    one, other = person("Pari", Role.FINANCE), person("Negar", Role.FINANCE)
    asked_back(whole(app, kerman, 300_000), one, 300_000)
    of_another_sum(app, kerman)
    of_nobody()
    day = tehran_day(now())
    paid_out(advice(1_000_000, day, day, day=day), one, other)
    placed()
    assert [row["Rials"] for row in rows_of(taken(farid, "refunds"))] == ["300000"]
    assert {row["Gateway"] for row in rows_of(taken(farid, "items"))} == {"ZarinPal"}
    assert [row["Terminal"] for row in rows_of(taken(farid, "settlements"))] == ["zarinpal"]
    book = rows_of(taken(farid, "transfers"))
    assert {row["Kind"] for row in book} == {"capture", "unallocated", "settlement"}
    assert sum(int(row["Rials"]) for row in book if row["Debit"] == "asset:clearing:zarinpal") == 16_300_000


def test_a_file_ends_where_the_reach_ends(app, farid, kerman):
    shirin = Hands(app, person("Shirin", Role.FINANCE, campaign_id=kerman.id))
    assert [row["Rials"] for row in rows_of(taken(shirin, "gifts"))] == ["5000000"]
    assert {row["Campaign"] for row in rows_of(taken(shirin, "transfers"))} == {"'=جهیزیه"}
    assert rows_of(taken(shirin, "settlements")) == []
    assert "Shirin" not in farid.seen(PAGE)
    nima = Hands(app, person("Nima", Role.AUDITOR))
    gift = rows_of(taken(nima, "gifts"))[0]
    assert gift["Name"] == "سارا" and gift["Tracking code"] == ""
    assert "Shirin" in nima.seen(PAGE)
    assert Hands(app, person("Omid", Role.ORGANIZER)).get(PAGE).status_code == 404


def test_rows_are_read_a_few_at_a_time(app, farid, kerman, monkeypatch):
    monkeypatch.setattr(export_rows, "AT_ONCE", 2)
    for rials in (100_000, 200_000, 300_000):
        whole(app, kerman, rials)
    found = [row["Rials"] for row in rows_of(taken(farid, "gifts"))]
    assert found == ["5000000", "7000000", "100000", "200000", "300000"]
