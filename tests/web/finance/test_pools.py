"""A sponsor doubles gifts: proposed and opened by two people, told on the page and on the receipt."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.rollup import place
from campaigns.domain.matching.models import MatchPool
from campaigns.domain.matching.worker import match
from campaigns.domain.payments.models import PaymentAttempt
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign

SHEBA = "IR06 2960 0000 0010 0324 2000 01"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def farid(app, campaign):
    return Hands(app, person("Farid", Role.FINANCE))


@pytest.fixture
def negar(app, campaign):
    return Hands(app, person("Negar", Role.FINANCE))


def proposed(farid, **changes):
    today = tehran_day(now())
    wish = {
        "sponsor": "فولاد کویر",
        "campaign": "",
        "cap_rials": "100,000",
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=9)).isoformat(),
    }
    return farid.fill("/en/finance/pools/new", **wish | changes)


def address():
    pool = db.session.scalars(select(MatchPool)).one()
    return f"/en/finance/pools/{pool.public_id}"


def opened(farid, negar, **changes):
    farid.after(proposed(farid, **changes))
    page = address()
    return negar.after(negar.fill(page, to=f"{page}/open", bank_account=SHEBA, bank_reference="B-9"))


def paid(campaign, rials):
    """A gift whose attempt the gateway has settled, and the worker's turn after it."""
    given = gift(campaign, rials)
    attempt = PaymentAttempt(
        contribution=given,
        numeric_ref=given.id,
        gateway="zarinpal",
        environment="sandbox",
        state="paid",
        redirect_url="",
        rials=rials,
        captured_rials=rials,
        paid_at=now(),
    )
    db.session.add(attempt)
    db.session.flush()
    own = accounts.campaign(campaign.id, "sadaqah")
    leg = Leg(accounts.clearing("zarinpal"), own, rials)
    post(f"cap:{attempt.public_id}", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign.id)
    for _turn in range(2):
        place()
        match()
        place()
    db.session.commit()
    return given


def test_the_page_says_what_is_doubled_and_the_receipt_by_whom(client, campaign, farid, negar):
    assert "doubles every gift" not in client.get(f"/en/c/{campaign.slug}").text
    assert "open" in opened(farid, negar, campaign=campaign.slug)
    page = client.get(f"/en/c/{campaign.slug}").text
    assert "فولاد کویر doubles every gift up to 100 thousand toman in all" in page
    given = paid(campaign, 250_000)
    receipt = client.get(f"/en/r/{given.code}").text
    assert "فولاد کویر added 25,000 toman to your gift." in receipt
    page = client.get(f"/en/c/{campaign.slug}").text
    assert "50 thousand toman of it are left" in page  # both entries of the test's gift were doubled
    wall = page.split('id="wall')[-1] if 'id="wall' in page else ""
    assert "فولاد کویر" not in wall


def test_a_campaign_beyond_the_pool_says_nothing(client, campaign, farid, negar):
    other = live_campaign(person("Omid", Role.ORGANIZER), reza_again(), parisa_again(), slug="other-one")
    opened(farid, negar, campaign=campaign.slug)
    assert "doubles every gift" not in client.get(f"/en/c/{other.slug}").text


def reza_again():
    return person("Nima", Role.MODERATOR)


def parisa_again():
    return person("Shirin", Role.MODERATOR)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"sponsor": ""}, "sponsor", "Write the name to be shown"),
        ({"campaign": "nowhere"}, "campaign", "no campaign with this address"),
        ({"cap_rials": "0"}, "cap_rials", "above zero"),
        ({"position": ""}, "position", "from 1 up"),
        ({"first_day": ""}, "first_day", "Write the day"),
        ({"first_day": "2026-01-09", "last_day": "2026-01-02"}, "last_day", "before the first"),
        ({"first_day": "2020-01-01", "last_day": "2020-01-02"}, "last_day", "over"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(farid, changes, field, words):
    answer = proposed(farid, **changes)
    assert answer.status_code == 422
    assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert db.session.scalars(select(MatchPool)).all() == []


def test_nobody_opens_their_own_pool_and_a_refused_one_stays_refused(farid, negar):
    farid.after(proposed(farid))
    page = address()
    own = {"csrf_token": farid.token, "bank_account": SHEBA, "bank_reference": "B-9"}
    answer = farid.post(f"{page}/open", own)
    assert answer.status_code == 422 and "somebody else decides" in answer.text
    assert negar.fill(page, to=f"{page}/open", bank_account="IR1", bank_reference="B-9").status_code == 422
    assert "refused" in negar.after(negar.fill(page, to=f"{page}/refuse"))
    late = negar.post(f"{page}/open", own | {"csrf_token": negar.token})
    assert late.status_code == 422 and "Somebody else was first" in late.text


def test_finance_of_a_province_opens_pools_there_only(app, campaign, farid):
    kerman = Hands(app, person("Kian", Role.FINANCE, province_code="IR-08"))
    assert proposed(kerman).status_code == 422
    kerman.after(proposed(kerman, campaign=campaign.slug))
    page = address()
    qom = Hands(app, person("Shadi", Role.FINANCE, province_code="IR-25"))
    assert qom.get(page).status_code == 404 and "فولاد کویر" not in qom.seen("/en/finance/pools")
    assert proposed(qom, campaign=campaign.slug).status_code == 422
    assert Hands(app, person("Omid", Role.ORGANIZER)).get("/finance/pools").status_code == 404
