"""No private field of anybody stands in what a visitor without an account is answered.

Every private column of every person in the house is given a canary, then every address is asked for, in both languages.
Only pages that somebody opens with a secret of their own are left out: they show them what is theirs.

A new table with something private in it joins by one line in `PRIVATE`.
"""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import inspect, select, update

from campaigns.base.digits import to_ascii
from campaigns.base.extensions import Model, db
from campaigns.domain import tables
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.team_models import TeamInvitation
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.stock_models import Intake
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.reminders.models import Reminder
from campaigns.domain.supporters.models import Follower
from campaigns.domain.volunteers.holders import holder_of
from campaigns.domain.volunteers.hour_models import HourVow, Thanks
from campaigns.domain.volunteers.profile_models import (
    VerificationWords,
    Volunteer,
    VolunteerEvidence,
    VolunteerRequest,
)
from campaigns.domain.volunteers.profiles import sign_up
from campaigns.domain.volunteers.shift_models import Signup
from campaigns.domain.volunteers.surge_models import SurgeSignup
from campaigns.domain.volunteers.verification import decide
from campaigns.domain.volunteers.vows import vow
from campaigns.domain.volunteers.words import State
from tests.house.walk import House
from tests.network import profile, signed_up
from tests.promises import in_days

PRIVATE: dict[type[Model], tuple[str, ...]] = {
    User: ("email", "mobile"),
    Contribution: ("mobile",),
    Reminder: ("email", "mobile"),
    Mandate: ("email", "mobile"),
    Volunteer: ("name", "mobile", "code", "licence_number", "about", "reason"),
    VolunteerRequest: ("code",),
    VolunteerEvidence: ("stored",),
    VerificationWords: ("reason", "note"),
    SurgeSignup: ("name", "offer"),
    Pledge: ("name", "mobile", "address", "code", "arranged_note"),
    Intake: ("giver",),
    Signup: ("email", "code"),
    HourVow: ("code",),
    Thanks: ("name", "holder_code"),
    Follower: ("email",),
    TeamInvitation: ("email",),
}
"""What nobody may read without an account, by table."""

OWN = (
    "account.reset.",
    "network.mine.",
    "give.receipt.",
    "give.reminder.",
    "give.mandate.",
    "give.contract.",
    "give.transfer.",
    "give.promise.",
    "shifts.status.",
    "shifts.vow.",
)
"""Pages that are opened with a secret of the person they are about."""

ALWAYS_PRIVATE = {"mobile", "email", "licence_number"}
"""Columns of these names are private wherever they are."""

CANARY = re.compile(r"canary[0-9]{5}|9770000[0-9]{3}")
_numbers = count(1)


def test_every_number_and_address_of_a_person_is_on_the_list() -> None:
    assert tables.ROOMS
    for mapper in Model.registry.mappers:
        found = ALWAYS_PRIVATE & {column.key for column in mapper.columns}
        listed = set(PRIVATE.get(mapper.class_, ()))
        assert found <= listed, f"{mapper.class_.__name__}: {found - listed} belongs into PRIVATE"


@pytest.fixture
def house(app: Flask) -> House:
    """The house of the walk, and everything private in it is a canary."""
    found = House(app)
    one = signed_up("doctor", about="شب‌ها نه", licence_number="12345")
    decide(one, found.kamran, State.VERIFIED, seen="registered", reason="دلیل", note="پروانه را دیدم")
    sign_up(profile("driver", name="canary00000"), one.mobile or "")
    found.gift.mobile = "+989120000000"
    holder = holder_of(found.shifts["shift_code"])
    assert holder is not None
    vow(holder, found.campaign.id, 12, in_days(30))
    db.session.commit()
    for table, names in PRIVATE.items():
        assert sung(table, names), f"nobody is in {table.__tablename__}: the silence would mean nothing"
    db.session.commit()
    app.extensions["pagecache"].clear()
    return found


def sung(table: type[Model], names: tuple[str, ...]) -> int:
    """Writes canaries into these columns of every row. Returns how many rows there are."""
    keys = list(inspect(table).primary_key)
    rows = db.session.execute(select(*keys)).all()
    for row in rows:
        number = next(_numbers)
        here = [key == value for key, value in zip(keys, row, strict=True)]
        db.session.execute(update(table).where(*here).values({name: song(name, number) for name in names}))
    return len(rows)


def song(name: str, number: int) -> str:
    return f"+98977{number:07}" if name == "mobile" else f"canary{number:05}"


def heard(body: str) -> set[str]:
    """The canaries in a page, however it writes them: in any digits, in groups, in capitals."""
    return set(CANARY.findall(re.sub(r"[\W_]+", "", to_ascii(body)).casefold()))


def addresses(house: House) -> Iterator[str]:
    """Every address that a visitor may ask for, in both languages."""
    for path, policy, rule in house.pages():
        if not policy.sessionless or rule.endpoint.startswith(OWN):
            continue
        for name in ("", *policy.params):
            yield f"{path}?{name}={house.values.get(name, '1')}" if name else path
            yield f"/en{path}"


def test_no_address_answers_with_anything_private(house: House, app: Flask) -> None:
    client, asked = app.test_client(), 0
    for path in addresses(house):
        answer = client.get(path)
        assert answer.status_code in {*range(200, 500), 501}, path  # 501: a format nobody offers
        assert heard(answer.data.decode("utf-8", "replace")) == set(), path
        assert heard(answer.headers.get("Location", "")) == set(), path
        asked += answer.status_code == 200
    assert asked > 60


def test_what_is_spoken_of_goods_and_hours_names_nobody(house: House, app: Flask) -> None:
    """The pages that the walk may pass by: a certificate that anybody may confirm, a box, what is needed."""
    client, slug = app.test_client(), house.campaign.slug
    for path in (f"/thanks/{house.shifts['thanks']}", f"/b/{house.values['box']}", f"/c/{slug}/needs"):
        for address in (path, f"/en{path}"):
            answer = client.get(address)
            assert answer.status_code == 200 and heard(answer.get_data(as_text=True)) == set(), address


def test_no_form_answers_with_anything_private(house: House, app: Flask) -> None:
    """Whatever somebody types who knows a number or a code."""
    client, known = app.test_client(), db.session.scalars(select(Volunteer)).first()
    assert known is not None and known.mobile
    tries = {
        "/volunteers/status": {"code": "x", "last": known.mobile[-4:]},
        f"/volunteers/join/{known.province_code}": {"mobile": "0" + known.mobile[3:]},
        f"/volunteers/now/{house.values['call']}": {"name": "-", "offer": "-"},
    }
    for path, data in tries.items():
        answer = client.post(path, data=data)
        typed = {f"9{known.mobile[4:]}"}
        assert answer.status_code == 422 and heard(answer.get_data(as_text=True)) <= typed, path


def test_the_canary_is_heard_where_it_may_be(house: House) -> None:
    """So that the silence above means something: a coordinator reads name, number and licence."""
    volunteer = db.session.scalars(select(Volunteer).order_by(Volunteer.id.desc())).first()
    assert volunteer is not None
    page = house.signed_in.seen(f"/coordination/people/{volunteer.public_id}")
    told = {volunteer.name, f"9{(volunteer.mobile or '')[4:]}"}
    assert told <= heard(page)
