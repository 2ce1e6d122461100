"""Programs read what everybody may read, as the description says, whatever they ask."""

import pytest
import schemathesis
from hypothesis import given, settings

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.states import Move
from tests.cast import mina, parisa, reza
from tests.promises import need
from tests.worlds import gift, live_campaign, ready_draft

V1 = "/en/api/v1"
PLAIN = {"Accept-Encoding": "identity"}  # the tool reads no packed answers from an app in its own process


def test_every_answer_is_as_described(app):
    campaign = live_campaign(mina(), reza(), parisa())
    need(campaign, 12)
    gift(campaign, 5_000_000)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 3
    for operation in operations:

        @given(operation.as_strategy())
        @settings(max_examples=25)
        def holds(case):
            case.call_and_validate(headers=PLAIN)

        holds()


def test_a_program_reads_the_list_and_one_of_it(app, client):
    campaign = live_campaign(mina(), reza(), parisa())
    ready_draft(mina_ := campaign.author, slug="not-yet")
    gift(campaign, 5_000_000)
    said = client.get(f"{V1}/campaigns?province=IR-08&topic=marriage")
    assert said.headers["Access-Control-Allow-Origin"] == "*" and "Set-Cookie" not in said.headers
    assert (said.json["total"], said.json["pages"]) == (1, 1)
    (short,) = said.json["items"]
    full = client.get(f"{V1}/campaigns/{short['slug']}").json
    assert full["received_rials"] == short["received_rials"] == 5_000_000
    assert full == client.get(f"/en/api/campaigns/{short['slug']}.json").json
    assert mina_.name not in said.text
    (kerman,) = [row for row in client.get(f"{V1}/provinces").json["items"] if row["code"] == "IR-08"]
    assert kerman["open_campaigns"] == 1


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("province=Kerman", "IR-08"),
        ("topic=cars", "marriage"),
        ("state=draft", "open"),
        ("page=0", "9999"),
        ("page=%DB%B1", "9999"),
        ("q=" + "a" * 81, "80"),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong(app, client, asked, word):
    said = client.get(f"{V1}/campaigns?{asked}")
    assert (said.status_code, said.mimetype) == (422, "application/problem+json")
    assert word in said.json["detail"]


def test_where_there_is_none_it_says_so_and_an_old_address_leads_on(app, client):
    draft = ready_draft(mina())
    assert client.get(f"{V1}/campaigns/{draft.slug}").json["status"] == 404
    campaign = live_campaign(draft.author, reza(), parisa(), slug="to-move")
    actions.move(campaign, Move.END, campaign.author, "done")
    db.session.commit()
    assert client.get(f"{V1}/campaigns/to-move").json["state"] == "ended"
