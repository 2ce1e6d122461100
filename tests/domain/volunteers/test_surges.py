"""A crisis: everybody once, however many come at once, and nobody learns whose number is known."""

import pytest
from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.volunteers import surges
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.surge_models import Surge, SurgeSignup
from tests.cast import parisa, person, reza
from tests.network import KERMAN, YAZD, coordinator, network, signed_up
from tests.support.crowds import at_once
from tests.worlds import live_campaign

PEOPLE, EACH, NUMBERS = 12, 25, 100


@pytest.fixture(autouse=True)
def _network(app):
    network()


def flood(by: User, **where: object) -> Surge:
    return surges.open_call(Surge(slug="seyl", title_fa="سیل", **(where or {"province_code": KERMAN})), by)


def number_of(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_crowd_that_sends_everything_several_times_is_counted_once_each(app):
    surge_id = flood(coordinator()).id

    def act(who: int) -> None:
        for turn in range(EACH):
            surge = db.session.get_one(Surge, surge_id)
            place = (who * 37 + turn * 11) % NUMBERS
            surges.answer(surge, f"+98912000{place:04}", f"نام {place}", KERMAN, "راننده", "fa")
            db.session.commit()

    at_once(app, PEOPLE, act)
    came = {(who * 37 + turn * 11) % NUMBERS for who in range(PEOPLE) for turn in range(EACH)}
    assert number_of(Volunteer) == number_of(SurgeSignup) == len(came)


def test_somebody_known_keeps_their_profile_and_the_last_words_count(app):
    narges = signed_up("nurse", mobile="+989121112233")
    surge = flood(coordinator())
    for offer in ("پرستار", "پرستار شب"):
        surges.answer(surge, "+989121112233", "ن. امینی", YAZD, offer, "fa")
    db.session.commit()
    (row,) = db.session.scalars(select(SurgeSignup)).all()
    assert (row.volunteer_id, row.name, row.offer) == (narges.id, "ن. امینی", "پرستار شب")
    assert narges.name == "نرگس امینی" and narges.province_code == KERMAN


def test_a_call_is_for_one_province_or_one_campaign_and_coordinators_see_their_own(app):
    by = coordinator()
    surge = flood(by)
    surges.answer(surge, "+989120000001", "یک", KERMAN, "-", "fa")
    surges.answer(surge, "+989120000002", "دو", YAZD, "-", "fa")
    campaign = live_campaign(person("Mina", Role.ORGANIZER), reza(), parisa())
    served = campaign.provinces[0].code
    of_campaign = Surge(slug="barf", title_fa="برف", campaign_id=campaign.id)
    surges.open_call(of_campaign, by)
    db.session.commit()
    assert [number for _, number in surges.calls(None)] == [0, 2]
    assert {one.slug for one, _ in surges.calls(frozenset({served}))} == {"barf", "seyl"}
    assert surges.calls(frozenset({"IR-01"})) == []
    assert surges.one(frozenset({"IR-01"}), surge.public_id) is None
    assert [row.name for row in surges.answers_of(surge, frozenset({YAZD}), 1)[0]] == ["دو"]
    with pytest.raises(Refused, match="taken"):
        flood(by)


def test_a_closed_call_stays_closed_since_then(app):
    surge = flood(coordinator())
    surges.close_call(surge)
    since = surge.closed_at
    surges.close_call(surge)
    assert surge.closed_at == since and surges.open_now() == []
