"""The table is walked, whole, by one function; every pair it does not know is refused."""

from itertools import product

import pytest

from campaigns.base.extensions import db
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.states import (
    ITEM_TABLE,
    REFUND_TABLE,
    ItemState,
    RefundState,
    WrongStep,
    may_walk,
    walk,
)

S, R = ItemState, RefundState
ITEM_STEPS = {
    (S.OPEN, S.PROPOSED),
    (S.OPEN, S.CLOSED),
    (S.PROPOSED, S.OPEN),
    (S.PROPOSED, S.DECIDED),  # T13, T14
    (S.DECIDED, S.OPEN),  # what was to be returned could not be
    (S.CLOSED, S.OPEN),  # the gift that was found for it was the wrong one
}

REFUND_STEPS = {
    (R.REQUESTED, R.APPROVED),  # T19
    (R.REQUESTED, R.REFUSED),
    (R.APPROVED, R.SENT),  # T20
    (R.APPROVED, R.FAILED),
    (R.SENT, R.DONE),  # T21
    (R.SENT, R.FAILED),  # T22
}


def test_the_tables_know_every_state():
    assert set(ITEM_TABLE) == set(ItemState)
    assert set(REFUND_TABLE) == set(RefundState)


@pytest.mark.parametrize(("before", "after"), list(product(RefundState, RefundState)))
def test_a_refund_walks_only_where_the_table_leads(before, after):
    assert may_walk(before.value, after) == ((before, after) in REFUND_STEPS)


@pytest.mark.parametrize(("before", "after"), list(product(ItemState, ItemState)))
def test_an_item_walks_only_where_the_table_leads(app, before, after):
    item = ReviewItem(kind="no_answer", dedupe_key="one", state=before.value)
    db.session.add(item)
    db.session.commit()
    if (before, after) in ITEM_STEPS:
        assert walk(item, after) == before
        assert item.state == after
    else:
        with pytest.raises(WrongStep):
            walk(item, after)
        assert item.state == before


def test_who_comes_second_does_not_walk(app):
    item = ReviewItem(kind="no_answer", dedupe_key="one")
    db.session.add(item)
    db.session.commit()
    seen = ReviewItem(id=item.id, state="open")
    walk(item, S.CLOSED)
    db.session.flush()
    with pytest.raises(WrongStep):
        walk(seen, S.PROPOSED)
