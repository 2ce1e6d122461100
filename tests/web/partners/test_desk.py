"""Leila writes a memorandum, Reza compares its papers, everybody reads it; Nasrin looks after her province only."""

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.notices.models import Letter
from campaigns.domain.partners.models import Memorandum, PartnerProfile
from tests.cast import leila, mina, parisa, person, reza
from tests.partnership import PDF, agreed, approve, draft, partner, picture, sent
from tests.web.officehands import Hands, filled
from tests.worlds import live_campaign, organization

NEW = "/en/partners/memoranda/new"


@pytest.fixture
def leila_(app):
    organization()
    return Hands(app, leila())


@pytest.fixture
def reza_(app):
    return Hands(app, reza())


@pytest.fixture
def nurses(leila_) -> Organization:
    return partner(leila_.user).organization


def handed_in(hands, path, files=None, **changes):
    """Fills the form of a page and sends it with these files."""
    page = hands.get(path)
    assert page.status_code == 200, page.status_code
    data = filled(page, **changes).to_dict(flat=False)
    for name, raw in (files or {}).items():
        data[name] = FileStorage(io.BytesIO(raw), f"{name}.pdf")
    boundary, body = encode_multipart(data)
    return hands.client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def written(hands, files=None, **changes):
    wish = {
        "subject_fa": "همراهی پرستاران",
        "subject_en": "Nurses beside patients",
        "division": "health",
        "house": "nikookari",
        "parties": ["nurses"],
        "starts_on": "۱۴۰۵/۰۷/۰۱",
        "ends_on": "۱۴۰۹/۱۲/۲۹",
        "terms_fa": "انجمن پرستار می‌فرستد.",
    }
    both = {"signed": PDF + b"SECRET\n%%EOF\n", "copy": PDF}
    return handed_in(hands, NEW, both if files is None else files, **wish | changes)


def memorandum() -> Memorandum:
    return db.session.scalars(select(Memorandum)).one()


def test_from_a_draft_to_a_page_everybody_reads(app, client, leila_, reza_, nurses):
    campaign = live_campaign(mina(), reza_.user, parisa())
    answer = written(leila_, campaigns=[campaign.public_id])
    assert "The draft is kept" in leila_.after(answer)
    row = memorandum()
    assert (row.starts_on.isoformat(), row.ends_on.isoformat()) == ("2026-09-23", "2031-03-20")
    page, public = f"/en/partners/memoranda/{row.public_id}", f"/en/memoranda/{row.public_id}"
    assert client.get(public).status_code == client.get(f"{public}/document.pdf").status_code == 404
    assert "It waits for a moderator" in leila_.after(
        leila_.post(f"{page}/send", {"csrf_token": leila_.token})
    )
    assert client.get(public).status_code == 404

    item = f"/en/mod/memorandum/{row.public_id}"
    seen = reza_.seen(item)
    assert "Nurses beside patients" in seen and "Compare the two papers" in seen
    assert b"SECRET" in reza_.get(f"{item}/papers/signed").data
    assert "Nurses beside patients" in reza_.seen("/en/mod/")
    reza_.after(reza_.fill(item, verdict="approve"))

    shown = client.get(public).text
    assert "In force" in shown and "Sample Nurses" in shown and "dowry-kerman" in shown
    copy = client.get(f"{public}/document.pdf")
    assert copy.data == PDF and "attachment" in copy.headers["Content-Disposition"]
    assert "Nurses beside patients" in client.get("/en/memoranda?division=health&state=in_force").text
    assert "No memorandum fits" in client.get("/en/memoranda?division=culture").text
    assert "With the support of" in client.get("/en/c/dowry-kerman").text
    assert "با همراهی" in client.get("/c/dowry-kerman").text
    assert "Campaigns it stands behind" in client.get("/en/organizations/nurses").text


