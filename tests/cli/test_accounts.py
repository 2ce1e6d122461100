import re

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.identity import login_of
from campaigns.domain.accounts.models import LoginSession, Organization, User
from campaigns.domain.accounts.passwords import matches
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.accounts.queries import person as found
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import PASSWORD, leila, mina, person

CREATE = ["create", "--name", "Leila", "--login", "leila@example.org", "--role", "admin"]


@pytest.fixture
def flask(app):
    seed_provinces()
    db.session.commit()

    def run(*words: str, typed: str | None = None):
        return app.test_cli_runner().invoke(args=["accounts", *words], input=typed)

    return run


def roles(user: User) -> list[tuple[str, str | None]]:
    return [(grant.role, grant.province_code) for grant in grants_of(user.id)]


def test_the_first_administrator_is_made_at_the_console(flask):
    answer = flask(*CREATE, "--password", "nine quiet boats")
    assert answer.exit_code == 0, answer.output
    leila = found(login_of("leila@example.org"))
    assert matches(leila.password_hash, "nine quiet boats")
    assert roles(leila) == [("admin", None)]


def test_the_console_asks_for_what_is_missing_and_shows_no_password(flask):
    typed = "لیلا\n۰۹۱۲۳۴۵۶۷۸۹\nadmin\nnine quiet boats\nnine quiet boats\n"
    answer = flask("create", typed=typed)
    assert answer.exit_code == 0, answer.output
    assert "nine quiet boats" not in answer.output
    assert found(login_of("09123456789")).name == "لیلا"


def test_somebody_may_be_invited_to_choose_a_password(flask, client):
    answer = flask(*CREATE, "--invite")
    link = re.search(r"http://localhost(/reset/\S+)", answer.output)[1]
    assert client.post(link, data={"password": "nine quiet boats"}).status_code == 303
    db.session.expire_all()
    assert matches(found(login_of("leila@example.org")).password_hash, "nine quiet boats")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([*CREATE, "--password", "short"], "at least 10 characters"),
        ([*CREATE, "--password", "1234567890"], "Many people use this password"),
        ([*CREATE, "--password", "leila@example.org"], "too much of the person's name"),
        ([*CREATE, "--password", "x y z " * 50], "at most 200 characters"),
        ([*CREATE, "--password", PASSWORD, "--province", "IR-99"], "no province «IR-99»"),
        ([*CREATE, "--password", PASSWORD, "--organization", "none"], "no organization «none»"),
        (
            ["create", "--name", "L", "--login", "leila", "--role", "admin", "--password", PASSWORD],
            "neither an e-mail address nor a mobile number",
        ),
        (
            ["create", "--name", " ", "--login", "l@example.org", "--role", "admin", "--password", PASSWORD],
            "The name is empty",
        ),
        (
            [
                "create",
                "--name",
                "M",
                "--login",
                "MINA@example.org",
                "--role",
                "admin",
                "--password",
                PASSWORD,
            ],
            "already",
        ),
        (["grant", "nobody@example.org", "admin"], "Nobody has «nobody@example.org»"),
        (["grant", "mina@example.org", "king"], "'king' is not one of"),
        (["grant", "mina@example.org", "admin", "--campaign", "none"], "no campaign «none»"),
        (
            ["grant", "mina@example.org", "admin", "--campaign", "none", "--province", "IR-08"],
            "not both",
        ),
        (["revoke", "mina@example.org", "admin"], "Mina is not admin there"),
        (["reset-link", "nobody@example.org"], "Nobody has «nobody@example.org»"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_nothing_changes(flask, words, sentence):
    user = mina()
    answer = flask(*words)
    assert answer.exit_code != 0
    assert sentence in answer.output and "Traceback" not in answer.output
    assert list(db.session.scalars(select(User))) == [user]
    assert roles(user) == [("organizer", None)]


def test_roles_come_and_go(flask):
    sara = person("Sara")
    assert flask("grant", "sara@example.org", "moderator", "--province", "IR-08").exit_code == 0
    assert roles(sara) == [("moderator", "IR-08")]
    assert flask("revoke", "sara@example.org", "moderator").exit_code == 1
    assert flask("revoke", "sara@example.org", "moderator", "--province", "IR-08").exit_code == 0
    assert roles(sara) == []


@pytest.mark.parametrize("words", [["disable"], ["revoke"]])
def test_the_console_does_not_shut_out_the_last_administrator_either(flask, words):
    leila()
    answer = flask(*words, "leila@example.org", *(["admin"] if words == ["revoke"] else []))
    assert answer.exit_code == 1 and "Make another administrator first" in answer.output
    assert found(login_of("leila@example.org")).is_enabled


def test_the_list_names_everybody_with_their_roles(flask):
    mina()
    person("Parisa", Role.MODERATOR, province_code="IR-08")
    person("Sara")
    flask("disable", "sara@example.org")
    assert flask("list").output.splitlines() == [
        "mina@example.org  Mina: organizer (country)",
        "parisa@example.org  Parisa: moderator (IR-08)",
        "sara@example.org  Sara [disabled]: no role",
    ]


def test_somebody_whom_no_letter_reaches_gets_a_link_from_the_console(flask, client):
    mina()
    link = re.search(r"http://localhost(/reset/\S+)", flask("reset-link", "09123456789").output)[1]
    assert client.get(link).status_code == 200


def test_disabling_ends_every_session_and_enabling_lets_in_again(flask):
    user = mina()
    db.session.add(LoginSession(id_hash="x", user_id=user.id))
    db.session.commit()
    flask("disable", "mina@example.org")
    db.session.expire_all()
    assert not user.is_enabled and list(db.session.scalars(select(LoginSession))) == []
    flask("enable", "mina@example.org")
    db.session.expire_all()
    assert user.is_enabled


def test_an_organization_is_added_once_and_people_work_for_it(flask):
    words = ["organization", "nikookari", "--name-fa", "نیکوکاری", "--name-en", "Charity"]
    words += ["--license", "1", "--phone", "021"]
    assert flask(*words).exit_code == 0
    assert "already" in flask(*words).output
    sara = person("Sara")
    flask("grant", "sara@example.org", "organizer", "--organization", "nikookari")
    house = db.session.scalars(select(Organization)).one()
    assert grants_of(sara.id)[0].organization_id == house.id
