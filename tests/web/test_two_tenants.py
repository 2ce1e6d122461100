"""Two who know nothing of each other: no address and no file of the offices tells one an id of the other.

Kamran's house holds something of every kind. Sima works elsewhere, alone or for another province, in every role; she
asks for every address with the ids of his things, sends every form to them, and takes every file along.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from campaigns.base.extensions import Model, db
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.web.finance.export_sheets import SHEETS
from campaigns.web.guards import INSIDE
from tests.cast import person
from tests.house.walk import House
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign

YAZD = {"province_code": "IR-21"}
PUBLIC_IDS = {"match_pool", "partner_profile", "memorandum", "surge", "office"}
"""Things of the whole country, or that everybody may read of under this very id."""


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


@pytest.fixture
def secrets(house: House) -> frozenset[str]:
    """The public ids of everything in Kamran's house, and who gave to it."""
    found = {"Kamran"}
    for table in Model.metadata.sorted_tables:
        if "public_id" in table.c and table.name not in PUBLIC_IDS:
            found |= set(db.session.scalars(select(table.c.public_id)))
    return frozenset(found)


def simas(app: Flask, house: House) -> Iterator[Hands]:
    """Sima in each role, in Yazd; as an organizer in the whole country too, with a campaign of her own."""
    for role in Role:
        yield Hands(app, person(f"Sima-{role.value}", role, **YAZD))
    yield Hands(app, sima(house)[0])


def sima(house: House) -> tuple[User, Campaign]:
    """As an organizer in the whole country, with an open campaign of her own that Ali has given to."""
    organizer = person("Sima", Role.ORGANIZER)
    campaign = live_campaign(organizer, house.reza, house.parisa, slug="of-sima")
    gift(campaign, donor_name="Ali", hide_name=False)
    return organizer, campaign


def gone_to(hands: Hands, path: str) -> TestResponse:
    """The page that stands at the end of the way."""
    answer = hands.get(path)
    while answer.status_code in {301, 302, 303}:
        answer = hands.get(answer.headers["Location"])
    return answer


def told(answer: TestResponse) -> str:
    """Everything an answer says, a spreadsheet or an archive unpacked."""
    if answer.data[:2] != b"PK":
        return answer.get_data(as_text=True) + answer.headers.get("Location", "")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def of_another(answer: TestResponse, path: str, secrets: frozenset[str]) -> set[str]:
    """The ids of the other house in an answer, but for those that stood in the question."""
    words = set(re.findall(r"[\w-]+", told(answer)))
    return {secret for secret in secrets & words if secret not in path}


def test_no_page_tells_an_id_of_another_house(app: Flask, house: House, secrets: frozenset[str]) -> None:
    wrong = []
    for hands in simas(app, house):
        for path, policy, _rule in house.pages():
            if policy.access not in INSIDE:
                continue
            answer = gone_to(hands, path)
            named = [word for word in path.split("/") if word in secrets]
            if answer.status_code == 403 or of_another(answer, path, secrets):
                wrong.append((hands.user.name, path, answer.status_code, of_another(answer, path, secrets)))
            elif named and answer.status_code != 404:
                wrong.append((hands.user.name, path, answer.status_code, "is there"))
    assert wrong == []


def test_no_form_is_taken_for_a_thing_of_another_house(
    app: Flask, house: House, secrets: frozenset[str]
) -> None:
    wrong = []
    for hands in simas(app, house):
        token = hands.token
        for method, path, policy, endpoint in house.unsafe():
            if policy.access not in INSIDE or not any(word in secrets for word in path.split("/")):
                continue
            answer = hands.client.open(
                path, method=method, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"}
            )
            if answer.status_code != 404:
                wrong.append((hands.user.name, endpoint, answer.status_code))
    assert wrong == []


def test_no_thing_of_another_house_is_found_in_a_campaign_of_hers(
    app: Flask, house: House, secrets: frozenset[str]
) -> None:
    """Her own campaign stands in the address, and his gift, his block, his shift behind it."""
    organizer, own = sima(house)
    hands, mine = Hands(app, organizer), own.public_id
    his, token = house.campaign.public_id, hands.token
    asked = [("GET", path, rule.endpoint) for path, policy, rule in house.pages() if policy.access in INSIDE]
    asked += [(how, path, end) for how, path, policy, end in house.unsafe() if policy.access in INSIDE]
    mixed = [
        (method, path.replace(his, mine), endpoint)
        for method, path, endpoint in asked
        if his in path and len(secrets & set(path.split("/"))) > 1
    ]
    wrong = []
    for method, path, endpoint in mixed:
        form = {"csrf_token": token} if method != "GET" else None
        answer = hands.client.open(path, method=method, data=form, headers={"Sec-Fetch-Site": "same-origin"})
        if answer.status_code != 404 or of_another(answer, path, secrets):
            wrong.append((method, endpoint, answer.status_code))
    assert wrong == [] and len(mixed) > 25


def test_no_file_tells_anything_of_another_house(app: Flask, house: House, secrets: frozenset[str]) -> None:
    wrong, taken = [], 0
    for hands in simas(app, house):
        token = hands.token
        for path, data in files(house):
            answer = hands.post(path, {"csrf_token": token, **data})
            taken += answer.status_code == 200
            if answer.status_code not in {200, 404} or of_another(answer, path, secrets):
                wrong.append(
                    (hands.user.name, path, data, answer.status_code, of_another(answer, path, secrets))
                )
    assert wrong == [] and taken > 2 * len(SHEETS)


def files(house: House) -> Iterator[tuple[str, dict[str, str]]]:
    """Everything that can be taken along as a file by a form: his campaign's, and what each may take of their own."""
    sheet = [{"format": "csv"}, {"format": "xlsx"}]
    forms: dict[str, list[dict[str, str]]] = {
        "finance.exports.download": [{"kind": kind, **one} for kind in SHEETS for one in sheet],
        "coordination.exports.download": [{}],
        "audit.exports.download": sheet,
        "account.mydata.download": [{}],
        "desk.gifts.download": sheet,
        "desk.pledges.download": sheet,
    }
    paths = {end: path for _how, path, policy, end in house.unsafe() if policy.access in INSIDE}
    assert set(forms) == {endpoint for endpoint in paths if endpoint.endswith(".download")}
    own = db.session.scalars(select(Campaign).where(Campaign.slug == "of-sima")).first()
    for endpoint, filled in forms.items():
        for data in filled:
            yield paths[endpoint], data
            if own is not None and house.campaign.public_id in paths[endpoint]:
                yield paths[endpoint].replace(house.campaign.public_id, own.public_id), data
