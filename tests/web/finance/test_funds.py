"""Farid proposes, Negar approves, the bank pays; what may not be is said beside the field."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.funds.models import Spending
from campaigns.domain.ledger.queries import spent
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign

SHEBA = "IR06 2960 0000 0010 0324 2000 01"
WISH = {
    "intent": "nazr",
    "purpose": "project",
    "rials": "30,000",
    "thing": "شصت پتو برای کوهبنان",
    "payee": "فروشگاه کویر",
    "document": "F-17",
}


@pytest.fixture
def campaign(app):
    """Kerman, with 50,000 tomans vowed to it."""
    campaign = live_campaign(mina(), reza(), parisa())
    gift(campaign, 500_000, intent="nazr")
    return campaign


@pytest.fixture
def farid(app, campaign):
    return Hands(app, person("Farid", Role.FINANCE, province_code="IR-08"))


@pytest.fixture
def negar(app, campaign):
    return Hands(app, person("Negar", Role.FINANCE))


def proposed(farid, campaign, **changes):
    return farid.fill(f"/en/finance/funds/{campaign.public_id}/spend", **WISH | changes)


def the_spending():
    found = db.session.scalars(select(Spending)).one()
    return found, f"/en/finance/spendings/{found.public_id}"


def test_two_people_spend_and_the_public_bar_stays(app, client, campaign, farid, negar):
    before = client.get(f"/en/c/{campaign.slug}").text
    page = farid.after(proposed(farid, campaign))
    assert "waits for a second person" in page and "somebody else decides" in page
    _spending, address = the_spending()
    assert "شصت پتو برای کوهبنان" in negar.seen("/en/finance/funds")
    page = negar.after(negar.fill(address, to=f"{address}/approve"))
    assert "approved, not paid yet" in page and "20,000 toman left now" in page
    page = farid.after(farid.fill(address, to=f"{address}/pay", bank_account=SHEBA, bank_reference="B-9"))
    assert SHEBA in page and "B-9" in page and "Record the payment" not in page
    page = negar.seen(f"/en/finance/funds/{campaign.public_id}")
    row = page.split("Vow (nazr)")[1].split("</tr>")[0]
    assert [row.find(words) > 0 for words in ("50,000", "30,000", "20,000")] == [True] * 3
    assert client.get(f"/en/c/{campaign.slug}").text.count("50,000") == before.count("50,000")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"rials": "60,000"}, "rials", "has only 50,000 toman left"),
        ({"rials": "0"}, "rials", "above zero"),
        ({"rials": "دو"}, "rials", "digits only"),
        ({"purpose": "running"}, "purpose", "never for running costs"),
        ({"purpose": ""}, "purpose", "Choose what it is spent on"),
        ({"thing": ""}, "thing", "Write what the money buys"),
        ({"document": ""}, "document", "Write the number"),
    ],
)
def test_what_may_not_be_spent_is_said_beside_the_field(farid, campaign, changes, field, words):
    answer = proposed(farid, campaign, **changes)
    assert answer.status_code == 422
    assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert "فروشگاه کویر" in answer.text
    assert db.session.scalars(select(Spending)).all() == []


def test_the_same_document_is_not_spent_twice(farid, campaign):
    farid.after(proposed(farid, campaign, rials="1,000"))
    answer = proposed(farid, campaign, rials="1,000")
    assert answer.status_code == 422 and "has this document already" in answer.text


def test_nobody_approves_their_own_proposal(farid, campaign):
    farid.after(proposed(farid, campaign))
    _spending, address = the_spending()
    answer = farid.post(f"{address}/approve", {"csrf_token": farid.token})
    assert answer.status_code == 422 and "somebody else decides" in answer.text
    assert spent(campaign.id) == 0


def test_a_proposal_is_refused_with_a_reason(farid, negar, campaign):
    farid.after(proposed(farid, campaign))
    _spending, address = the_spending()
    assert negar.fill(address, to=f"{address}/refuse", reason="").status_code == 422
    page = negar.after(negar.fill(address, to=f"{address}/refuse", reason="فاکتور خوانا نیست"))
    assert "فاکتور خوانا نیست" in page and "Approve" not in page
    farid.after(proposed(farid, campaign))


def test_what_is_approved_is_called_off_before_the_bank_pays(farid, negar, campaign):
    farid.after(proposed(farid, campaign))
    _spending, address = the_spending()
    negar.after(negar.fill(address, to=f"{address}/approve"))
    wrong = farid.fill(address, to=f"{address}/pay", bank_account="IR12", bank_reference="B-9")
    assert wrong.status_code == 422 and "not the digits of a Sheba" in wrong.text and "B-9" in wrong.text
    page = farid.after(farid.fill(address, to=f"{address}/call-off", reason="فروشگاه جنس نداشت"))
    assert "called off" in page and "50,000 toman left now" in page
    late = farid.post(
        f"{address}/pay", {"csrf_token": farid.token, "bank_account": SHEBA, "bank_reference": "1"}
    )
    assert late.status_code == 422 and "Somebody else was first" in late.text


def test_others_see_nothing_of_it(app, farid, campaign):
    farid.after(proposed(farid, campaign))
    _spending, address = the_spending()
    pages = ("/en/finance/funds", f"/en/finance/funds/{campaign.public_id}", address)
    stranger = Hands(app, person("Shirin", Role.FINANCE, province_code="IR-25"))
    assert "شصت پتو" not in stranger.seen(pages[0])
    assert [stranger.get(path).status_code for path in pages[1:]] == [404, 404]
    organizer = Hands(app, person("Omid", Role.ORGANIZER))
    assert {organizer.get(path).status_code for path in pages} == {404}
    auditor = Hands(app, person("Nima", Role.AUDITOR))
    assert "Approve" not in auditor.seen(address)
    assert auditor.post(f"{address}/approve", {"csrf_token": auditor.token}).status_code == 404
    assert auditor.get(f"/en/finance/funds/{campaign.public_id}/spend").status_code == 404
