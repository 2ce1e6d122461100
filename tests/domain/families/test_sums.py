"""The numbers of a national campaign are those of its provinces, by the ledger, wherever they are shown."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.clones import Clone
from campaigns.domain.campaigns.whole import Share, whole
from campaigns.domain.families.sums import whole_of
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.insights.family import family
from campaigns.domain.insights.portal import cards_of, figures
from campaigns.domain.insights.reached import country
from campaigns.domain.ledger import queries
from tests.cast import mina, parisa, reza
from tests.counting import counting
from tests.domain.invariants.breaking import broken
from tests.families import FARS, KERMAN, QOM, cloned, opened
from tests.worlds import UNIT_RIALS, gift, live_campaign

SHARES = st.builds(
    Share,
    st.just(1),
    st.integers(1, 10**9),
    st.integers(0, 10_000),
    st.integers(0, 10**13),
    st.integers(0, 99),
)


def nation(*codes: str, units: int = 10):
    """A live national campaign of forty units and its live provinces."""
    who, readers = mina(), (reza(), parisa())
    parent = live_campaign(who, *readers)
    return parent, [opened(child, *readers) for child in cloned(parent, who, *codes, units=units)]


def test_bar_table_and_ledger_say_the_same(app) -> None:
    with app.app_context():
        parent, (kerman, qom) = nation(KERMAN, QOM)
        gift(parent, 1_000_000)
        gift(kerman, 2_000_000)
        gift(qom, UNIT_RIALS)
        page, card = campaign_page(parent, "fa"), cards_of([parent.id], "fa")[parent.id]
        booked = sum(queries.received(one.id) for one in (parent, kerman, qom))
        assert (page.received_rials, page.gifts, page.units_done) == (booked, 3, 1)
        assert (card.received_rials, card.goal_rials, card.percent) == (
            booked,
            page.goal_rials,
            page.percent,
        )
        table = family(parent, page.whole, "fa")
        assert table is not None
        assert sum(row.card.received_rials for row in table.rows) + table.own.received_rials == booked
        assert sum(row.card.goal_rials for row in table.rows) + table.own.goal_rials == page.goal_rials
        assert [row.received_at for row in page.wall.rows] == sorted(
            (row.received_at for row in page.wall.rows), reverse=True
        )
        assert len(page.wall.rows) == 3


def test_the_goal_stays_while_provinces_open_and_grows_when_they_ask_for_more(app) -> None:
    with app.app_context():
        parent, _provinces = nation(KERMAN)
        assert campaign_page(parent, "fa").unit_count == 40
        for child in cloned(parent, parent.author, QOM, units=35):
            assert campaign_page(parent, "fa").unit_count == 40
            opened(child, *_readers())
        assert campaign_page(parent, "fa").unit_count == 45


def test_the_country_counts_no_rial_and_no_need_twice(app) -> None:
    with app.app_context():
        _parent, (kerman,) = nation(KERMAN)
        gift(kerman, 3_000_000)
        assert (country().received, figures().received_rials) == (3_000_000, 3_000_000)
        assert country().needed == 40 * UNIT_RIALS


def test_a_gift_to_a_province_moves_the_page_of_the_nation(app) -> None:
    with app.app_context():
        parent, (kerman,) = nation(KERMAN)
        name = stamps.of_campaign(parent.id)
        before = stamps.versions(db.session(), [name])[name]
        gift(kerman, 3_000_000)
        assert stamps.versions(db.session(), [name])[name] > before


def test_thirty_one_provinces_ask_no_more_than_two(app) -> None:
    with app.app_context():
        parent, _provinces = nation(KERMAN, QOM)

        def asked() -> int:
            db.session.expire_all()
            with counting() as statements:
                page = campaign_page(parent, "fa")
                family(parent, page.whole, "fa")
            return len(statements)

        few = asked()
        codes = [f"IR-{number:02}" for number in range(31) if f"IR-{number:02}" not in {KERMAN, QOM}]
        for child in cloned(parent, parent.author, *codes):
            opened(child, *_readers())
        whole = whole_of(parent.id)
        assert whole is not None and len(whole.provinces) == 31
        assert asked() <= few


@given(SHARES, st.lists(SHARES, min_size=1, max_size=31))
def test_no_rial_and_no_unit_is_lost_in_the_sum(own: Share, provinces: list[Share]) -> None:
    found = whole(own, provinces)
    asked = sum(share.unit_count for share in provinces)
    assert found.received_rials == own.received_rials + sum(share.received_rials for share in provinces)
    assert found.unit_count == max(own.unit_count, asked)
    assert found.goal_rials == sum(share.goal_rials for share in found.shares)


def test_the_province_with_the_least_of_its_goal_is_furthest_behind(app) -> None:
    with app.app_context():
        parent, (kerman, _qom, fars) = nation(KERMAN, QOM, FARS)
        gift(kerman, 3_000_000)
        gift(fars, 2_000_000)
        table = family(parent, whole_of(parent.id), "en")
        assert table is not None and table.furthest_behind is not None
        assert table.furthest_behind.name == "Qom"


def test_a_province_that_has_provinces_would_be_added_twice_and_is_named(app) -> None:
    with app.app_context():
        parent, (kerman,) = nation(KERMAN)
        assert "I5" not in broken()
        other = live_campaign(parent.author, *_readers(), slug="dowry-qom")
        link = Clone(campaign_id=other.id, parent_id=kerman.id, province_code=QOM)
        link.made_by_id = parent.author_id
        db.session.add(link)
        db.session.commit()
        assert broken()["I5"] == [f"campaign {kerman.id} is a province and has provinces itself"]


def _readers():
    return db.session.scalars(select(User).where(User.name.in_(("Reza", "Parisa")))).all()
