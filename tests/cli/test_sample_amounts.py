from random import Random

from hypothesis import given
from hypothesis import strategies as st

from campaigns.cli.sample.amounts import amounts

PRESETS = [2_000_000, 5_000_000, 20_000_000, 50_000_000]


@given(st.integers(0, 2**32), st.integers(1, 400), st.integers(10, 60_000))
def test_gifts_add_up_to_what_the_story_says(seed, count, millions):
    total = max(millions, 3 * count) * 1_000_000
    gifts = amounts(Random(seed), PRESETS, count, total)
    assert sum(gifts) == total
    assert all(rials > 0 for rials in gifts)


@given(st.integers(0, 2**32))
def test_most_gifts_are_small_and_the_number_is_kept(seed):
    gifts = amounts(Random(seed), PRESETS, 200, 10_000_000_000)
    assert len(gifts) == 200
    assert sum(rials <= max(PRESETS) for rials in gifts) > 150


def test_without_gifts_nothing_is_given():
    assert amounts(Random(1), PRESETS, 0, 10_000_000) == []
    assert amounts(Random(1), PRESETS, 10, 0) == []
