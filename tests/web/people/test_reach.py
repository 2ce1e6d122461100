"""Hadi administrates Qom: he sees and touches who works in Qom, and nobody ever promotes themselves."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.grants import grant_role
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.queries import province
from tests.cast import leila, mina, person
from tests.web.officehands import Hands
from tests.web.people.postbox import known, letters_to
from tests.worlds import empty_draft, organization

QOM, KERMAN = "IR-25", "IR-08"
NIMA = {"name": "Nima", "email": "nima@example.org", "role": "moderator"}


@pytest.fixture
def people(app):
    """Leila for the country, Hadi and Sahar in Qom, Sara in Kerman, Omid in both."""
    organization()
    found = {
        "leila": leila(),
        "hadi": person("Hadi", Role.ADMIN, province_code=QOM),
        "sahar": person("Sahar", Role.MODERATOR, province_code=QOM),
        "sara": person("Sara", Role.MODERATOR, province_code=KERMAN),
        "omid": person("Omid", Role.FINANCE, province_code=QOM),
    }
    grant_role(found["omid"], Role.FINANCE, province_code=KERMAN)
    db.session.commit()
    return found


@pytest.fixture
def hadi(app, people):
    return Hands(app, people["hadi"])


def test_qoms_administrator_sees_who_works_in_qom(hadi, people):
    page = hadi.seen("/en/people/")
    assert all(people[name].public_id in page for name in ("hadi", "sahar", "omid"))
    assert "Sara" not in page and "Leila" not in page
    assert "3 people" in page and "Kerman" not in page
    assert "Sara" not in hadi.seen("/en/people/?q=sara")


@pytest.mark.parametrize("name", ["sara", "leila"])
def test_who_works_elsewhere_does_not_exist_for_him(hadi, people, name):
    public_id, place = people[name].public_id, KERMAN if name == "sara" else "country"
    role = "moderator" if name == "sara" else "admin"
    token = {"csrf_token": hadi.token}
    for path in ("", "/give", f"/take/{role}/{place}", "/disable"):
        assert hadi.get(f"/people/{public_id}{path}").status_code == 404
    for path in ("/give", f"/take/{role}/{place}", "/disable", "/enable", "/invite"):
        answer = hadi.post(f"/people/{public_id}{path}", {**token, "role": "auditor", "place": QOM})
        assert answer.status_code == 404, path
    user = known(f"{name}@example.org")
    assert user.is_enabled and [grant.role for grant in grants_of(user.id)] == [role]


def test_he_is_offered_no_place_but_qom_and_no_other_is_taken(hadi, people):
    page = hadi.seen("/en/people/new")
    assert f'value="{QOM}"' in page and f'value="{KERMAN}"' not in page and 'value="country"' not in page
    for place in ("country", KERMAN):
        answer = hadi.fill("/people/new", **NIMA, place=place)
        assert answer.status_code == 422 and 'id="place-error"' in answer.text
        answer = hadi.fill(f"/people/{people['sahar'].public_id}/give", role="auditor", place=place)
        assert answer.status_code == 422 and 'id="place-error"' in answer.text
    assert len(grants_of(people["sahar"].id)) == 1 and letters_to("nima@example.org") == []
    hadi.after(hadi.fill("/people/new", **NIMA, place=QOM))
    assert len(letters_to("nima@example.org")) == 1


def test_a_campaign_is_his_when_it_serves_qom_alone(hadi, people):
    author = mina()
    for slug, codes in (("qom", [QOM]), ("kerman", [KERMAN]), ("both", [QOM, KERMAN])):
        empty_draft(author, slug).provinces = [province(code) for code in codes]
    db.session.commit()
    path = f"/people/{people['sahar'].public_id}/give"
    for slug in ("kerman", "both"):
        answer = hadi.fill(path, role="auditor", place="campaign", campaign=slug)
        assert answer.status_code == 422 and 'id="campaign-error"' in answer.text
    page = hadi.after(hadi.fill(path, role="auditor", place="campaign", campaign="qom"))
    assert "جهیزیه برای زوج‌های کرمان" in page  # its title


def test_he_is_offered_organizations_of_qom_and_of_the_country(hadi, people):
    for slug, code in (("qom-office", QOM), ("kerman-office", KERMAN)):
        about = {"name_fa": slug, "name_en": slug, "license_number": "1", "phone": "021"}
        db.session.add(Organization(slug=slug, province_code=code, **about))
    db.session.commit()
    page = hadi.seen(f"/people/{people['sahar'].public_id}/give")
    assert 'value="qom-office"' in page and 'value="nikookari"' in page
    assert "kerman-office" not in page


def test_of_somebody_who_works_in_two_provinces_he_sees_and_changes_his_part(hadi, people):
    omid = people["omid"]
    page = hadi.seen(f"/en/people/{omid.public_id}")
    assert "Qom" in page and "Kerman" not in page
    assert "an administrator of the whole country decides" in page and "Disable…" not in page
    assert hadi.get(f"/people/{omid.public_id}/disable").status_code == 404
    assert hadi.get(f"/people/{omid.public_id}/take/finance/{KERMAN}").status_code == 404
    answer = hadi.fill(f"/people/{omid.public_id}/take/finance/{QOM}")
    assert answer.headers["Location"] == "/people/", "he does not see Omid any more"
    assert [grant.province_code for grant in grants_of(omid.id)] == [KERMAN]
    assert hadi.get(f"/people/{omid.public_id}").status_code == 404


def test_that_somebody_elsewhere_has_an_account_is_all_he_learns(hadi, people):
    answer = hadi.fill("/en/people/new", **{**NIMA, "email": "sara@example.org"}, place=QOM)
    assert answer.status_code == 422
    assert "Somebody has an account with this" in answer.text and "Sara" not in answer.text


@pytest.mark.parametrize("name", ["leila", "hadi"])
def test_nobody_promotes_themselves(app, people, name):
    user = people[name]
    hands = Hands(app, user)
    page = hands.seen(f"/en/people/{user.public_id}")
    assert "This is you" in page and "/give" not in page and "/take/" not in page and "/disable" not in page
    place = "country" if name == "leila" else QOM
    assert hands.get(f"/people/{user.public_id}/give").status_code == 404
    for path in ("/give", f"/take/admin/{place}", "/disable", "/invite"):
        wish = {"csrf_token": hands.token, "role": "finance", "place": place}
        assert hands.post(f"/people/{user.public_id}{path}", wish).status_code == 404
    assert [grant.role for grant in grants_of(user.id)] == ["admin"]
    assert known(f"{name}@example.org").is_enabled


def test_a_role_taken_away_from_hadi_ends_his_reach_at_once(app, hadi, people):
    office = Hands(app, people["leila"])
    office.after(office.fill(f"/people/{people['hadi'].public_id}/take/admin/{QOM}"))
    assert hadi.get("/people/").status_code == 404
