"""Sara has seen that something is wrong: she reports it, sees how it stands, answers, appeals once."""

from datetime import timedelta
from io import BytesIO

import pytest

from campaigns.base import clock
from campaigns.base.codes import spoken
from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.problems import queries
from campaigns.domain.problems.models import Problem
from campaigns.web.problems import formkey
from tests.cast import mina, parisa, person, reza
from tests.photos import photo
from tests.web.officehands import Hands, filled
from tests.web.refusals import assert_refused
from tests.worlds import empty_draft, live_campaign

SEEN = "دو یخچال در فهرست هست و یکی تحویل شد؛ همسایه‌ام دید."


@pytest.fixture
def people(app):
    return mina(), reza(), parisa()


@pytest.fixture
def campaign(people):
    return live_campaign(*people)


def report(client, campaign, **changes):
    """Opens the form, lets it lie for a minute, sends it."""
    path = f"/c/{campaign.slug}/problem"
    form = filled(client.get(path), **{"kind": "false", "words": SEEN} | changes)
    with clock.at(clock.now() - timedelta(seconds=60)):
        form.setdefault("form_key", "")
        form["form_key"] = changes.get("form_key") or formkey.new(campaign.public_id)
    return client.post(path, data=form, content_type="multipart/form-data")


def case_of(answer):
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].partition("?")[0]


def decided(hands, verdict, note, reason="evidence"):
    problem = db.session.query(Problem).one()
    path = f"/mod/problem/{problem.public_id}"
    answer = hands.fill(path, verdict=verdict, note=note, reason=reason)
    assert answer.status_code == 303, answer.text


def test_a_report_with_a_picture_gets_a_code_and_its_page_shows_nothing_private(client, campaign):
    sent = report(client, campaign, contact="sara@example.org", evidence=(BytesIO(photo()), "seen.jpg"))
    page = client.get(case_of(sent)).text
    problem = db.session.query(Problem).one()
    (file,) = queries.evidence_of(problem)
    assert spoken(problem.code) in page and problem.contact == "sara@example.org" and file.kind == "image"
    assert SEEN not in page and "sara@example.org" not in page and file.public_id not in page
    assert client.get("/report", query_string={"code": problem.code.lower()}).status_code == 303


def test_the_same_form_sent_twice_is_one_case_and_robots_make_none(client, campaign):
    with clock.at(clock.now() - timedelta(seconds=60)):
        key = formkey.new(campaign.public_id)
    first, second = (report(client, campaign, form_key=key) for _turn in range(2))
    assert case_of(first) == case_of(second)
    assert report(client, campaign, website="https://spam.example").status_code == 422
    quick = client.post(
        f"/c/{campaign.slug}/problem",
        data={"kind": "false", "words": "x", "form_key": formkey.new(campaign.public_id)},
    )
    assert quick.status_code == 422 and db.session.query(Problem).count() == 1


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(client, campaign):
    page = report(client, campaign, kind="", contact="sara", evidence=(BytesIO(b"no picture"), "x.exe"))
    assert_refused(page, "kind", "evidence", "contact")
    assert SEEN in page.text


def test_a_draft_has_no_form_and_its_address_tells_nothing(client, people):
    draft = empty_draft(people[0])
    assert client.get(f"/c/{draft.slug}/problem").status_code == 404
    page = client.get("/report", query_string={"campaign": f"/c/{draft.slug}"})
    assert page.status_code == 422


def test_reza_asks_she_answers_he_closes_she_appeals_and_parisa_decides(app, client, campaign, people):
    at_reza, at_parisa = Hands(app, people[1]), Hands(app, people[2])
    case = case_of(report(client, campaign))
    decided(at_reza, "return", "کدام روز بود؟")
    page = client.get(case)
    assert "کدام روز بود؟" in page.text
    client.post(case, data={"words": "سه‌شنبه"}, content_type="multipart/form-data")
    decided(at_reza, "reject", "تحویل دوم هفتهٔ بعد بود.")
    assert "تحویل دوم" in client.get(case).text
    client.post(case, data={"words": "هفتهٔ بعد هم نیامد."})
    problem = db.session.query(Problem).one()
    path = f"/mod/problem/{problem.public_id}"
    again = at_reza.fill(path, verdict="reject", note="نه", reason="evidence")
    assert again.status_code == 422, "another person decides an appeal"
    decided(at_parisa, "approve", "حق با شماست.")
    page = client.get(case).text
    assert "حق با شماست." in page and "<form" not in page.partition("<main")[2], "it is over"
    client.post(case, data={"words": "باز هم"})
    assert db.session.query(Problem).one().state == "upheld"


def test_evidence_is_for_moderators_who_reach_the_campaign_alone(app, client, campaign, people):
    report(client, campaign, evidence=(BytesIO(photo()), "seen.jpg"))
    problem = db.session.query(Problem).one()
    (file,) = queries.evidence_of(problem)
    path = f"/mod/problem/{problem.public_id}/evidence/{file.public_id}"
    elsewhere = person("Omid", Role.MODERATOR, province_code="IR-21")
    assert Hands(app, people[1]).get(path).mimetype == "image/jpeg"
    assert Hands(app, elsewhere).get(path).status_code == 404
    assert Hands(app, people[0]).get(path).status_code == 404


def test_a_freeze_stands_in_the_public_log_and_the_log_can_be_narrowed(app, client, campaign, people):
    at_reza = Hands(app, people[1])
    report(client, campaign)
    problem = db.session.query(Problem).one()
    frozen = at_reza.fill(
        f"/mod/campaign/{campaign.public_id}/freeze?case={problem.public_id}",
        reason="عددها روشن نیست.",
        note="only for us",
    )
    assert frozen.status_code == 303
    decided(at_reza, "approve", "درست بود.")
    page = client.get("/en/about/decisions?kind=giving&outcome=freeze").text
    assert "عددها روشن نیست." in page and "1 decision<" in page
    whole = client.get("/en/about/decisions").text
    assert (
        "It was right" in whole and "only for us" not in whole and SEEN not in whole and "Reza" not in whole
    )
    assert "عددها روشن نیست." not in client.get("/en/about/decisions?month=140001&kind=campaign").text
