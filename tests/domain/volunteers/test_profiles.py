"""One number is one person; what a coordinator has seen is seen again once it changes; who leaves is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.appendonly import TABLES
from campaigns.base.extensions import db
from campaigns.domain.volunteers import evidence, profiles, queries, verification
from campaigns.domain.volunteers.erasing import erase, forget_files
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.links import own, owned, proven
from campaigns.domain.volunteers.profile_models import (
    Verification,
    VerificationWords,
    Volunteer,
    VolunteerEvidence,
    VolunteerRequest,
    VolunteerSpeciality,
)
from campaigns.domain.volunteers.queries import Wanted
from campaigns.domain.volunteers.surge_models import SurgeSignup
from campaigns.domain.volunteers.words import State
from tests.network import KERMAN, YAZD, coordinator, county, network, profile, signed_up, speciality, verified
from tests.support.crowds import at_once

SARA = "+989121112233"


@pytest.fixture(autouse=True)
def _network(app):
    network()


def people() -> int:
    return db.session.scalar(select(func.count(Volunteer.id))) or 0


def listed(volunteer: Volunteer) -> set[tuple[str, int | None, int, bool]]:
    rows = select(VolunteerSpeciality).where(VolunteerSpeciality.volunteer_id == volunteer.id)
    return {
        (row.province_code, row.county_id, row.slots, row.is_listed)
        for row in db.session.scalars(rows.execution_options(populate_existing=True))
    }


def test_the_same_number_in_any_writing_is_the_same_person_and_its_profile_stays(app):
    narges = signed_up("nurse", mobile=SARA)
    code = profiles.sign_up(profile("driver", name="دیگری"), SARA)
    db.session.commit()
    assert people() == 1
    assert narges.name == "نرگس امینی" and profiles.speciality_ids(narges.id) == [speciality("nurse")]
    found = queries.by_code(code)
    assert isinstance(found, VolunteerRequest) and profiles.typed_in(found).name == "دیگری"


def test_the_same_form_sent_twice_has_one_code(app):
    first = profiles.sign_up(profile("nurse"), SARA, "a form")
    again = profiles.sign_up(profile("nurse"), SARA, "a form")
    other = profiles.sign_up(profile("nurse"), SARA, "another form")
    assert first == again == profiles.sign_up(profile("nurse"), SARA, "a form")
    assert other == profiles.sign_up(profile("nurse"), SARA, "another form") != first


def test_sixteen_who_sign_up_at_once_with_one_number_are_one_person(app):
    def act(number: int) -> str:
        code = profiles.sign_up(profile("nurse", name=f"نام {number}"), SARA, f"form {number}")
        db.session.commit()
        return code

    codes = at_once(app, 16, act)
    assert len(set(codes)) == 16 and people() == 1
    assert db.session.scalar(select(func.count(VolunteerRequest.id))) == 15


def test_a_joined_sign_up_replaces_the_profile_and_opens_it(app):
    by = coordinator()
    narges = verified("nurse", by=by, mobile=SARA)
    code = profiles.sign_up(profile("driver", province_code=YAZD), SARA)
    request = queries.by_code(code)
    assert proven(code, "2233") is request and proven(code, "2234") is None
    verification.join(request, by)
    db.session.commit()
    assert narges.province_code == YAZD and narges.state == State.REGISTERED
    assert profiles.speciality_ids(narges.id) == [speciality("driver")]
    assert queries.by_code(code) is narges
    with pytest.raises(Refused, match="moved"):
        verification.refuse(request)


def test_only_what_a_coordinator_has_seen_is_seen_again_when_it_changes(app):
    narges = verified("nurse", by=coordinator(), county_id=county("راین"))
    profiles.change(narges, profile("nurse", county_id=county("بافت"), slots=24, hours=9))
    assert narges.state == State.VERIFIED
    assert listed(narges) == {(KERMAN, county("بافت"), 24, True)}
    profiles.change(narges, profile("nurse", "doctor"))
    assert narges.state == State.REGISTERED
    assert {is_listed for *_, is_listed in listed(narges)} == {False}


def test_a_licence_a_name_and_being_a_facilitator_are_seen_again_too(app):
    by = coordinator()
    for facts in ({"licence_number": "99"}, {"name": "نام دیگر"}, {"is_facilitator": True}):
        narges = verified("nurse", by=by)
        profiles.change(narges, profile("nurse", **facts))
        assert narges.state == State.REGISTERED


def test_who_was_asked_for_more_waits_again_after_writing_it(app):
    by, narges = coordinator(), signed_up("nurse")
    verification.decide(narges, by, State.MORE, seen="registered", reason="شمارهٔ پروانه را بنویسید")
    assert narges.reason == "شمارهٔ پروانه را بنویسید"
    profiles.change(narges, profile("nurse", licence_number="12345"))
    assert narges.state == State.REGISTERED


def test_verifying_rests_on_something_and_saying_no_has_a_reason(app, settings):
    by, narges = coordinator(), signed_up("nurse")
    with pytest.raises(Refused, match="evidence"):
        verification.decide(narges, by, State.VERIFIED, seen="registered")
    for after in (State.MORE, State.DECLINED):
        with pytest.raises(Refused, match="reason"):
            verification.decide(narges, by, after, seen="registered")
    evidence.keep(narges, "image", b"a picture", by.id, settings.data_dir)
    step = verification.decide(narges, by, State.VERIFIED, seen="registered")
    assert (step.papers, step.before, step.after, step.actor_id) == (1, "registered", "verified", by.id)


def test_two_coordinators_do_not_decide_over_each_other(app):
    by, narges = coordinator(), signed_up("nurse")
    verification.decide(narges, by, State.DECLINED, seen="registered", reason="پروانه باطل است")
    with pytest.raises(Refused, match="moved"):
        verification.decide(narges, by, State.VERIFIED, seen="registered", note="دیدم")


def test_who_has_left_comes_back_by_themselves_only(app):
    by, narges = coordinator(), signed_up("nurse")
    profiles.leave(narges)
    profiles.leave(narges)
    assert [step.after for step, _words in verification.history(narges)] == ["left"]
    with pytest.raises(Refused, match="moved"):
        verification.decide(narges, by, State.VERIFIED, seen="left", note="دیدم")
    profiles.change(narges, profile("nurse"))
    assert narges.state == State.REGISTERED


def test_erasing_leaves_nothing_personal_and_the_decisions(app, settings):
    by = coordinator()
    narges = verified("nurse", by=by, mobile=SARA, licence_number="12345", about="شب‌ها نه")
    kept = evidence.keep(narges, "pdf", b"%PDF-", by.id, settings.data_dir)
    profiles.sign_up(profile("driver"), SARA)
    link = own(narges.code)
    assert owned(link) is narges
    path = settings.data_dir / evidence.FOLDER / kept.stored
    assert path.exists() and path.stat().st_mode & 0o077 == 0
    files = erase(narges)
    db.session.commit()
    forget_files(files, settings.data_dir)
    assert not path.exists()
    assert (narges.name, narges.mobile, narges.licence_number, narges.about) == ("", None, "", "")
    for table in (VerificationWords, VolunteerEvidence, VolunteerRequest, VolunteerSpeciality, SurgeSignup):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    assert db.session.scalar(select(func.count(Verification.id))) == 2
    assert owned(link) is None and queries.one(None, narges.public_id) is None
    assert signed_up("nurse", mobile=SARA).id != narges.id


def test_a_file_that_no_row_names_is_removed_after_a_day(app, settings):
    by, narges = coordinator(), signed_up("nurse")
    kept = evidence.keep(narges, "pdf", b"%PDF-", by.id, settings.data_dir)
    db.session.commit()
    folder = settings.data_dir / evidence.FOLDER
    stray = folder / "stray.pdf"
    stray.write_bytes(b"%PDF-")
    evidence.forget_strays(settings.data_dir)
    assert stray.exists()
    with clock.at(clock.now() + timedelta(days=2)):
        assert evidence.forget_strays(settings.data_dir) >= 1
    assert not stray.exists() and (folder / kept.stored).exists()


def test_decisions_are_never_changed():
    assert "verification" in TABLES


def test_matching_finds_speciality_place_and_time_and_nobody_who_is_not_verified(app):
    by, rayen = coordinator(), county("راین")
    verified("nurse", by=by, name="صبح راین", county_id=rayen, slots=1)
    verified("nurse", by=by, name="شب راین", county_id=rayen, slots=32)
    verified("nurse", by=by, name="صبح کرمان", slots=1)
    verified("nurse", by=by, name="صبح یزد", province_code=YAZD, slots=1)
    verified("driver", by=by, name="راننده", county_id=rayen, slots=1)
    verified(by=by, name="تسهیلگر", county_id=rayen, slots=33, is_facilitator=True)
    signed_up("nurse", name="تازه", county_id=rayen)
    nurse = speciality("nurse")

    def found(**where) -> list[str]:
        rows, more = queries.match(Wanted(nurse, KERMAN, **where))
        assert not more and len(rows) == queries.how_many(Wanted(nurse, KERMAN, **where))
        return [row.name for row in rows]

    assert found() == ["صبح راین", "شب راین", "صبح کرمان"]
    assert found(county_id=rayen) == ["صبح راین", "شب راین"]
    assert found(county_id=rayen, slot=1) == ["صبح راین"]
    assert found(slot=16) == []
    beside = [one.name for one in queries.facilitators(Wanted(nurse, KERMAN, rayen, 32))]
    assert beside == ["تسهیلگر"] and queries.facilitators(Wanted(nurse, KERMAN, rayen, 16)) == []
