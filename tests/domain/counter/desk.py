"""An office with its people, and short words for what they do."""

from itertools import count
from typing import Any, NamedTuple

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.counter import gifts
from campaigns.domain.counter.gifts import Handed
from campaigns.domain.counter.models import Office, Receipt
from campaigns.domain.counter.offices import OfficeKind, add_reader, found, give_clerk
from campaigns.domain.ledger.rollup import place
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import person

KERMAN, YAZD = "IR-08", "IR-21"
READER = "20304050"
SHEBA = "IR062960000000100324200001"
_forms = count(1)


class People(NamedTuple):
    """Zahra and Hamed are clerks of the office, Farid and Negar look after the money."""

    office: Office
    zahra: User
    hamed: User
    farid: User
    negar: User


def an_office(code: str = "KRM1", province_code: str = KERMAN) -> People:
    """An open office with a card reader; committed."""
    seed_provinces()
    db.session.commit()
    where = {"province_code": province_code}
    farid, negar = (
        person(f"{name} {code}".replace(" ", "."), Role.FINANCE, **where) for name in ("Farid", "Negar")
    )
    zahra, hamed = (
        person(f"{name} {code}".replace(" ", "."), Role.CLERK, **where) for name in ("Zahra", "Hamed")
    )
    office = found(code, OfficeKind.PROVINCE, ("دفتر کرمان", "Kerman office"), province_code, "a5", farid)
    for clerk in (zahra, hamed):
        give_clerk(office, clerk, farid)
    add_reader(office, READER if code == "KRM1" else f"9{code[3:]}", farid)
    db.session.commit()
    return People(office, zahra, hamed, farid, negar)


def handed(campaign: Campaign, rials: int = 500_000, **more: Any) -> Handed:
    return Handed(**{"campaign_id": campaign.id, "rials": rials, "intent": "sadaqah", **more})


def taken(people: People, campaign: Campaign, rials: int = 500_000, key: str = "", **more: Any) -> Receipt:
    """Zahra takes a gift; committed."""
    form_key = key or f"counter-{next(_forms)}"
    receipt, _new = gifts.take(people.office, handed(campaign, rials, **more), people.zahra, form_key)
    db.session.commit()
    return receipt


def placed() -> None:
    """The worker's turn."""
    while place():
        db.session.commit()
    db.session.commit()
