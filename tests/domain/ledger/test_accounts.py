import pytest
from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerAccount
from tests.giving import live_campaign
from tests.support.crowds import at_once


@pytest.mark.usefixtures("app")
class TestAccounts:
    def test_an_account_is_made_when_it_is_first_needed(self):
        number = accounts.account_id(accounts.UNALLOCATED)
        row = db.session.get_one(LedgerAccount, number)
        assert (row.code, row.kind, row.campaign_id) == ("liability:unallocated", "liability", None)
        assert accounts.account_id(accounts.UNALLOCATED) == number

    def test_an_account_of_a_campaign_knows_its_campaign(self):
        campaign = live_campaign()
        row = db.session.get_one(LedgerAccount, accounts.account_id(accounts.campaign(campaign.id, "zakat")))
        assert (row.code, row.campaign_id) == (f"liability:campaign:{campaign.id}:zakat", campaign.id)

    def test_each_intent_of_a_campaign_is_kept_apart(self):
        campaign = live_campaign()
        both = accounts.account_ids(accounts.campaign(campaign.id, intent) for intent in ("zakat", "nazr"))
        assert len(set(both.values())) == 2

    def test_money_at_a_gateway_is_ours_and_its_fee_is_spent(self):
        codes = accounts.account_ids([accounts.clearing("zarinpal"), accounts.fee("zarinpal")])
        kinds = {code: db.session.get_one(LedgerAccount, number).kind for code, number in codes.items()}
        assert kinds == {"asset:clearing:zarinpal": "asset", "expense:fee:zarinpal": "expense"}


def test_many_who_need_the_same_accounts_at_once_find_the_same(app):
    codes = [accounts.fee("new"), accounts.clearing("new"), accounts.UNALLOCATED]

    def ask(number: int) -> dict[str, int]:
        found = accounts.account_ids(codes if number % 2 else reversed(codes))
        db.session.commit()
        return found

    answers = at_once(app, 20, ask)
    assert all(answer == answers[0] for answer in answers)
    assert db.session.scalar(select(func.count(LedgerAccount.id))) == 3