def test_the_signed_paper_is_never_public(client, leila_, reza_, nurses):
    row = agreed(leila_.user, reza_.user, [nurses])
    for path in ("papers/signed", "papers/public", "signed.pdf"):
        assert client.get(f"/memoranda/{row.public_id}/{path}").status_code == 404
    assert client.get(f"/partners/memoranda/{row.public_id}/papers/signed").status_code == 302


def test_ended_early_it_says_why_and_the_campaign_names_its_partner_no_more(client, leila_, reza_, nurses):
    campaign = live_campaign(mina(), reza_.user, parisa())
    row = agreed(leila_.user, reza_.user, [nurses], campaigns=[campaign])
    assert "With the support of" in client.get("/en/c/dowry-kerman").text
    page = f"/en/partners/memoranda/{row.public_id}"
    assert leila_.fill(f"{page}/end", why=" ").status_code == 422
    assert "It has ended" in leila_.after(leila_.fill(f"{page}/end", why="پرستار کافی نبود."))
    assert "With the support of" not in client.get("/en/c/dowry-kerman").text
    shown = client.get(f"/en/memoranda/{row.public_id}").text
    assert "Ended early" in shown and "پرستار کافی نبود." in shown
    assert leila_.fill(f"{page}", to=f"{page}/end", why="باز").status_code == 422


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"parties": []}, "Choose one partner at least."),
        ({"parties": ["nurses", "nikookari"]}, "no partner of its own"),
        ({"ends_on": "1405/06/01"}, "must not be before the first"),
        ({"ends_on": "someday"}, "year, month, day"),
        ({"subject_fa": ""}, "Write the subject"),
        ({"files": {"copy": b"GIF89a"}}, "Attach a PDF of at most 5 MB."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(leila_, nurses, change, sentence):
    answer = written(leila_, **change)
    assert answer.status_code == 422
    assert sentence in answer.text and "انجمن پرستار می‌فرستد." in answer.text
    assert db.session.scalars(select(Memorandum)).all() == []


def test_without_papers_it_stays_a_draft_that_says_what_lacks(leila_, nurses):
    written(leila_, files={})
    page = f"/en/partners/memoranda/{memorandum().public_id}"
    assert "The copy for everybody (PDF) is not attached yet." in leila_.seen(page)
    assert leila_.post(f"{page}/send", {"csrf_token": leila_.token}).status_code == 422
    changed = handed_in(leila_, f"{page}/edit", {"signed": PDF, "copy": PDF}, subject_en="Nurses, anew")
    assert "Nurses, anew" in leila_.after(changed)
    leila_.after(leila_.post(f"{page}/send", {"csrf_token": leila_.token}))
    assert leila_.get(f"{page}/edit").status_code == 303
    late = handed_in(leila_, NEW)
    assert late.status_code == 422
    assert "It is a draft again" in leila_.after(
        leila_.post(f"{page}/withdraw", {"csrf_token": leila_.token})
    )


def test_sent_back_its_author_gets_one_letter_and_reads_why(leila_, reza_, nurses):
    row = sent(leila_.user, [nurses])
    item = f"/en/mod/memorandum/{row.public_id}"
    reza_.after(reza_.fill(item, verdict="return", reason="numbers", note="تاریخ؟"))
    letter = db.session.scalars(select(Letter)).one()
    assert letter.to == "leila@example.org" and "تاریخ؟" in letter.body
    assert f"/partners/memoranda/{row.public_id}" in letter.body
    assert "تاریخ؟" in leila_.seen(f"/en/partners/memoranda/{row.public_id}")


def test_an_organization_is_brought_in_and_shown_once_reza_agrees(client, leila_, reza_):
    made = handed_in(
        leila_,
        "/en/partners/organizations/new",
        {"logo": picture()},
        name_fa="کانون نمونهٔ کتاب",
        name_en="Sample House of Books",
        slug="Books",
        phone="021 8844 1107",
        kind="charity",
        license_number="SP-7",
        about_fa="کتاب می‌برد.",
        website="https://books.example",
    )
    assert "waits for a moderator" in leila_.after(made)
    assert client.get("/en/organizations/books").status_code == 404
    assert "Sample House of Books" not in client.get("/en/organizations").text
    profile = db.session.scalars(select(PartnerProfile)).one()
    item = f"/en/mod/partner/{profile.public_id}"
    assert "Sample House of Books" in reza_.seen(item)
    assert reza_.get(f"{item}/logo.png").mimetype == "image/png"
    reza_.after(reza_.fill(item, verdict="approve"))
    shown = client.get("/en/organizations/books").text
    assert "Charity" in shown and "SP-7" in shown and "books.example" in shown and "logo.png" in shown
    assert client.get("/organizations/books/logo.png").data.startswith(b"\x89PNG")
    assert "Sample House of Books" in client.get("/en/organizations").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"slug": "nurses"}, "Another organization has this address."),
        ({"slug": "a"}, "at least three"),
        ({"website": "javascript:alert(1)"}, "Write the whole address"),
        ({"kind": "bank"}, "Not a valid choice"),
        ({"logo": b"<svg onload=alert(1)>"}, "Attach a picture"),
    ],
)
def test_an_organization_with_something_wrong_is_not_brought_in(leila_, nurses, change, sentence):
    values = {
        "name_fa": "کانون",
        "name_en": "House",
        "slug": "books",
        "phone": "021 1",
        "kind": "charity",
        "license_number": "1",
        "about_fa": "کتاب می‌برد.",
    }
    files = {"logo": change.pop("logo")} if "logo" in change else {}
    answer = handed_in(leila_, "/en/partners/organizations/new", files, **values | change)
    assert answer.status_code == 422 and sentence in answer.text and "کتاب می‌برد." in answer.text


