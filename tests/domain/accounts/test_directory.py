"""People are found however their names and numbers are written, by those who may see them."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.actions import change_details
from campaigns.domain.accounts.directory import PAGE, find, one
from campaigns.domain.accounts.grants import grant_role, revoke_role
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import person

QOM, KERMAN = "IR-25", "IR-08"
COUNTRY = Scope(everywhere=True, province_codes=frozenset(), campaign_ids=frozenset(), own=False)
IN_QOM = Scope(everywhere=False, province_codes=frozenset({QOM}), campaign_ids=frozenset(), own=False)


@pytest.fixture(autouse=True)
def provinces(app):
    seed_provinces()
    db.session.commit()


def names(scope: Scope, words: str = "") -> list[str]:
    return [user.name for user in find(scope, words)[0]]


@pytest.mark.parametrize(
    "words",
    [
        "علیرضا", "عليرضا", "علی‌رضا", "کیان", "كيان مهر", "مهر علی", "NIMA@", "nima@example.org", "Example.ORG",
        "09123456789", "۰۹۱۲۳۴۵۶۷۸۹", "٠٩١٢ ٣٤٥ ٦٧٨٩", "+989123456789", "0098 912 345 6789", "0912-345-67", "6789",
    ],
)  # fmt: skip
def test_however_it_is_written_the_person_is_found(words):
    user = person("Nima", mobile="+989123456789")
    change_details(user, "علی‌رضا کیان‌مهر", "fa")
    person("Somebody")
    db.session.commit()
    assert "علی‌رضا کیان‌مهر" in names(COUNTRY, words)
    if "example" not in words.casefold():
        assert len(names(COUNTRY, words)) == 1


@pytest.mark.parametrize("words", ["نیما", "0935", "nima2", "%", "_", "nima@example.com"])
def test_what_fits_nobody_finds_nobody(words):
    person("Nima", mobile="+989123456789")
    assert names(COUNTRY, words) in ([], ["Nima"] if words in "%_" else [])


def test_in_qom_one_sees_who_works_in_qom():
    person("Nima", Role.MODERATOR, province_code=QOM)
    person("Sara", Role.MODERATOR, province_code=KERMAN)
    person("Reza", Role.MODERATOR)
    person("Nobody")
    assert names(IN_QOM) == ["Nima"]
    assert names(COUNTRY) == ["Nobody", "Reza", "Sara", "Nima"]
    assert names(IN_QOM, "sara") == []


def test_who_lost_their_last_role_here_is_still_seen_until_they_work_elsewhere():
    nima = person("Nima", Role.MODERATOR, province_code=QOM)
    revoke_role(nima, Role.MODERATOR, province_code=QOM)
    assert one(IN_QOM, nima.public_id) is nima
    grant_role(nima, Role.MODERATOR, province_code=KERMAN)
    assert one(IN_QOM, nima.public_id) is None


def test_a_long_list_has_pages_and_misses_nobody():
    for number in range(PAGE + 3):
        person(f"P{number}")
    (first, total), (second, _total) = find(COUNTRY, page=1), find(COUNTRY, page=2)
    assert (len(first), len(second), total) == (PAGE, 3, PAGE + 3)
    assert len({user.id for user in (*first, *second)}) == total
