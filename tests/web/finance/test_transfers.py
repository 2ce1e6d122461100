"""Finance looks at transfers: who may see them, who may say what, and that saying it moves no money."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.claims.models import BankAccount, TransferClaim
from campaigns.domain.claims.pictures import read
from campaigns.domain.claims.receipts import FOLDER, keep
from campaigns.domain.claims.states import State
from campaigns.domain.ledger.models import LedgerTxn
from tests.cast import mina, parisa, person, reza
from tests.domain.claims.files import saved, slip
from tests.transfers import CARD, OTHER_CARD, SHEBA, credited, receiving, submitted
from tests.web.officehands import Hands
from tests.worlds import live_campaign


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.fixture
def farid(app, campaign):
    return Hands(app, person("Farid", Role.FINANCE))


@pytest.fixture
def negar(app, campaign):
    return Hands(app, person("Negar", Role.FINANCE))


@pytest.fixture
def account(farid, negar):
    return receiving(farid.user, negar.user)


@pytest.fixture
def claim(campaign, account):
    return submitted(campaign, account, tracking="987654")


def path(claim, *more):
    return "/".join((f"/en/finance/claims/{claim.public_id}", *more))


def state():
    return db.session.scalars(select(TransferClaim.state)).one()


def shown(app, claim, sent):
    row = keep(claim, read(sent), app.config["SETTINGS"].data_dir)
    db.session.commit()
    return row


class TestQueue:
    def test_what_is_to_be_looked_at_comes_first(self, farid, claim):
        page = farid.seen("/en/finance/claims")
        assert "987654" in page and f"/en/finance/claims/{claim.public_id}" in page
        assert "There is no transfer here." in farid.seen("/en/finance/claims?state=refused")
        assert farid.get("/en/finance/claims?state=nonsense").status_code == 404

    def test_one_transfer_with_everything_that_finds_it(self, farid, claim):
        page = farid.seen(path(claim))
        for words in ("987654", "1234", claim.contribution.code[:4], "<span>1010</span>"):
            assert words in page

    def test_it_is_found_right_and_taken_back_and_no_money_moves(self, farid, claim):
        page = farid.after(farid.fill(path(claim), to=path(claim, "accept"), accepting="compared"))
        assert "compared" in page and "Farid" in page and state() == State.RECEIPT_OK
        assert "waits for the statement" in page
        farid.after(farid.fill(path(claim), to=path(claim, "undo"), undoing=""))
        assert state() == State.SUBMITTED
        assert db.session.scalar(select(LedgerTxn)) is None

    def test_refusing_it_needs_a_reason(self, farid, claim):
        answer = farid.fill(path(claim), to=path(claim, "refuse"), refusing="")
        assert answer.status_code == 422 and 'href="#refusing"' in answer.text
        farid.after(farid.fill(path(claim), to=path(claim, "refuse"), refusing="No such transfer."))
        assert state() == State.REFUSED

    def test_a_large_one_is_looked_at_by_two(self, farid, negar, claim, change_settings):
        change_settings(transfer_two_people_rials=claim.expected_rials)
        page = farid.after(farid.fill(path(claim), to=path(claim, "accept")))
        assert "A second one looks at it too" in page and state() == State.SUBMITTED
        assert "It looks right" not in page
        again = farid.fill(path(claim), to=path(claim, "accept"))
        assert again.status_code == 422 and state() == State.SUBMITTED
        negar.after(negar.fill(path(claim), to=path(claim, "accept")))
        assert state() == State.RECEIPT_OK

    def test_nobody_looks_at_a_gift_to_their_own_campaign(self, app, farid, negar, claim):
        claim.contribution.campaign.author_id = farid.user.id
        db.session.commit()
        page = farid.seen(path(claim))
        assert "somebody else looks at it" in page and "It looks right" not in page
        answer = farid.post(path(claim, "accept"), {"csrf_token": farid.token, "accepting": ""})
        assert answer.status_code == 422 and state() == State.SUBMITTED

    def test_what_is_in_the_book_is_not_decided_about(self, farid, claim):
        credited(claim)
        page = farid.seen(path(claim))
        assert "Received" in page and "It looks right" not in page
        answer = farid.post(path(claim, "refuse"), {"csrf_token": farid.token, "refusing": "no"})
        assert answer.status_code == 422 and state() == State.CREDITED

    def test_forms_without_a_token_change_nothing(self, farid, claim):
        assert farid.post(path(claim, "accept"), {"accepting": ""}).status_code == 422
        assert state() == State.SUBMITTED


class TestReach:
    def test_it_does_not_exist_for_those_it_is_none_of_the_business_of(self, app, claim):
        row = shown(app, claim, saved(slip()))
        elsewhere = Hands(app, person("Omid", Role.FINANCE, province_code="IR-23"))
        moderator = Hands(app, person("Yalda", Role.MODERATOR))
        for hands in (elsewhere, moderator):
            for address in (path(claim), path(claim, "receipts", row.public_id)):
                assert hands.get(address).status_code == 404
            answer = hands.post(path(claim, "accept"), {"csrf_token": hands.token, "accepting": ""})
            assert answer.status_code == 404
        assert claim.public_id not in elsewhere.seen("/en/finance/claims")

    def test_finance_of_its_province_sees_it(self, app, claim):
        kerman = Hands(app, person("Omid", Role.FINANCE, province_code="IR-08"))
        assert claim.public_id in kerman.seen("/en/finance/claims")
        kerman.after(kerman.fill(path(claim), to=path(claim, "accept")))

    def test_an_auditor_reads_and_decides_nothing(self, app, claim):
        auditor = Hands(app, person("Azadeh", Role.AUDITOR))
        assert "It looks right" not in auditor.seen(path(claim))
        answer = auditor.post(path(claim, "accept"), {"csrf_token": auditor.token, "accepting": ""})
        assert answer.status_code == 404 and state() == State.SUBMITTED


class TestReceipts:
    def test_a_picture_is_shown_as_a_picture_and_nothing_else(self, app, farid, claim):
        row = shown(app, claim, saved(slip(), "PNG"))
        assert path(claim, "receipts", row.public_id) in farid.seen(path(claim))
        answer = farid.get(path(claim, "receipts", row.public_id))
        assert (answer.mimetype, Image.open(BytesIO(answer.data)).format) == ("image/jpeg", "JPEG")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_a_paper_is_only_downloaded(self, app, farid, claim):
        row = shown(app, claim, b"%PDF-1.7\n<script>alert(1)</script>")
        answer = farid.get(path(claim, "receipts", row.public_id))
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_the_receipt_of_another_claim_is_not_found_under_this_one(
        self, app, farid, claim, campaign, account
    ):
        row = shown(app, submitted(campaign, account), saved(slip()))
        assert farid.get(path(claim, "receipts", row.public_id)).status_code == 404

    def test_a_file_that_is_gone_is_not_found(self, app, farid, claim):
        row = shown(app, claim, saved(slip("1,000")))
        (app.config["SETTINGS"].data_dir / FOLDER / row.stored).unlink()
        assert farid.get(path(claim, "receipts", row.public_id)).status_code == 404

    def test_a_receipt_that_was_shown_twice_is_marked(self, app, farid, claim, campaign, account):
        other = submitted(campaign, account)
        shown(app, claim, saved(slip()))
        shown(app, other, saved(slip(), "PNG"))
        for one, two in ((claim, other), (other, claim)):
            page = farid.seen(path(one))
            assert "The same receipt was shown for another gift" in page and path(two) in page


class TestAccounts:
    def new(self, hands, owner="house", **changes):
        wish = {"card_number": CARD, "sheba": SHEBA, "holder": "سازمان ملی نیکوکاری", "bank": "بانک نمونه"}
        return hands.fill(f"/en/finance/accounts/of/{owner}", **wish | changes)

    def one(self):
        account = db.session.scalars(select(BankAccount).execution_options(populate_existing=True)).one()
        return account, f"/en/finance/accounts/{account.public_id}"

    def test_one_person_writes_it_down_and_another_switches_it_on(self, farid, negar):
        page = farid.after(self.new(farid))
        assert "somebody else switches it on" in page
        account, address = self.one()
        assert (account.state, account.card_number, account.sheba) == ("proposed", CARD, SHEBA)
        own = farid.post(f"{address}/on", {"csrf_token": farid.token})
        assert own.status_code == 422 and self.one()[0].state == "proposed"
        negar.after(negar.fill(address, to=f"{address}/on"))
        assert self.one()[0].state == "on"
        assert "Donors see it" in farid.seen("/en/finance/accounts")
        farid.after(farid.fill(address, to=f"{address}/off"))
        assert self.one()[0].state == "off"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"card_number": "1010202030304041"}, "card_number"),
            ({"sheba": "IR810000000000101020203031"}, "sheba"),
            ({"card_number": "", "sheba": ""}, "sheba"),
            ({"holder": ""}, "holder"),
            ({"bank": ""}, "bank"),
        ],
    )
    def test_a_wrong_digit_is_noticed(self, farid, changes, field):
        answer = self.new(farid, **changes)
        assert answer.status_code == 422 and f'href="#{field}"' in answer.text

    def test_the_same_card_twice_is_noticed(self, farid):
        farid.after(self.new(farid))
        answer = self.new(farid, sheba="")
        assert answer.status_code == 422 and "written down already" in answer.text

    def test_an_organization_has_accounts_of_its_own(self, farid, campaign):
        farid.after(self.new(farid, owner=campaign.organization.slug, card_number=OTHER_CARD, sheba=""))
        assert self.one()[0].organization_id == campaign.organization_id
        assert farid.get("/en/finance/accounts/of/nobody").status_code == 404

    def test_finance_of_a_province_does_not_touch_what_everybody_shares(self, app, account):
        kerman = Hands(app, person("Omid", Role.FINANCE, province_code="IR-08"))
        address = f"/en/finance/accounts/{account.public_id}"
        assert kerman.get(address).status_code == 404
        assert kerman.get("/en/finance/accounts/of/house").status_code == 404
        assert kerman.post(f"{address}/off", {"csrf_token": kerman.token}).status_code == 404


def test_a_gift_that_came_by_transfer_is_not_given_back_by_a_gateway(farid, claim):
    credited(claim)
    answer = farid.get(f"/en/finance/refunds/find?code={claim.contribution.code}")
    assert answer.status_code == 422 and "the bank returns it" in answer.text
