"""The table is walked, whole, by one function; every pair it does not know is refused."""

from itertools import product

import pytest

from campaigns.base.extensions import db
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.states import ITEM_TABLE, ItemState, WrongStep, walk

S = ItemState
ITEM_STEPS = {(S.OPEN, S.PROPOSED), (S.OPEN, S.CLOSED), (S.PROPOSED, S.OPEN), (S.PROPOSED, S.DECIDED)}


def test_the_table_knows_every_state():
    assert set(ITEM_TABLE) == set(ItemState)


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