def test_a_province_desk_sees_its_own_province_only(app, leila_, reza_, nurses):
    kerman = partner(leila_.user, slug="kerman-house", province_code="IR-08").organization
    yazd = partner(leila_.user, slug="yazd-house", province_code="IR-21").organization
    here, there = draft(leila_.user, [nurses], house=kerman), draft(leila_.user, [nurses], house=yazd)
    nasrin = Hands(app, person("Nasrin", Role.PROVINCE_DESK, province_code="IR-08"))
    home = nasrin.seen("/en/partners")
    assert here.public_id in home and there.public_id not in home
    assert nasrin.get(f"/partners/memoranda/{here.public_id}").status_code == 200
    for path in (
        f"memoranda/{there.public_id}",
        f"memoranda/{there.public_id}/edit",
        f"memoranda/{there.public_id}/end",
        f"memoranda/{there.public_id}/papers/signed",
        "organizations/yazd-house",
        "organizations/nurses",
    ):
        assert nasrin.get(f"/partners/{path}").status_code == 404, path
    assert 'value="yazd-house">' in nasrin.seen(NEW)  # may be a party, but does not sign
    assert written(nasrin, house="yazd-house").status_code == 422


def test_people_without_the_permission_find_no_desk_of_partners(app, leila_, nurses):
    row = draft(leila_.user, [nurses])
    for role in (Role.ORGANIZER, Role.MODERATOR, Role.FINANCE, Role.AUDITOR, Role.CLERK):
        hands = Hands(app, person(f"Somebody.{role}", role))
        for path in ("/partners", f"/partners/memoranda/{row.public_id}", NEW):
            assert hands.get(path).status_code == 404


def test_the_record_of_an_organization_is_what_the_book_says(client, leila_, reza_, nurses):
    shown = client.get("/en/organizations/nikookari").text
    assert "No campaign is public yet." in shown and "Its record" not in shown
    approve("partner", db.session.scalars(select(PartnerProfile.public_id)).one(), reza_.user)
    live_campaign(mina(), reza_.user, parisa())
    assert "Its record" in client.get("/en/organizations/nikookari").text
