"""The papers of a spending: finance keeps them, nobody else opens them; one copy is for everybody."""

from io import BytesIO

import pytest

from campaigns.domain.accounts.permissions import Role
from campaigns.domain.funds.papers import papers_of
from tests.cast import person
from tests.domain.deliveries.house import Kerman
from tests.photos import photo
from tests.web.officehands import Hands


@pytest.fixture
def kerman(app):
    return Kerman()


def paper(data=b"%PDF-1.7 an invoice with names", name="f.pdf"):
    return BytesIO(data), name


def test_a_paper_is_kept_for_finance_alone(app, client, kerman):
    kerman.given(900_000)
    spending = kerman.spent(900_000)
    kamran, page = Hands(app, kerman.kamran), f"/en/finance/spendings/{spending.public_id}/papers"
    assert "finance only" in kamran.after(kamran.fill(page, file=paper(), dated="1405/08/30"))
    (kept,) = papers_of(spending.id)
    answer = kamran.get(f"{page}/{kept.public_id}")
    assert answer.data.startswith(b"%PDF") and answer.headers["Content-Disposition"].startswith("attachment")
    slug = kerman.campaign.slug
    assert client.get(f"/c/{slug}/papers/{kept.public_id}.jpg").status_code == 404
    assert "21 November 2026" in client.get(f"/en/c/{slug}/report").text
    auditor = Hands(app, person("Babak", Role.AUDITOR))
    assert "Add a paper" not in auditor.seen(page)
    assert Hands(app, kerman.zahra).get(page).status_code == 404


def test_the_copy_for_everybody_is_a_picture_painted_anew(app, client, kerman):
    kerman.given(900_000)
    spending = kerman.spent(900_000)
    kamran, page = Hands(app, kerman.kamran), f"/en/finance/spendings/{spending.public_id}/papers"
    assert "a picture only" in kamran.fill(page, file=paper(), is_public="y").text
    assert "Choose the file" in kamran.fill(page).text
    kamran.after(kamran.fill(page, file=paper(photo(), "copy.jpg"), is_public="y"))
    (kept,) = papers_of(spending.id)
    shown = client.get(f"/c/{kerman.campaign.slug}/papers/{kept.public_id}.jpg")
    assert shown.mimetype == "image/jpeg" and b"a camera" not in shown.data
    assert "copy with names covered" in client.get(f"/en/c/{kerman.campaign.slug}/report").text
    assert "sees a copy of it already" in kamran.fill(page, file=paper(photo(), "b.jpg"), is_public="y").text
