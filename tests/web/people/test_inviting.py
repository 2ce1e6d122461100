"""Leila brings Nima in: he gets a letter in his language, chooses a password by its link, once, and comes in."""

import pytest
from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.grants import changes_of
from campaigns.domain.accounts.history import account_changes_of
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from tests.cast import leila, mina, person
from tests.web.account.browser import Browser
from tests.web.officehands import Hands
from tests.web.people.postbox import known, letters_to, link_in
from tests.worlds import organization, ready_draft

QOM, KERMAN = "IR-25", "IR-08"
NIMA = {"name": "نیما راد", "email": "Nima@Example.org", "role": "moderator", "place": KERMAN}
WORDS = "boat winter seven doors"


@pytest.fixture
def office(app):
    organization()
    return Hands(app, leila())


def how_many_people() -> int:
    return db.session.scalar(select(func.count(User.id)))


def test_leila_invites_nima_who_chooses_his_password_and_moderates_in_kerman(app, office):
    page = office.after(office.fill("/people/new", **NIMA))
    assert "دعوت‌نامه به نشانی" in page and "هنوز گذرواژه انتخاب نکرده" in page
    [letter] = letters_to("nima@example.org")
    assert "Leila" in letter.body and "بررس" in letter.body and "کرمان" in letter.body
    assert "۷۲ ساعت" in letter.body
    nima = Browser(app)
    link = link_in(letter.body)
    assert "خوش آمدید" in nima.get(link).text and "nima@example.org" in nima.get(link).text
    assert nima.post(link, {"password": WORDS}).headers["Location"] == "/welcome"
    assert "گذرواژهٔ شما ثبت شد" in nima.get("/welcome").text
    assert nima.sign_in("nima@example.org", WORDS).headers["Location"] == "/mod/"
    assert nima.get("/mod/").status_code == 200
    assert len(letters_to("nima@example.org")) == 1, "no letter says that a password was changed"


def test_the_record_names_leila(office):
    office.fill("/people/new", **NIMA)
    nima = known("nima@example.org")
    assert nima.password_hash is None
    [change] = changes_of(nima)
    assert (change.verb, change.role, change.province_code) == ("grant", "moderator", KERMAN)
    assert change.actor_id == office.user.id
    happened = [(row.verb, row.actor_id) for row in account_changes_of(nima)]
    assert happened == [("create", office.user.id), ("invite", office.user.id)]


def test_the_link_works_once(app, office):
    office.fill("/people/new", **NIMA)
    link = link_in(letters_to("nima@example.org")[0].body)
    nima = Browser(app)
    assert nima.post(link, {"password": WORDS}).status_code == 303
    assert nima.get(link).status_code == 410
    assert nima.post(link, {"password": "other words entirely 9"}).status_code == 410
    assert nima.sign_in("nima@example.org", WORDS).status_code == 303


def test_a_weak_password_is_refused_and_he_is_still_welcome(client, office):
    office.fill("/people/new", **NIMA)
    link = link_in(letters_to("nima@example.org")[0].body)
    answer = client.post(link, data={"password": "nima@example.org"})
    assert answer.status_code == 422 and "خوش آمدید" in answer.text


def test_john_gets_his_letter_and_his_page_in_english_though_leila_reads_persian(client, office):
    john = {**NIMA, "name": "John", "email": "john@example.org", "language": "en", "place": "country"}
    office.fill("/people/new", **john)
    [letter] = letters_to("john@example.org")
    assert letter.subject == "You are invited to Pooyesh"
    assert "Moderator – in the whole country" in letter.body and "within 72 hours" in letter.body
    link = link_in(letter.body)
    assert link.startswith("/en/reset/") and "Welcome" in client.get(link).text


def test_another_letter_ends_the_link_of_the_first(client, office):
    office.fill("/people/new", **NIMA)
    nima = known("nima@example.org")
    answer = office.post(f"/people/{nima.public_id}/invite", {"csrf_token": office.token})
    assert answer.status_code == 303
    first, second = (link_in(letter.body) for letter in letters_to("nima@example.org"))
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)


def test_who_has_a_password_is_not_invited_again(office):
    user = mina()
    page = office.seen(f"/en/people/{user.public_id}")
    assert "Send the invitation again" not in page
    assert office.post(f"/people/{user.public_id}/invite", {"csrf_token": office.token}).status_code == 404
    assert letters_to("mina@example.org") == []


def test_whom_no_letter_reaches_gets_a_link_from_leilas_hand(app, office):
    wanted = {**NIMA, "email": "", "mobile": "۰۹۱۲ ۱۱۱ ۲۲۳۳"}
    page = office.after(office.fill("/en/people/new", **wanted))
    assert "No letter can reach this person" in page and "Make a link to hand over" in page
    nima = known("09121112233")
    answer = office.post(f"/people/{nima.public_id}/invite", {"csrf_token": office.token})
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-store"
    browser = Browser(app)
    assert "۰۹۱۲ ۱۱۱ ۲۲۳۳" in browser.get(link_in(answer.text)).text
    assert browser.post(link_in(answer.text), {"password": WORDS}).status_code == 303
    assert browser.sign_in("0912-111-2233", WORDS).status_code == 303


