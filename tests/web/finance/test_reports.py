"""Farid brings Saman's report as a file; everybody of finance sees what does not match."""

import io

import pytest
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.reports.models import GatewayReport
from tests.cast import person
from tests.domain.refunds.money import placed
from tests.domain.settlements.held import took
from tests.giving import live_campaign
from tests.web.officehands import Hands

NEW = "/en/finance/reports/new"


@pytest.fixture
def attempt(app):
    return took(app, live_campaign(), tehran_day(now()), 1_000_000)


@pytest.fixture
def farid(app, attempt):
    return Hands(app, person("Farid", Role.FINANCE))


def brought(farid, text, **changes):
    fields = {
        "csrf_token": farid.token,
        "terminal": "zarinpal",
        "day": tehran_day(now()).isoformat(),
        "file": (io.BytesIO(text.encode()), "report.csv"),
    }
    return farid.client.post(NEW, data=fields | changes, content_type="multipart/form-data")


def test_a_file_is_compared_and_each_bucket_shows_its_rows(farid, attempt):
    text = f"RefNum,ResNum,Amount\n{attempt.receipt_ref},{attempt.numeric_ref},1000000\nSTRANGE-9,,700000\n"
    page = farid.after(brought(farid, text))
    assert "brought as a file" in page and "Farid" in page
    assert "1 payment does not match" in page and "STRANGE-9" in page and "70,000 toman" in page
    assert "100,000 toman" in page.split("Gateway, payment and book say the same.")[1]
    assert "1 does not match" in farid.seen("/en/finance/reports")
    assert db.session.scalars(select(ReviewItem.kind)).all() == ["unknown_money"]


def test_a_payment_the_report_does_not_have_is_missed(farid, attempt):
    page = farid.after(brought(farid, "RefNum,Amount\nSTRANGE-9,700000\n"))
    assert "2 payments do not match" in page and "The gateway does not list it" in page
    page = farid.seen("/en/finance/items")
    assert "report does not have this payment" in page.replace("&#39;", "'")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Choose the file."),
        ("name\nSara\n", "must name a column"),
        ("RefNum,Amount\nR1,five\nR2,6\nR3,x\n", "Lines: 2, 4"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_used(farid, text, words):
    answer = brought(farid, text)
    assert answer.status_code == 422 and words in answer.text.split('id="file-error"')[1].split("</p>")[0]
    assert db.session.scalars(select(GatewayReport)).all() == []
    answer = brought(farid, "RefNum,Amount\nR,1\n", terminal="", day="soon")
    assert answer.status_code == 422 and "Choose the gateway" in answer.text


def test_a_large_file_is_taken(farid, attempt):
    lines = "".join(f"STRANGE-{number},1\n" for number in range(20_000))
    text = f"RefNum,Amount,State\n{attempt.receipt_ref},1000000\n" + lines.replace(",1\n", ",1,Failed\n")
    assert len(text) > 256 * 1024
    assert "Everything matches." in farid.after(brought(farid, text))


def test_only_finance_within_reach(app, farid):
    farid.after(brought(farid, "RefNum,Amount\nSTRANGE-9,700000\n"))
    address = f"/en/finance/reports/{db.session.scalars(select(GatewayReport.public_id)).one()}"
    nima = Hands(app, person("Nima", Role.AUDITOR))
    assert "STRANGE-9" in nima.seen(address) and nima.get(NEW).status_code == 404
    seed_provinces()
    shirin = Hands(app, person("Shirin", Role.FINANCE, province_code="IR-25"))
    assert shirin.get(address).status_code == 404 and "ZarinPal" not in shirin.seen("/en/finance/reports")
    assert Hands(app, person("Omid", Role.ORGANIZER)).get("/en/finance/reports").status_code == 404


def test_unknown_money_of_a_report_goes_the_way_of_all_unknown_money(farid, attempt):
    farid.after(brought(farid, f"RefNum,Amount\n{attempt.receipt_ref},1000000\nSTRANGE-9,700000\n"))
    item = db.session.scalars(select(ReviewItem.public_id)).one()
    address = f"/en/finance/items/{item}"
    farid.after(farid.fill(address, to=f"{address}/confirm", statement="صورت‌حساب آذر، سطر ۳"))
    placed()
    assert balance(accounts.UNALLOCATED) == 700_000
    assert db.session.scalars(select(PaymentAttempt.state)).all() == ["paid"]
