"""By hand: one person says what a line is; above the threshold a second one agrees."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts as book
from campaigns.domain.ledger.queries import balance, received
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds import decisions
from campaigns.domain.refunds.queries import waiting_rials
from campaigns.domain.statements import hands
from campaigns.domain.statements.checking import check
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.outcomes import What
from tests.domain.statements.papers import as_csv, declared, imported, lines, moved, sound, two_columns


def test_by_hand_one_person_is_enough_below_the_threshold(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    imported(account, as_csv(two_columns([moved(5_000_000)])), farid)
    line = lines()[0]
    with pytest.raises(Refused, match="evidence"):
        hands.propose(line, What.GIFT, claim, farid, " ", two_people=False)
    assert hands.propose(line, What.GIFT, claim, farid, "the donor called", two_people=False)
    db.session.commit()
    assert (line.outcome, line.rule) == ("valid", "hand")
    assert (received(campaign.id), balance(book.UNALLOCATED)) == (5_000_000, 0)
    sound()


def test_above_it_a_second_person_agrees_and_never_the_first(account, campaign, farid, negar):
    claim = declared(campaign, account, 5_000_000)
    imported(account, as_csv(two_columns([moved(5_000_000)])), farid)
    line = lines()[0]
    assert not hands.propose(line, What.GIFT, claim, farid, "the donor called", two_people=True)
    proposal = hands.standing(line).public_id
    with pytest.raises(Refused, match="same"):
        hands.agree(line, proposal, farid)
    with pytest.raises(Refused, match="moved"):
        hands.propose(line, What.GIFT, claim, negar, "seen as well", two_people=True)
    hands.refuse(line, proposal, negar, "the name is another one")
    db.session.commit()
    assert (hands.standing(line), line.outcome) == (None, "nomatch")
    hands.propose(line, What.GIFT, claim, negar, "now it is clear", two_people=True)
    hands.agree(line, hands.standing(line).public_id, farid)
    db.session.commit()
    assert (line.outcome, received(campaign.id)) == ("valid", 5_000_000)
    assert [step.verb for step in hands.steps_of(line)] == ["propose", "refuse", "propose", "agree"]
    sound()


def test_nobody_matches_money_to_their_own_campaign(account, campaign, farid, negar):
    campaign.author = farid
    claim = declared(campaign, account, 5_000_000)
    imported(account, as_csv(two_columns([moved(5_000_000)])), farid)
    with pytest.raises(Refused, match="own"):
        hands.propose(lines()[0], What.GIFT, claim, farid, "seen", two_people=False)
    assert hands.propose(lines()[0], What.GIFT, claim, negar, "seen", two_people=False)


def test_what_is_no_gift_leaves_the_money_that_waits(account, farid):
    imported(account, as_csv(two_columns([moved(900_000, description="سود سپرده")])), farid)
    line, item = lines()[0], db.session.query(ReviewItem).one()
    assert hands.propose(line, What.ASIDE, None, farid, "interest of the bank", two_people=False)
    db.session.commit()
    assert (line.outcome, item.state, waiting_rials(item)) == ("other", "closed", 0)
    assert balance(book.UNALLOCATED) == balance(account.ledger_code) == 0
    assert check(account.id, farid) == 0
    sound()


def test_while_people_decide_about_a_line_it_is_not_matched(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    imported(account, as_csv(two_columns([moved(5_000_000)])), farid)
    item = db.session.query(ReviewItem).one()
    decisions.propose(item, farid, "allocate", "a note", campaign, "sadaqah")
    db.session.commit()
    with pytest.raises(Refused, match="moved"):
        hands.propose(lines()[0], What.GIFT, claim, farid, "seen", two_people=False)