def test_an_organizer_works_for_an_organization(office):
    answer = office.fill("/people/new", **{**NIMA, "role": "organizer"})
    assert answer.status_code == 422 and 'id="organization-error"' in answer.text
    office.after(office.fill("/people/new", **{**NIMA, "role": "organizer"}, organization="nikookari"))
    [grant] = grants_of(known("nima@example.org").id)
    assert (grant.role, grant.organization_id) == ("organizer", organization().id)


def test_one_campaign_is_named_by_the_address_of_its_page(office):
    campaign = ready_draft(mina(), "dowry-kerman")
    wanted = {**NIMA, "role": "auditor", "place": "campaign"}
    for address in ("", "no-such-campaign"):
        answer = office.fill("/people/new", **wanted, campaign=address)
        assert answer.status_code == 422 and 'id="campaign-error"' in answer.text
    office.after(office.fill("/people/new", **wanted, campaign="http://localhost/en/c/dowry-kerman?x=1"))
    [grant] = grants_of(known("nima@example.org").id)
    assert (grant.campaign_id, grant.province_code) == (campaign.id, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"email": ""}, "email"),
        ({"email": "nima"}, "email"),
        ({"email": "a@b@c.org"}, "email"),
        ({"mobile": "12345"}, "mobile"),
        ({"role": ""}, "role"),
        ({"role": "king"}, "role"),
        ({"place": ""}, "place"),
        ({"place": "IR-99"}, "place"),
        ({"language": "xx"}, "language"),
        ({"campaign": "dowry-kerman"}, "campaign"),
        ({"name": "ن" * 121}, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(office, changes, field):
    typed = {**NIMA, "email": "nima@example.org", "mobile": "09121112233", **changes}
    if changes.get("email") == "":
        typed["mobile"] = ""
    answer = office.fill("/people/new", **typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text and f'href="#{field}"' in answer.text
    assert answer.text.startswith("<!doctype html>") and "خطا: " in answer.text
    for kept in (typed["name"].strip(), typed["email"], typed["mobile"]):
        assert kept in answer.text
    assert how_many_people() == 1 and letters_to("nima@example.org") == []


def test_nobody_is_made_twice(office):
    sara = person("Sara", mobile="+989121112233")
    answer = office.fill("/en/people/new", **{**NIMA, "email": "SARA@example.org", "mobile": "09121112233"})
    assert answer.status_code == 422
    assert answer.text.count("Sara has this already") == 4, "in the summary and beside both fields"
    assert how_many_people() == 2 and changes_of(sara) == []


def test_for_everybody_else_the_room_does_not_exist(app, office):
    for role in set(Role) - {Role.ADMIN}:
        hands = Hands(app, person(f"p-{role.value}", role))
        for path in ("/people/", "/people/new", f"/people/{office.user.public_id}"):
            assert hands.get(path).status_code == 404
        assert hands.post("/people/new", {**NIMA, "csrf_token": hands.token}).status_code == 404
    assert Browser(app).get("/people/").status_code == 302


def test_a_mistyped_address_is_mended_and_the_right_one_gets_the_letter(client, office):
    office.fill("/people/new", **{**NIMA, "email": "nina@example.org", "mobile": "09121112233"})
    path = f"/people/{known('nina@example.org').public_id}/correct"
    assert "۰۹۱۲ ۱۱۱ ۲۲۳۳" in office.seen(path) and path in office.seen(path.removesuffix("/correct"))
    assert "نام، نشانی یا شماره اصلاح شد" in office.after(office.fill(path, email="nima@example.org"))
    wrong, right = (link_in(letters_to(f"{name}@example.org")[0].body) for name in ("nina", "nima"))
    assert (client.get(wrong).status_code, client.get(right).status_code) == (410, 200)
    assert known("nima@example.org").mobile == "+989121112233"
    assert known("nima@example.org").public_id in office.seen("/people/?q=nima")


def test_a_mended_address_must_be_one_and_nobody_elses(office):
    mina()
    office.fill("/people/new", **NIMA)
    path = f"/en/people/{known('nima@example.org').public_id}/correct"
    for address, sentence in (("nima", "Write the whole address"), ("mina@example.org", "Mina has this")):
        answer = office.fill(path, email=address)
        assert answer.status_code == 422 and sentence in answer.text and f'value="{address}"' in answer.text
    assert known("nima@example.org").name == "نیما راد" and len(letters_to("nima@example.org")) == 1


def test_who_has_come_in_is_mended_by_nobody_else(office):
    user = mina()
    path = f"/people/{user.public_id}/correct"
    assert office.get(path).status_code == 404 and path not in office.seen(f"/people/{user.public_id}")
    typed = {"csrf_token": office.token, "name": "X", "email": "x@example.org", "language": "fa"}
    assert office.post(path, typed).status_code == 404
    assert known("mina@example.org").name == "Mina"
