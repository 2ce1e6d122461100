"""Before bank data, terminals, roles and second steps change, it is asked again who it is."""

import re

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.models import LoginSession
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.regions.actions import seed_provinces
from campaigns.web.guards import policy_of
from tests.cast import PASSWORD, leila, mina, person
from tests.web.account.browser import hidden
from tests.web.officehands import Hands, filled

GUARDED = {
    "account.factors": {"begin", "scan", "confirm", "let_go", "write_codes"},
    "account.passkeys": {"plan", "add", "let_go"},
    "people.roles": {"choose", "give", "confirm", "take"},
    "people.invite": {"new", "create", "again"},
    "people.account": {"confirm", "switch"},
    "people.secondstep": {"show", "ask", "agree"},
    "people.correct": {"show", "change"},
    "finance.accounts": {"new", "write_down", "carry_out"},
    "finance.terminals": {"edit", "save", "drop", "remove"},
    "finance.offices": {"give", "take", "add", "switch"},
}
"""Where it must stand. What only asks (`finance.terminals.trial`) may do without."""


@pytest.fixture
def hands(app):
    seed_provinces()
    return Hands(app, leila())


def an_hour_later() -> None:
    """It is long ago that anybody proved who they are."""
    for kept in db.session.scalars(select(LoginSession)):
        kept.data = kept.data | {"proved_at": kept.data["proved_at"] - 3600}
    db.session.commit()


def test_it_stands_on_every_page_where_it_must(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    found = {end for end in endpoints if (policy := policy_of(end)) and policy.recent}
    assert found == {f"{place}.{view}" for place, views in GUARDED.items() for view in views}


def test_a_page_is_opened_after_the_password_and_at_the_same_address(hands):
    user = mina()
    an_hour_later()
    path = f"/people/{user.public_id}/give"
    asked = hands.get(path)
    assert asked.status_code == 302 and "/account/proof?next=" in asked.headers["Location"]
    before = hands.cookie
    answer = hands.post(
        asked.headers["Location"].partition("?")[0],
        filled(hands.get(asked.headers["Location"]), proof_password=PASSWORD),
    )
    assert answer.headers["Location"] == path
    assert hands.get(path).status_code == 200
    assert hands.cookie != before


def test_a_form_that_is_sent_too_late_goes_on_with_everything_that_was_typed(hands):
    numbers = {"card_number": "1010202030304040", "holder": "سازمان ملی نیکوکاری", "bank": "بانک نمونه"}
    page = hands.get("/finance/accounts/of/house")
    an_hour_later()
    asked = hands.post("/finance/accounts/of/house", filled(page, **numbers))
    assert asked.status_code == 403
    assert "1010202030304040" not in asked.text
    assert db.session.scalars(select(BankAccount)).all() == []
    wrong = hands.post("/finance/accounts/of/house", filled(asked, proof_password="fig ladder rain 9"))
    assert wrong.status_code == 422 and 'id="proof_password-error"' in wrong.text
    assert db.session.scalars(select(BankAccount)).all() == []
    done = hands.post("/finance/accounts/of/house", filled(wrong, proof_password=PASSWORD))
    assert done.status_code == 303
    [kept] = db.session.scalars(select(BankAccount))
    assert (kept.holder, kept.bank) == (numbers["holder"], numbers["bank"])


def test_what_was_kept_goes_to_its_own_address_and_for_its_own_person_only(app, hands):
    user, other = mina(), person("Sara")
    page = hands.get(f"/people/{user.public_id}/give")
    an_hour_later()
    asked = hands.post(
        f"/people/{user.public_id}/give", filled(page, role="finance", place="country", organization="")
    )
    elsewhere = hands.post(f"/people/{other.public_id}/give", filled(asked, proof_password=PASSWORD))
    assert elsewhere.headers["Location"] == "/account"
    second = Hands(app, person("Kamran", Role.ADMIN))
    kept = hidden(asked, "proof_kept")
    stolen = second.post(
        f"/people/{user.public_id}/give",
        {"csrf_token": second.token, "proof_kept": kept, "proof_password": PASSWORD},
    )
    assert stolen.headers["Location"] == "/account"
    made_up = hands.post(f"/people/{user.public_id}/give", {"csrf_token": hands.token, "proof_kept": "x"})
    assert made_up.headers["Location"] == "/account"
    assert Role.FINANCE not in {grant.role for grant in (*grants_of(user.id), *grants_of(other.id))}


def test_the_password_cannot_be_guessed_there(hands, change_settings):
    an_hour_later()
    change_settings(rate_limits=True)
    page = hands.get("/account/proof")
    codes = [
        hands.post("/account/proof", filled(page, proof_password=f"wrong {n}")).status_code for n in range(11)
    ]
    assert codes == [422] * 10 + [429]


def test_other_sites_cannot_make_the_page_appear(hands):
    an_hour_later()
    answer = hands.post("/people/new", {"name": "x"}, site="cross-site")
    assert answer.status_code == 403 and "proof_kept" not in answer.text


def test_the_page_leads_to_no_address_that_others_planted(hands):
    page = hands.get("/account/proof?next=//evil.example")
    answer = hands.post("/account/proof", filled(page, proof_password=PASSWORD))
    assert re.fullmatch(r"/[a-z/]+", answer.headers["Location"])
