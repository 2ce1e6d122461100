"""Writes the sample organizations, people with their roles, and the counties the campaigns name. Nothing commits."""

from dataclasses import dataclass

from campaigns.base.extensions import db
from campaigns.base.text import clean
from campaigns.cli.sample import data
from campaigns.cli.sample.network import write_network
from campaigns.domain.accounts.actions import create_person
from campaigns.domain.accounts.grants import grant_role
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.accounts.passwords import hash_password
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.claims import bank
from campaigns.domain.counter.offices import OfficeKind, add_reader, found, give_clerk
from campaigns.domain.regions.actions import county_key, seed_provinces
from campaigns.domain.regions.imports import import_counties
from campaigns.domain.regions.queries import counties

CARD, SHEBA = "1010202030304040", "IR810000000000101020203030"
TRANSFERS = ("kamran", "leila")
"""Who wrote the account down, and who switched it on."""


@dataclass(frozen=True)
class Cast:
    """Row ids by key: of people, organizations, counties; phones of organizations by slug."""

    people: dict[str, int]
    organizations: dict[str, int]
    phones: dict[str, str]
    counties: dict[tuple[str, str], int]

    def with_role(self, role: Role) -> list[int]:
        """The people who have it, in the order of the file."""
        return [self.people[person.key] for person in data.people() if person.role == role]


def write_cast() -> Cast:
    """Everybody and every place the campaigns need."""
    seed_provinces()
    houses = _organizations()
    organization_ids = {slug: house.id for slug, house in houses.items()}
    people = _people(organization_ids)
    _receive_transfers(people)
    _office(people)
    county_ids = _counties()
    write_network(people["shirin"])
    return Cast(
        people=people,
        organizations=organization_ids,
        phones={slug: house.phone for slug, house in houses.items()},
        counties=county_ids,
    )


def _organizations() -> dict[str, Organization]:
    houses = {
        row.slug: Organization(
            slug=row.slug,
            name_fa=row.name_fa,
            name_en=row.name_en,
            license_number=row.license_number,
            phone=row.phone,
            province_code=row.province,
            about_fa=row.about_fa,
            about_en=row.about_en,
            is_sample=True,
        )
        for row in data.organizations()
    }
    db.session.add_all(houses.values())
    db.session.flush()
    return houses


def _people(organization_ids: dict[str, int]) -> dict[str, int]:
    password_hash = hash_password(data.password())
    ids = {}
    for row in data.people():
        user = create_person(clean(row.name), email=row.email, password_hash=password_hash)
        house = organization_ids[row.organization] if row.organization else None
        grant_role(user, Role(row.role), province_code=row.province, organization_id=house)
        ids[row.key] = user.id
    return ids


def _receive_transfers(people: dict[str, int]) -> None:
    """An account shared by everybody, with numbers that no bank gives: whatever somebody sends there comes back."""
    writer, checker = (db.session.get_one(User, people[key]) for key in TRANSFERS)
    bank.switch_on(bank.propose(None, CARD, SHEBA, "سازمان ملی نیکوکاری", "بانک نمونه", writer), checker)


def _office(people: dict[str, int]) -> None:
    """A county office with its two clerks and a card reader."""
    kamran = db.session.get_one(User, people["kamran"])
    names = ("شعبهٔ کرمان، خیابان شریعتی", "Kerman office, Shariati Street")
    office = found("KRM1", OfficeKind.COUNTY, names, "IR-08", "a5", kamran)
    for key in ("zahra", "hamed"):
        give_clerk(office, db.session.get_one(User, people[key]), kamran)
    add_reader(office, "20304050", kamran)


def _counties() -> dict[tuple[str, str], int]:
    named = {county for sample in data.campaigns() for county in sample.counties}
    import_counties({"province": row.province, "fa": row.fa, "en": row.en} for row in sorted(named))
    return {county_key(row.province_code, row.name_fa): row.id for row in counties()}
