"""Finance sees how each gateway is and why, sets terminals within its reach, and tries them without money."""

import re

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.payments import health
from campaigns.domain.payments.errors import ConfigError, Unavailable
from campaigns.domain.payments.terminals import GatewayAccount, present, terminals
from sandbox.faults import Fault
from tests.cast import person
from tests.web.officehands import Hands
from tests.worlds import organization

MERCHANT = "22222222-2222-4222-8222-222222222222"


@pytest.fixture
def kerman(app):
    """An office of one province; the house itself is of the whole country."""
    organization()
    office = Organization(
        slug="kerman-office",
        name_fa="دفتر کرمان",
        name_en="Kerman office",
        license_number="۱",
        phone="+983412345678",
        province_code="IR-08",
    )
    db.session.add(office)
    db.session.commit()
    return office


@pytest.fixture
def farid(app, kerman, three_gateways):
    return Hands(app, person("Farid", Role.FINANCE))


@pytest.fixture
def both(app, farid):
    """Farid types a terminal, then Kamran the same; gives the page Kamran is led to."""
    kamran = Hands(app, person("Kamran", Role.FINANCE))

    def type_it(path, typed):
        farid.after(farid.fill(path, terminal=typed))
        return kamran.after(kamran.fill(path, terminal=typed))

    return type_it


@pytest.fixture
def in_kerman(app, kerman, three_gateways):
    return Hands(app, person("Negar", Role.FINANCE, province_code="IR-08"))


def fails(name: str, error, times: int = 1, account_id: int = 0) -> None:
    for _ in range(times):
        health.failed(name, account_id, error)
    db.session.commit()


def sessions(bank) -> list[tuple[str, str, int]]:
    with bank.bank.store.transaction() as book:
        rows = book.execute("SELECT gateway, merchant_id, rials FROM session").fetchall()
    return [tuple(row) for row in rows]


class TestTheState:
    def test_all_is_well_and_nothing_can_be_pressed(self, farid):
        page = farid.seen("/en/finance/gateways")
        assert [name for name in ("ZarinPal", "Zibal", "Saman (SEP)") if name in page] == [
            "ZarinPal",
            "Zibal",
            "Saman (SEP)",
        ]
        assert page.count("Offered") == 3
        assert "Try again now" not in page
        assert "practice, no real money" in page

    def test_why_it_is_out_since_when_and_until_when(self, farid):
        fails("zibal", ConfigError("Zibal answered 115", code="115"))
        page = farid.seen("/en/finance/gateways")
        assert "Not offered for now" in page
        assert "The gateway refuses our terminal or its settings" in page
        assert "Zibal answered 115</bdi>" in page
        assert page.count("Try again now") == 1

    def test_two_silences_are_shown_though_it_is_offered(self, farid):
        fails("sep", Unavailable("ConnectTimeout"), 2)
        page = farid.seen("/en/finance/gateways")
        assert "Offered, but the last try failed" in page
        assert "The gateway did not answer." in page

    def test_try_again_now_clears_it(self, farid):
        fails("zibal", ConfigError("x", code="115"))
        page = farid.after(farid.fill("/en/finance/gateways", "/en/finance/gateways/again"))
        assert "It is offered again" in page
        assert "Not offered for now" not in page
        assert health.pulses()["zibal", 0].out_until is None

    def test_an_auditor_sees_and_cannot_press(self, app, kerman, three_gateways):
        auditor = Hands(app, person("Bahar", Role.AUDITOR))
        fails("zibal", ConfigError("x"))
        assert "Try again now" not in auditor.seen("/en/finance/gateways")
        form = {"gateway": "zibal", "account_id": "0", "csrf_token": auditor.token}
        assert auditor.post("/finance/gateways/again", form).status_code == 404
        assert health.pulses()["zibal", 0].out_until is not None

    def test_a_province_does_not_steer_the_houses_own(self, in_kerman):
        fails("zibal", ConfigError("x"))
        assert "Try again now" not in in_kerman.seen("/en/finance/gateways")
        form = {"gateway": "zibal", "account_id": "0", "csrf_token": in_kerman.token}
        assert in_kerman.post("/finance/gateways/again", form).status_code == 404

    @pytest.mark.parametrize("account_id", ["7", "x", "", "-1", "9" * 30])
    def test_a_terminal_that_never_was_cannot_be_tried(self, farid, account_id):
        form = {"gateway": "zibal", "account_id": account_id, "csrf_token": farid.token}
        assert farid.post("/finance/gateways/again", form).status_code == 404
        assert health.pulses() == {}


