"""A line was taken for Sara's gift and is Reza's: two people say so, the book is set right, and Reza's gift gets it."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.claims.queries import steps
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.funds import actions as funds
from campaigns.domain.funds.actions import Plan
from campaigns.domain.insights.open_book import corrections
from campaigns.domain.ledger import accounts as book
from campaigns.domain.ledger.queries import balance, gifts, received
from campaigns.domain.ledger.rollup import place
from campaigns.domain.refunds.queries import waiting_rials
from campaigns.domain.statements import hands
from campaigns.domain.statements.checking import check
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.models import StatementLine
from campaigns.domain.statements.outcomes import WRONG_LABELS, Outcome, What
from tests.domain.statements.papers import as_csv, declared, imported, lines, moved, sound, two_columns
from tests.giving import live_campaign
from tests.support.crowds import at_once

RIALS = 5_000_000


@pytest.fixture
def other(campaign):
    return live_campaign(author=campaign.author)


def taken_for(claim, account, farid, before=False) -> StatementLine:
    """A line of the bank that was credited to this gift: at once, or (`before`) by hand after it waited."""
    if before:
        imported(account, as_csv(two_columns([moved(RIALS)])), farid)
        hands.propose(lines()[0], What.GIFT, claim, farid, "the donor called", two_people=False)
        db.session.commit()
    else:
        imported(account, as_csv(two_columns([moved(claim.expected_rials)])), farid)
    assert lines()[0].claim_id == claim.id
    return lines()[0]


def taken_back(line, farid, negar, what=What.OTHER_GIFT) -> None:
    assert not hands.propose(
        line, what, line.claim, farid, "the other donor showed a receipt", two_people=False
    )
    db.session.commit()
    hands.agree(line, hands.standing(line).public_id, negar)
    db.session.commit()


def refused(act) -> str:
    with pytest.raises(Refused) as why:
        act()
    db.session.rollback()
    return why.value.why


@pytest.mark.parametrize("before", [False, True])
def test_two_people_give_the_money_of_one_gift_to_another(account, campaign, other, farid, negar, before):
    saras, rezas = declared(campaign, account, RIALS), declared(other, account, RIALS)
    line = taken_for(saras, account, farid, before)
    came = line.rials
    taken_back(line, farid, negar)
    assert (saras.state, saras.line_id, saras.contribution.received_at) == ("awaiting", None, None)
    assert saras.contribution.rials == saras.base_rials
    assert (received(campaign.id), gifts(campaign.id), balance(book.UNALLOCATED)) == (0, 0, came)
    assert (line.outcome, waiting_rials(line.item), line.item.state) == (Outcome.RETURNED, came, "open")
    sound()
    assert check(account.id, farid) == 0  # no rule takes it for the same gift again
    assert hands.propose(line, What.GIFT, rezas, farid, "his receipt says so", two_people=False)
    db.session.commit()
    assert (received(campaign.id), received(other.id), balance(book.UNALLOCATED)) == (0, came, 0)
    assert rezas.contribution.received_at is not None and rezas.contribution.rials == came
    assert gifts(other.id) == 1
    sound()


def test_everybody_reads_why_on_the_page_of_corrections(account, campaign, farid, negar):
    line = taken_for(declared(campaign, account, RIALS), account, farid)
    taken_back(line, farid, negar)
    place()
    db.session.commit()
    found, _older = corrections(1, "en")
    [one] = [entry for entry in found if entry.campaign is not None]
    assert (one.kind, one.rials) == ("gift_reversed", -line.rials) and one.corrects
    assert str(one.reason) == str(WRONG_LABELS[What.OTHER_GIFT])


def test_it_may_turn_out_that_it_was_this_gift_after_all(account, campaign, farid, negar):
    claim = declared(campaign, account, RIALS)
    line = taken_for(claim, account, farid)
    for _time in range(2):
        taken_back(line, farid, negar, What.MISTAKE)
        hands.propose(line, What.GIFT, claim, negar, "it was right", two_people=False)
        db.session.commit()
    assert (claim.state, received(campaign.id), gifts(campaign.id)) == ("credited", line.rials, 1)
    assert [step.verb for step in steps(claim)] == ["declare", *("credit", "uncredit") * 2, "credit"]
    sound()


def test_never_by_one_person_and_never_the_wrong_line(account, campaign, farid, negar):
    line = taken_for(declared(campaign, account, RIALS), account, farid)
    second = declared(campaign, account, RIALS)
    assert refused(lambda: hands.propose(line, What.NO_GIFT, second, farid, "-", two_people=False)) == "moved"
    hands.propose(line, What.NO_GIFT, line.claim, farid, "interest", two_people=False)
    db.session.commit()
    proposal = hands.standing(line).public_id
    assert refused(lambda: hands.agree(line, proposal, farid)) == "same"
    hands.refuse(line, proposal, negar, "it is a gift")
    db.session.commit()
    assert (line.outcome, received(campaign.id)) == ("valid", line.rials)
    assert hands.standing(line) is None


def test_what_the_campaign_has_spent_is_not_taken_from_it(account, campaign, farid, negar):
    line = taken_for(declared(campaign, account, RIALS), account, farid)
    plan = Plan(Intent.SADAQAH, Purpose.PROJECT, 1_000, "فروشگاه کویر", "یک پتو", "F-1")
    hands.propose(line, What.OTHER_GIFT, line.claim, farid, "seen", two_people=False)
    funds.approve(funds.propose(campaign, plan, farid), negar)
    db.session.commit()
    proposal = hands.standing(line).public_id
    assert refused(lambda: hands.agree(line, proposal, negar)) == "spent"
    assert received(campaign.id) == line.rials
    sound()


def test_of_many_who_agree_at_once_one_takes_it_back(app, account, campaign, farid, negar):
    line = taken_for(declared(campaign, account, RIALS), account, farid)
    hands.propose(line, What.OTHER_GIFT, line.claim, farid, "seen", two_people=False)
    db.session.commit()
    proposal, line_id = hands.standing(line).public_id, line.id

    def agree(_number: int) -> bool:
        try:
            hands.agree(
                db.session.get_one(StatementLine, line_id), proposal, db.session.merge(negar, load=False)
            )
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return True

    assert sum(at_once(app, 4, agree)) == 1
    db.session.expire_all()
    assert (received(campaign.id), balance(book.UNALLOCATED)) == (0, line.rials)
    sound()
