"""The audit log for auditors: who did what, narrowed down, of one thing, as a file, and only within one's reach."""

import csv
import io

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.exports.models import Export
from tests.cast import leila, mina, person
from tests.web.officehands import Hands
from tests.worlds import ready_draft


@pytest.fixture
def busy(app):
    """Mina has changed the look of her campaign in Kerman, Leila has made an account."""
    by = mina()
    campaign = ready_draft(by)
    hands = Hands(app, by)
    hands.after(hands.fill(f"/en/desk/c/{campaign.public_id}/{Part.LOOK.value}", motif="bricks"))
    boss = Hands(app, leila())
    boss.after(
        boss.fill("/en/people/new", name="=Sima", email="sima@example.org", role="auditor", place="country")
    )
    return campaign


def test_an_auditor_reads_who_did_what_to_what_and_how_it_was_before(app, busy):
    page = Hands(app, person("Babak", Role.AUDITOR)).seen("/en/audit/?kind=campaign")
    assert "Changed: <bdi>Campaign</bdi>" in page and "<bdi>Mina</bdi> (Organizer)" in page
    assert "<bdi>window</bdi></del>" in page and "<bdi>bricks</bdi></ins>" in page


def test_the_log_is_narrowed_by_person_act_and_day(app, busy):
    babak = Hands(app, person("Babak", Role.AUDITOR))
    assert "Mina" in babak.seen("/en/audit/?who=mina&act=change")
    assert "<bdi>Leila</bdi>" not in babak.seen("/en/audit/?who=mina")
    assert "Nothing is recorded." in babak.seen("/en/audit/?last=2020-01-01")
    assert "Nothing is recorded." in babak.seen("/en/audit/?who=nobody-at-all")
    assert "Write the day as year, month, day" in babak.seen("/en/audit/?first=soon")
    assert babak.get("/en/audit/?act=nonsense").status_code == 404


def test_a_campaigns_timeline_is_a_step_from_its_desk_for_auditors_alone(app, busy):
    way = f"/en/audit/campaign/{busy.public_id}"
    babak = Hands(app, person("Babak", Role.AUDITOR))
    assert way in babak.seen(f"/en/desk/c/{busy.public_id}")
    assert "bricks" in babak.seen(way)
    desk = Hands(app, person("Roya", Role.PROVINCE_DESK))
    assert "/audit/" not in desk.seen(f"/en/desk/c/{busy.public_id}")
    assert desk.get(way).status_code == 404


def test_an_auditor_of_another_province_sees_nothing_of_it(app, busy):
    yazd = Hands(app, person("Babak", Role.AUDITOR, province_code="IR-21"))
    assert busy.public_id not in yazd.seen("/en/audit/")
    assert yazd.get(f"/en/audit/campaign/{busy.public_id}").status_code == 404
    kerman = Hands(app, person("Nasrin", Role.AUDITOR, province_code="IR-08"))
    assert busy.public_id in kerman.seen("/en/audit/")


def test_older_lines_are_one_step_away(app, busy, monkeypatch):
    babak = Hands(app, person("Babak", Role.AUDITOR))
    monkeypatch.setattr("campaigns.web.audit.listing.SHOWN", 2)
    first = babak.seen("/en/audit/")
    assert "Older lines" in first
    oldest = db.session.scalar(select(AuditEntry.id).order_by(AuditEntry.id).limit(1))
    assert "Nothing is recorded." in babak.seen(f"/en/audit/?before={oldest}")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_log_is_taken_along_and_that_is_written_down(app, busy, kind):
    babak = Hands(app, person("=Babak", Role.AUDITOR))
    answer = babak.fill("/en/audit/?act=sign_in", to="/en/audit/export", format=kind)
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert {row["Act"] for row in rows} == {"Signed in"}
        assert "'=Babak" in {row["Who"] for row in rows}
    taken = db.session.scalars(select(Export)).one()
    assert (taken.kind, taken.personal, taken.sha256.hex()) == (
        "audit",
        True,
        answer.headers["X-Checksum-SHA256"],
    )
    assert db.session.scalars(select(AuditEntry.act).where(AuditEntry.what == "export")).all() == ["create"]


def test_signing_in_and_out_stand_there(app):
    hands = Hands(app, mina())
    hands.post("/sign-out", {"csrf_token": hands.token})
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(row.act, row.object_id) for row in rows] == [
        ("sign_in", hands.user.public_id),
        ("sign_out", hands.user.public_id),
    ]
