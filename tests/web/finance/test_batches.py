"""Farid attaches the statement of an operator, Negar compares and books it, everybody reads it in the open book."""

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.counter.batch_models import Batch
from campaigns.domain.ledger import queries
from tests.cast import mina, parisa, person, reza
from tests.domain.counter.desk import placed
from tests.web.officehands import Hands, filled
from tests.worlds import live_campaign

NEW = "/en/finance/batches/new"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def farid(app, campaign):
    return Hands(app, person("Farid", Role.FINANCE))


@pytest.fixture
def negar(app, campaign):
    return Hands(app, person("Negar", Role.FINANCE))


def entered(hands, raw: bytes = b"code;count\n7;3\n", name: str = "aban.csv", **changes):
    wish = {
        "operator": "Hamgam",
        "first_day": "2026-10-23",
        "last_day": "2026-11-21",
        "lines__0__campaign": "dowry-kerman",
        "lines__0__gifts": "1,240",
        "lines__0__rials": "9 million",
        "lines__0__fee": "300000",
    }
    data = filled(hands.get(NEW), **wish | changes).to_dict(flat=False)
    if raw:
        data["statement"] = FileStorage(io.BytesIO(raw), name)
    boundary, body = encode_multipart(data)
    return hands.client.post(NEW, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def address() -> str:
    return f"/en/finance/batches/{db.session.scalars(select(Batch)).one().public_id}"


def test_two_people_bring_a_batch_into_the_book(client, campaign, farid, negar):
    assert "waits for a second person" in farid.after(entered(farid))
    page = address()
    assert "somebody else decides" in farid.seen(page)
    assert farid.post(f"{page}/book", {"csrf_token": farid.token}).status_code == 422
    kept = negar.get(f"{page}/statement")
    assert kept.data == b"code;count\n7;3\n" and kept.mimetype == "text/csv"
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert "in the book" in negar.after(negar.fill(page, to=f"{page}/book"))
    placed()
    assert (queries.received(campaign.id), queries.gifts(campaign.id)) == (90_000_000, 1_240)
    book = client.get("/en/ledger").text
    assert "Gifts by USSD or SMS" in book and "1,240 gifts" in book
    line = client.get("/en/ledger/entries/1").text
    assert "hamgam" in line and "1,240 gifts" in line and "SHA-256 of what is known" in line
    assert "1,240" in client.get(f"/en/c/{campaign.slug}").text


def test_the_same_statement_is_refused(farid, negar):
    farid.after(entered(farid))
    twice = entered(farid, first_day="2025-01-01", last_day="2025-01-02")
    assert twice.status_code == 422 and "This very statement is here already" in twice.text
    other = entered(farid, raw=b"code;count\n7;4\n")
    assert other.status_code == 422 and "Some of these days" in other.text
    page = address()
    negar.after(negar.fill(page, to=f"{page}/refuse", why="جمع درست نیست"))
    assert entered(farid).status_code == 303


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"operator": "همگام"}, "operator", "Latin letters"),
        ({"first_day": ""}, "first_day", "Write the day"),
        ({"last_day": "2026-10-01"}, "last_day", "before the first"),
        ({"last_day": "2090-10-01"}, "last_day", "not come yet"),
        ({"lines__0__campaign": ""}, "lines-0-campaign", "Choose the campaign"),
        ({"lines__0__campaign": "nowhere"}, "lines-0-campaign", "Not a valid choice"),
        ({"lines__0__gifts": "0"}, "lines-0-gifts", "how many gifts"),
        ({"lines__0__rials": ""}, "lines-0-rials", "above zero"),
        ({"lines__0__fee": "9000000"}, "lines-0-fee", "cannot keep all"),
        ({"lines__0__intent": "zakat"}, "operator", "does not take this intent"),
        ({"raw": b""}, "statement", "Attach the operator"),
        ({"raw": b"MZ\x00\x01"}, "statement", "Attach a PDF"),
        ({"raw": b"%PDF-1.4" + b"x" * (5 * 1024 * 1024)}, "statement", "too large"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(farid, changes, field, words):
    answer = entered(farid, **changes)
    assert answer.status_code == 422
    assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert db.session.scalars(select(Batch)).all() == []


def test_what_is_far_too_large_is_not_even_read(farid):
    assert entered(farid, raw=b"%PDF-1.4" + b"x" * (7 * 1024 * 1024)).status_code == 413


def test_a_batch_of_another_province_does_not_exist(app, farid):
    farid.after(entered(farid))
    yazd = Hands(app, person("Shadi", Role.FINANCE, province_code="IR-21"))
    for path in ("", "/statement"):
        assert yazd.get(address() + path).status_code == 404
    assert yazd.post(f"{address()}/book", {"csrf_token": yazd.token}).status_code == 404
    assert "hamgam" not in yazd.seen("/en/finance/batches")
    assert entered(yazd, raw=b"a;b\n").status_code == 422
    auditor = Hands(app, person("Babak", Role.AUDITOR))
    assert auditor.get(address()).status_code == 200 and auditor.get(NEW).status_code == 404


def test_two_people_take_a_booked_batch_back_and_everybody_reads_why(client, campaign, farid, negar):
    farid.after(entered(farid))
    page = address()
    negar.after(negar.fill(page, to=f"{page}/book"))
    placed()
    empty = negar.fill(page, to=f"{page}/back")
    assert empty.status_code == 422 and "Write what happened" in empty.text
    asked = negar.fill(page, to=f"{page}/back", reason="typed", note="یک صفر زیاد بود")
    assert "Nothing changes in the book before a second person" in negar.after(asked)
    assert "Somebody else than who asked decides" in negar.seen(page)
    assert negar.post(f"{page}/back/do", {"csrf_token": negar.token}).status_code == 422
    assert queries.gifts(campaign.id) == 1_240
    assert "Taken back" in farid.after(farid.fill(page, to=f"{page}/back/do"))
    placed()
    assert (queries.received(campaign.id), queries.gifts(campaign.id)) == (0, 0)
    said = client.get("/en/corrections").text
    assert "Sums or numbers of the statement were typed wrongly" in said and "Gift taken back" in said
    assert "صفر" not in said
    assert client.get("/en/ledger/entries/2").status_code == 200
    assert "taken back out of the book" in negar.seen("/en/finance/batches")
    assert entered(farid).status_code == 303


def test_a_second_person_may_keep_it_in_the_book(campaign, farid, negar):
    farid.after(entered(farid))
    page = address()
    negar.after(negar.fill(page, to=f"{page}/book"))
    farid.after(farid.fill(page, to=f"{page}/back", reason="twice", note="دو بار"))
    assert negar.post(f"{page}/back/keep", {"csrf_token": negar.token}).status_code == 422
    kept = negar.post(f"{page}/back/keep", {"csrf_token": negar.token, "why": "یک بار است"})
    assert "It stays in the book." in negar.after(kept)
    assert "یک بار است" in farid.seen(page)
    assert queries.gifts(campaign.id) == 1_240
