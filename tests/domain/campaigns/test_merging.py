"""Two hands on one part: mine where I wrote, theirs where I did not, and nothing that neither wrote."""

from hypothesis import given
from hypothesis import strategies as st

from campaigns.domain.campaigns.merging import differing, flat, merged, taken, whole
from campaigns.domain.campaigns.versions import mark

WORD = st.sampled_from(["", "سی", "شصت", "نود"])
DATA = st.fixed_dictionaries(
    {
        "title": st.fixed_dictionaries({"fa": WORD, "en": WORD}),
        "slug": WORD,
        "costs": st.lists(WORD, max_size=2),
    }
)


@given(DATA, DATA, DATA)
def test_every_field_is_mine_where_i_wrote_and_theirs_where_i_did_not(base, theirs, mine):
    both = flat(merged(base, theirs, mine))
    for field, value in both.items():
        untouched = flat(mine)[field] == flat(base)[field]
        assert value == flat(theirs if untouched else mine)[field]
    assert merged(None, theirs, mine) == mine
    assert merged(base, theirs, base) == theirs


@given(DATA, DATA)
def test_taking_each_field_of_theirs_leads_to_theirs(theirs, mine):
    assert whole(flat(mine)) == mine
    for field in differing(theirs, mine):
        mine = taken(theirs, mine, field)
    assert mine == theirs


@given(DATA, DATA)
def test_marks_tell_versions_apart(one, other):
    assert (mark(one) == mark(other)) == (one == other)
    assert mark(dict(reversed(one.items()))) == mark(one)
