"""The evening: Zahra counts, Farid of finance confirms, and the cash goes to the bank by two people."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.counter.models import Deposit, Sheet
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from tests.cast import person
from tests.domain.counter.desk import SHEBA, YAZD, taken
from tests.web.officehands import Hands


@pytest.fixture
def farid(app, people):
    return Hands(app, people.farid)


def day(people) -> str:
    return f"/en/counter/{people.office.public_id}/day"


def sheet() -> Sheet:
    return db.session.scalars(select(Sheet)).one()


def test_the_sheet_is_counted_confirmed_and_printed(zahra, farid, people, campaign):
    taken(people, campaign, 500_000)
    assert "50,000" in zahra.seen(day(people))
    assert zahra.fill(day(people), to=f"{day(people)}/count", counted="").status_code == 422
    short = zahra.fill(day(people), to=f"{day(people)}/count", counted="45000", reason="")
    assert short.status_code == 422 and "Write why what was counted differs" in short.text
    page = zahra.after(zahra.fill(day(people), to=f"{day(people)}/count", counted="45000", reason="پول خرد"))
    assert "Gifts are tomorrow" in page
    assert "Sheet of Kerman office" in farid.seen("/en/finance/offices")
    address = f"/en/finance/sheets/{sheet().public_id}"
    assert "پول خرد" in farid.seen(address) and "number 1 to 1" in farid.seen(address)
    assert "confirmed" in farid.after(farid.fill(address, to=f"{address}/confirm"))
    assert balance(accounts.cash("KRM1")) == 450_000
    assert balance(accounts.over_short("KRM1")) == 50_000
    late = farid.post(f"{address}/confirm", {"csrf_token": farid.token})
    assert late.status_code == 422 and "Somebody else was first" in late.text


def test_sent_back_it_is_counted_once_more(zahra, farid, people, campaign):
    taken(people, campaign, 500_000)
    zahra.fill(day(people), to=f"{day(people)}/count", counted="5000", reason="?")
    address = f"/en/finance/sheets/{sheet().public_id}"
    assert farid.fill(address, to=f"{address}/back", why="").status_code == 422
    farid.after(farid.fill(address, to=f"{address}/back", why="یک صفر کم است"))
    own = f"/en/counter/{people.office.public_id}/sheets/{sheet().public_id}"
    assert "یک صفر کم است" in zahra.seen(own)
    zahra.after(zahra.fill(own, to=f"{own}/count", counted="50000", reason=""))
    farid.after(farid.fill(address, to=f"{address}/confirm"))
    assert balance(accounts.cash("KRM1")) == 500_000


def test_nobody_confirms_their_own_count(app, people, campaign):
    both = person("Leila", Role.ADMIN)
    taken(people, campaign)
    leila = Hands(app, both)
    office = f"/en/finance/offices/{people.office.public_id}"
    leila.after(leila.fill(office, to=f"{office}/clerks", person=both.public_id))
    leila.after(leila.fill(day(people), to=f"{day(people)}/count", counted="50000"))
    address = f"/en/finance/sheets/{sheet().public_id}"
    assert "another person does it" in leila.seen(address)
    assert leila.post(f"{address}/confirm", {"csrf_token": leila.token}).status_code == 422


def test_cash_goes_to_the_bank_by_two_people(zahra, farid, people, campaign):
    taken(people, campaign, 500_000)
    wish = {"rials": "40000", "bank_account": SHEBA, "slip": "S-1"}
    too_much = zahra.fill(day(people), to=f"{day(people)}/deposit", **wish | {"rials": "60000"})
    assert too_much.status_code == 422 and "not so much cash" in too_much.text
    wrong = zahra.fill(day(people), to=f"{day(people)}/deposit", **wish | {"bank_account": "IR1"})
    assert wrong.status_code == 422
    zahra.after(zahra.fill(day(people), to=f"{day(people)}/deposit", **wish))
    assert (
        "Another deposit"
        in zahra.fill(day(people), to=f"{day(people)}/deposit", **wish | {"rials": "1"}).text
    )
    deposit = db.session.scalars(select(Deposit)).one()
    address = f"/en/finance/deposits/{deposit.public_id}"
    assert "at the bank" in farid.after(farid.fill(address, to=f"{address}/confirm"))
    assert balance(accounts.bank(SHEBA)) == 400_000


def test_cash_that_never_came_lies_in_the_drawer_again(zahra, farid, people, campaign):
    taken(people, campaign, 500_000)
    wish = {"rials": "40000", "bank_account": SHEBA, "slip": "S-1"}
    zahra.after(zahra.fill(day(people), to=f"{day(people)}/deposit", **wish))
    address = f"/en/finance/deposits/{db.session.scalars(select(Deposit)).one().public_id}"
    assert farid.fill(address, to=f"{address}/back", why="").status_code == 422
    farid.after(farid.fill(address, to=f"{address}/back", why="بانک بسته بود"))
    assert balance(accounts.cash("KRM1")) == 500_000


def test_finance_opens_offices_in_its_province_only(app, people):
    kerman = Hands(app, people.farid)
    wish = {"code": "krm2", "kind": "booth", "name_fa": "غرفهٔ بازار", "name_en": "Bazaar booth"}
    page = kerman.after(kerman.fill("/en/finance/offices/new", province="IR-08", **wish))
    assert "Bazaar booth" in page and "KRM2" in page
    again = kerman.fill("/en/finance/offices/new", province="IR-08", **wish)
    assert again.status_code == 422 and "Another office has this code" in again.text
    elsewhere = kerman.fill("/en/finance/offices/new", **wish | {"code": "KRM3", "province": YAZD})
    assert elsewhere.status_code == 422
    bad = kerman.fill("/en/finance/offices/new", province="IR-08", **wish | {"code": "دو"})
    assert bad.status_code == 422
    yazd = Hands(app, person("Shadi", Role.FINANCE, province_code=YAZD))
    address = f"/en/finance/offices/{people.office.public_id}"
    assert yazd.get(address).status_code == 404 and "KRM1" not in yazd.seen("/en/finance/offices")
    assert yazd.post(f"{address}/open", {"csrf_token": yazd.token}).status_code == 404


def test_an_office_gets_people_and_card_readers_and_closes(app, farid, people, campaign):
    address = f"/en/finance/offices/{people.office.public_id}"
    nasrin = person("Nasrin", Role.CLERK, province_code="IR-08")
    person("Babak", Role.CLERK, province_code=YAZD)
    page = farid.seen(address)
    assert "Nasrin" in page and "Babak" not in page
    farid.after(farid.fill(address, to=f"{address}/clerks", person=nasrin.public_id))
    assert Hands(app, nasrin).get(f"/counter/{people.office.public_id}").status_code == 200
    farid.after(farid.fill(address, to=f"{address}/readers", number="۱۲۳۴۵۶۷۸"))
    known = farid.fill(address, to=f"{address}/readers", number="12345678")
    assert known.status_code == 422 and "known already" in known.text
    assert farid.fill(address, to=f"{address}/readers", number="x").status_code == 422
    farid.after(farid.fill(address, to=f"{address}/readers/12345678/switch"))
    assert "12345678" not in Hands(app, people.zahra).seen(f"/en/counter/{people.office.public_id}")
    farid.after(farid.fill(address, to=f"{address}/open"))
    closed = Hands(app, people.zahra).fill(f"/en/counter/{people.office.public_id}", rials="50000")
    assert closed.status_code == 422 and "takes no gifts" in closed.text