class TestTerminals:
    def test_a_terminal_is_set_and_never_shown_again(self, farid, kerman, both):
        path = "/en/finance/terminals/kerman-office/zarinpal"
        page = both(path, MERCHANT)
        assert "shown to nobody again" in page
        assert MERCHANT not in page
        assert "Kamran" in page
        (only,) = terminals()
        assert only.values == {"zarinpal_merchant_id": MERCHANT}
        assert "a terminal of its own" in farid.seen("/en/finance/terminals")

    def test_nothing_is_used_before_two_people_have_typed_the_same(self, app, farid, kerman):
        path = "/en/finance/terminals/kerman-office/zibal"
        negar = Hands(app, person("Negar", Role.FINANCE))
        page = farid.after(farid.fill(path, terminal="kerman"))
        assert "Once another person has typed the same" in page and "kerman</" not in page
        farid.after(farid.fill(path, terminal="kerman"))
        assert terminals() == [], "the same person twice is one person"
        answer = negar.fill(path, terminal="other")
        assert answer.status_code == 422 and "Somebody else has typed another one" in answer.text
        assert terminals() == []
        negar.after(negar.fill(path, f"{path}/drop"))
        negar.after(negar.fill(path, terminal="other"))
        assert terminals() == [], "what was typed before is forgotten"
        farid.after(farid.fill(path, terminal="other"))
        assert [one.values for one in terminals()] == [{"zibal_merchant": "other"}]

    @pytest.mark.parametrize(
        ("gateway", "typed", "kept"),
        [("sep", " ۲۰۱۶ ", "2016"), ("zibal", "zibal ", "zibal"), ("zarinpal", MERCHANT, MERCHANT)],
    )
    def test_what_is_typed_may_be_in_any_digits(self, both, gateway, typed, kept):
        both(f"/en/finance/terminals/house/{gateway}", typed)
        assert list(terminals()[0].values.values()) == [kept]

    @pytest.mark.parametrize("typed", ["", "   ", "not-a-uuid", "x" * 101, "\x00"])
    def test_one_that_does_not_fit_is_refused_beside_the_field(self, farid, typed):
        answer = farid.fill("/en/finance/terminals/house/zarinpal", terminal=typed)
        assert answer.status_code == 422
        assert 'href="#terminal"' in answer.text
        assert terminals() == []

    def test_it_is_taken_away(self, farid, kerman, both):
        path = "/en/finance/terminals/kerman-office/zibal"
        both(path, "kerman")
        page = farid.after(farid.fill(path, f"{path}/remove"))
        assert "It is taken away" in page
        assert present(kerman.id, "zibal", "sandbox") is None
        assert db.session.scalar(select(GatewayAccount.retired_by_id)) == farid.user.id

    def test_a_province_reaches_its_own_and_no_other(self, in_kerman, kerman, farid):
        page = in_kerman.seen("/en/finance/terminals")
        assert "Kerman office" in page
        assert page.count("<li><div><b>") == 1
        for hands in (farid, in_kerman):
            hands.after(hands.fill("/en/finance/terminals/kerman-office/zibal", terminal="kerman"))
        for owner in ("house", "nikookari", "never-was"):
            for path in (f"/finance/terminals/{owner}/zibal", f"/finance/terminals/{owner}/zibal/try"):
                form = {"csrf_token": in_kerman.token, "terminal": "mine"}
                assert in_kerman.post(path, form).status_code == 404
        assert len(terminals()) == 1

    @pytest.mark.parametrize("gateway", ["payir", "stripe"])
    def test_a_gateway_that_is_not_set_up_has_no_page(self, farid, gateway):
        assert farid.get(f"/finance/terminals/house/{gateway}").status_code == 404

    def test_for_everybody_else_the_rooms_do_not_exist(self, app, kerman):
        for name, role in (("Omid", Role.ORGANIZER), ("Nima", Role.MODERATOR)):
            hands = Hands(app, person(name, role))
            for path in ("gateways", "terminals", "terminals/house/zibal"):
                assert hands.get(f"/finance/{path}").status_code == 404
        auditor = Hands(app, person("Bahar", Role.AUDITOR))
        assert auditor.get("/finance/terminals/house/zibal").status_code == 404


class TestTrial:
    @pytest.mark.parametrize(("gateway", "rials"), [("zarinpal", 10_000), ("zibal", 1_010), ("sep", 2_000)])
    def test_the_smallest_session_is_opened_and_told(self, farid, three_gateways, gateway, rials):
        path = f"/en/finance/terminals/house/{gateway}"
        page = farid.after(farid.fill(path, f"{path}/try"))
        assert "was opened" in page
        assert [(name, amount) for name, _merchant, amount in sessions(three_gateways)] == [(gateway, rials)]
        assert health.pulses()[gateway, 0].worked_at is not None

    def test_it_goes_through_the_organizations_own_terminal(self, farid, kerman, three_gateways, both):
        path = "/en/finance/terminals/kerman-office/zibal"
        both(path, "kerman")
        farid.after(farid.fill(path, f"{path}/try"))
        assert [merchant for _name, merchant, _rials in sessions(three_gateways)] == ["kerman"]

    def test_what_the_gateway_said_is_told_and_counted(self, farid, three_gateways):
        three_gateways.bank.faults.add(Fault("terminal_off"))
        path = "/en/finance/terminals/house/zarinpal"
        page = farid.after(farid.fill(path, f"{path}/try"))
        assert "No session was opened" in page
        assert "ZarinPal answered -11" in page
        assert health.pulses()["zarinpal", 0].is_out()

    def test_a_terminal_that_cannot_be_read_is_said(self, farid, kerman, both):
        path = "/en/finance/terminals/kerman-office/zibal"
        both(path, "kerman")
        db.session.scalars(select(GatewayAccount)).one().sealed = "broken"
        db.session.commit()
        farid.client.application.extensions["pagecache"].clear()
        page = farid.after(farid.fill(path, f"{path}/try"))
        assert "cannot be read with the present keys" in page
        assert "Cannot be read: set it anew" in farid.seen("/en/finance/gateways")

    def test_nobody_gets_a_receipt_for_it(self, farid, three_gateways):
        path = "/en/finance/terminals/house/zarinpal"
        farid.after(farid.fill(path, f"{path}/try"))
        with three_gateways.bank.store.transaction() as book:
            callback = book.execute("SELECT callback_url FROM session").fetchone()["callback_url"]
        where = re.sub(r"^http://localhost", "", callback)
        assert farid.get(where).status_code == 404
